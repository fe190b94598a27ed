"""What a library does with its activities: plan, change, call off, add sessions and materials. Strangers get 404."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from groups.forms.fields import add_errors
from groups.views.desk import person, sent
from libraries.forms.activity import ActivityEditForm, ActivityForm, MaterialForm, SessionForm
from libraries.models import Activity, ActivityMaterial, ActivitySession, Library, StaleActivity, StaleSession
from libraries.models.activity import ORDER
from libraries.permissions import can_see_people
from libraries.views.agenda import sessions_of
from libraries.views.desk import own_library
from partnerships.forms.meeting import CancelForm
from regions.paging import keyset_page
from uploads.models import Document


def own_activity(request: HttpRequest, slug: str, public_id: str) -> Activity:
    """An activity of a library this person runs, knowing its library without asking again."""
    library = own_library(request, slug)
    row = get_object_or_404(Activity.objects.of(library).select_related("goal__plan", "planned"), public_id=public_id)
    row.library = library
    return row


def own_session(request: HttpRequest, slug: str, public_id: str, pk: int) -> ActivitySession:
    row = own_activity(request, slug, public_id)
    session = get_object_or_404(row.sessions.with_taken(), pk=pk)
    session.activity = row
    return session


def acted(form: BaseForm, action: Callable[..., object], *values: Any, **named: Any) -> bool:
    """Do it; what the model refuses stands beside the field it is about."""
    try:
        action(*values, **named)
    except ValidationError as error:
        add_errors(form, error)
        return False
    return True


@never_cache
@require_safe
def activity_list(request: HttpRequest, slug: str) -> HttpResponse:
    library = own_library(request, slug)
    page = keyset_page(Activity.objects.of(library), request.GET.get("cursor"), order=ORDER)
    return render(request, "libraries/activity_list.html", {"library": library, "page": page})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def activity_create(request: HttpRequest, slug: str) -> HttpResponse:
    library = own_library(request, slug)
    initial = {"place": library.name}
    form = ActivityForm(*sent(request), area_code=library.area_id, library=library, initial=initial)
    if form.is_bound and form.is_valid() and (row := plan(library, form, person(request))):
        messages.success(request, "Kegiatan tersimpan dan tampil di agenda.")
        return redirect("libraries:activity_desk", library.slug, row.public_id)
    context = {"form": form, "library": library}
    return render(request, "libraries/activity_create.html", context, status=422 if form.is_bound else 200)


def plan(library: Library, form: ActivityForm, by: User) -> Activity | None:
    """The new activity, or the one that the first press of the same button made."""
    key = form.cleaned_data["submission_id"]
    try:
        return Activity.plan(
            library, by=by, session=form.values, tags=form.chosen_tags, submission_id=key, **form.words
        )
    except ValidationError as error:
        add_errors(form, error)
        return None


@never_cache
@require_safe
def activity_desk(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Everything about one activity, and what can be done with it."""
    row = own_activity(request, slug, public_id)
    audience, values = row.tag_labels
    context = {
        "row": row,
        "library": row.library,
        "sessions": sessions_of(row),
        "audience": audience,
        "values": values,
        "materials": row.materials.select_related("document"),
        "can_see_people": can_see_people(person(request), row.library),
    }
    return render(request, "libraries/activity_desk.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def activity_edit(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    row = own_activity(request, slug, public_id)
    initial = ActivityEditForm.initial_of(row)
    form = ActivityEditForm(*sent(request), library=row.library, initial=initial)
    if not form.is_bound or not form.is_valid():
        return show_edit(request, row, form, status=422 if form.is_bound else 200)
    try:
        row.change(by=person(request), version=form.cleaned_data["version"], tags=form.chosen_tags, **form.words)
    except StaleActivity:
        return show_conflict(request, slug, public_id)
    except ValidationError as error:
        add_errors(form, error)
        return show_edit(request, row, form, status=422)
    messages.success(request, "Perubahan tersimpan.")
    return redirect("libraries:activity_desk", slug, public_id)


def show_edit(request: HttpRequest, row: Activity, form: ActivityEditForm, status: int = 200, **more: Any) -> Any:
    context = {"row": row, "library": row.library, "form": form, **more}
    return render(request, "libraries/activity_edit.html", context, status=status)


def show_conflict(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Both versions side by side; what was typed stays, and a second press stores it knowingly."""
    stored = own_activity(request, slug, public_id)
    data = request.POST.copy()
    data["version"] = str(stored.version)
    again = ActivityEditForm(data, library=stored.library, initial={"planned": stored.planned})
    again.is_valid()
    return show_edit(request, stored, again, status=409, differences=again.differences(stored))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def activity_cancel(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    row = own_activity(request, slug, public_id)
    form = CancelForm(*sent(request)[:1])
    by = person(request)
    if form.is_bound and form.is_valid() and acted(form, row.cancel, by=by, reason=form.cleaned_data["reason"]):
        messages.success(request, "Kegiatan dibatalkan. Pendaftar yang memberi e-mail dikabari.")
        return redirect("libraries:activity_desk", slug, public_id)
    context = {"row": row, "library": row.library, "form": form}
    return render(request, "libraries/activity_cancel.html", context, status=422 if form.is_bound else 200)


# --- Sessions --------------------------------------------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def session_create(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    row = own_activity(request, slug, public_id)
    return keep_session(request, row, ActivitySession(activity=row, area_id=row.area_id), {"version": 0})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def session_edit(request: HttpRequest, slug: str, public_id: str, pk: int) -> HttpResponse:
    session = own_session(request, slug, public_id, pk)
    return keep_session(request, session.activity, session, SessionForm.initial_of(session))


def keep_session(
    request: HttpRequest, row: Activity, session: ActivitySession, initial: dict[str, Any]
) -> HttpResponse:
    form = SessionForm(request.POST if request.method == "POST" else None, area_code=row.area_id, initial=initial)
    if form.is_bound and form.is_valid() and stored(row, session, form, person(request)):
        messages.success(request, "Sesi tersimpan.")
        return redirect("libraries:activity_desk", row.library.slug, row.public_id)
    context = {"row": row, "library": row.library, "form": form, "session": session if session.pk else None}
    return render(request, "libraries/session_form.html", context, status=422 if form.is_bound else 200)


def stored(row: Activity, session: ActivitySession, form: SessionForm, by: User) -> bool:
    for name, value in form.values.items():
        setattr(session, name, value)
    try:
        return acted(form, row.keep_session, session, by=by, version=form.cleaned_data["version"])
    except StaleSession:
        now = ActivitySession.objects.get(pk=session.pk)
        now.activity = row
        form.add_error(None, f"Orang lain baru saja mengubah sesi ini menjadi {now.when}, {now.where}. Periksa lagi.")
        form.data = {**form.data.dict(), "version": str(now.version)}  # type: ignore[attr-defined]  # a QueryDict
        return False


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def session_cancel(request: HttpRequest, slug: str, public_id: str, pk: int) -> HttpResponse:
    session = own_session(request, slug, public_id, pk)
    form = CancelForm(*sent(request)[:1])
    by = person(request)
    if form.is_bound and form.is_valid() and acted(form, session.cancel, by=by, reason=form.cleaned_data["reason"]):
        messages.success(request, "Sesi dibatalkan. Pendaftar yang memberi e-mail dikabari.")
        return redirect("libraries:activity_desk", slug, public_id)
    context = {"row": session.activity, "library": session.activity.library, "session": session, "form": form}
    return render(request, "libraries/activity_cancel.html", context, status=422 if form.is_bound else 200)


# --- Materials -------------------------------------------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def material_create(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    row = own_activity(request, slug, public_id)
    form = MaterialForm(*sent(request))
    if form.is_bound and form.is_valid() and keep_material(row, form, person(request)):
        messages.success(request, "Bahan tersimpan.")
        return redirect("libraries:activity_desk", slug, public_id)
    context = {"row": row, "library": row.library, "form": form}
    return render(request, "libraries/material_create.html", context, status=422 if form.is_bound else 200)


def keep_material(row: Activity, form: MaterialForm, by: User) -> bool:
    data = form.cleaned_data
    document = Document.store(data["document"]) if data["document"] else None
    material = ActivityMaterial(activity=row, title=data["title"], url=data["url"], document=document)
    is_kept = acted(form, material.keep, by=by)
    if document and not is_kept:
        document.erase()
    return is_kept


@never_cache
@require_POST
def material_drop(request: HttpRequest, slug: str, public_id: str, pk: int) -> HttpResponse:
    row = own_activity(request, slug, public_id)
    material = get_object_or_404(row.materials.select_related("document"), pk=pk)
    material.activity = row
    material.drop(by=person(request))
    messages.success(request, "Bahan dihapus.")
    return redirect("libraries:activity_desk", slug, public_id)
