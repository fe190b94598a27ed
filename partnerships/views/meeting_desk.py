"""What a host does with a meeting: call it, change it, add sessions and papers, call it off."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Institution, User
from groups.forms.fields import add_errors
from groups.models import Kim
from groups.views.desk import own_kim, person, sent
from groups.workflow import Status as KimStatus
from partnerships.forms.meeting import CancelForm, MaterialForm, MeetingEditForm, MeetingForm, SessionForm
from partnerships.models import Commitment, Material, Meeting, MeetingSession, StaleMeeting
from partnerships.models.meeting import MEETING_ORDER
from partnerships.permissions import can_run
from partnerships.quotas import counted, status_of
from partnerships.views.meetings import visible_meeting
from regions.paging import keyset_page
from uploads.models import Document


def own_meeting(request: HttpRequest, public_id: str) -> Meeting:
    """A meeting this person holds: unseen is 404, seen but somebody else's is 403."""
    row = visible_meeting(request, public_id)
    if not can_run(person(request), row):
        raise PermissionDenied
    return row


def hosts_of(user: User) -> tuple[list[Kim], list[Institution]]:
    """For whom this person may call a meeting."""
    kims = Kim.objects.managed_by(user).listed().exclude(status=KimStatus.DISSOLVED).order_by("folded", "id")[:100]
    return list(kims), list(Institution.objects.in_use().filter(pk__in=user.institution_ids)[:100])


@never_cache
@require_safe
def meeting_own(request: HttpRequest) -> HttpResponse:
    """The meetings one holds or came to, and for whom one may call the next."""
    user = person(request)
    kims, institutions = hosts_of(user)
    rows = Meeting.objects.of(user).with_host()
    context = {
        "page": keyset_page(rows, request.GET.get("cursor"), order=MEETING_ORDER),
        "kims": kims,
        "institutions": institutions,
        "figures": Commitment.objects.of(user).figures(),
    }
    return render(request, "partnerships/meeting_own.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_create_kim(request: HttpRequest, slug: str) -> HttpResponse:
    return create(request, own_kim(request, slug, to_change=True))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_create_institution(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Institution.objects.in_use().filter(pk__in=person(request).institution_ids).select_related("area")
    return create(request, get_object_or_404(rows, pk=pk))


def create(request: HttpRequest, host: Kim | Institution) -> HttpResponse:
    form = MeetingForm(*sent(request), area_code=host.area_id)
    if form.is_bound and form.is_valid() and (row := call(host, form, person(request))):
        messages.success(request, "Rapat tercatat. Tambahkan sesi, bahan, dan peserta.")
        return redirect(row)
    context = {"form": form, "host": host}
    return render(request, "partnerships/meeting_form.html", context, status=422 if form.errors else 200)


def call(host: Kim | Institution, form: MeetingForm, by: User) -> Meeting | None:
    """The new meeting, or the one that the first press of the same button made."""
    key: UUID = form.cleaned_data["submission_id"]
    made = Meeting.objects.hosted_by(by)
    if before := made.filter(submission_id=key).first():
        return before
    try:
        return Meeting.call(host, by=by, session=form.values, submission_id=key, **form.words)
    except ValidationError as error:
        if before := made.filter(submission_id=key).first():
            return before
        add_errors(form, error)
        return None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    row = own_meeting(request, public_id)
    if request.method != "POST":
        return show_edit(request, row, MeetingEditForm(initial=MeetingEditForm.initial_of(row)))
    form = MeetingEditForm(request.POST)
    if not form.is_valid():
        return show_edit(request, row, form, status=422)
    try:
        row.change(by=person(request), version=form.cleaned_data["version"], **form.words)
    except StaleMeeting:
        return show_conflict(request, public_id)
    except ValidationError as error:
        add_errors(form, error)
        return show_edit(request, row, form, status=422)
    messages.success(request, "Perubahan tersimpan.")
    return redirect(row)


def show_edit(
    request: HttpRequest, row: Meeting, form: MeetingEditForm, status: int = 200, **more: Any
) -> HttpResponse:
    return render(request, "partnerships/meeting_edit.html", {"row": row, "form": form, **more}, status=status)


def show_conflict(request: HttpRequest, public_id: str) -> HttpResponse:
    """Both versions side by side; what was typed stays, and a second press stores it knowingly."""
    stored = own_meeting(request, public_id)
    data = request.POST.copy()
    data["version"] = str(stored.version)
    again = MeetingEditForm(data)
    again.is_valid()
    return show_edit(request, stored, again, status=409, differences=again.differences(stored))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    row = own_meeting(request, public_id)
    form = CancelForm(*sent(request))
    if (
        form.is_bound
        and form.is_valid()
        and acted(form, row.cancel, reason=form.cleaned_data["reason"], by=person(request))
    ):
        messages.success(request, "Rapat dibatalkan. Halamannya mengatakan itu.")
        return redirect(row)
    context = {"row": row, "form": form}
    return render(request, "partnerships/meeting_cancel.html", context, status=422 if form.errors else 200)


def acted(form: Any, action: Any, *args: Any, **values: Any) -> bool:
    """Whether the model took it; what it refused stands in the form."""
    try:
        action(*args, **values)
    except ValidationError as error:
        add_errors(form, error)
        return False
    return True


# --- Sessions --------------------------------------------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_session_create(request: HttpRequest, public_id: str) -> HttpResponse:
    row = own_meeting(request, public_id)
    return edit_session(request, row, MeetingSession(meeting=row), {})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_session_edit(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    row = own_meeting(request, public_id)
    session = get_object_or_404(MeetingSession, meeting=row, pk=pk)
    session.meeting = row
    return edit_session(request, row, session, SessionForm.initial_of(session))


def edit_session(request: HttpRequest, row: Meeting, session: MeetingSession, initial: dict[str, Any]) -> HttpResponse:
    form = SessionForm(*sent(request), area_code=row.area_id, initial=initial)
    if form.is_bound and form.is_valid():
        for name, value in form.values.items():
            setattr(session, name, value)
        if acted(form, row.keep_session, session, by=person(request)):
            messages.success(request, "Sesi tersimpan.")
            return redirect(row)
    context = {"row": row, "form": form, "session": session if session.pk else None}
    return render(request, "partnerships/meeting_session_form.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
def meeting_session_drop(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    row = own_meeting(request, public_id)
    session = get_object_or_404(MeetingSession, meeting=row, pk=pk)
    try:
        row.drop_session(session, by=person(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Sesi dihapus.")
    return redirect(row)


# --- Papers ----------------------------------------------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def material_create(request: HttpRequest, public_id: str) -> HttpResponse:
    row = own_meeting(request, public_id)
    form = MaterialForm(*sent(request))
    if form.is_bound and form.is_valid() and add_material(row, form, person(request)):
        messages.success(request, "Bahan tersimpan.")
        return redirect(row)
    context = {"row": row, "form": form}
    return render(request, "partnerships/material_create.html", context, status=status_of(form))


def add_material(row: Meeting, form: MaterialForm, by: User) -> bool:
    return acted(form, store_material, row, form.cleaned_data["title"], form.cleaned_data["document"], by=by)


def store_material(row: Meeting, title: str, safe: Any, *, by: User) -> None:
    with counted("scan", by):
        document = Document.store(safe)
        try:
            row.add_material(title, document, by=by)
        except BaseException:
            document.erase()
            raise


@never_cache
@require_POST
def material_drop(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    row = own_meeting(request, public_id)
    row.drop_material(get_object_or_404(Material, meeting=row, pk=pk), by=person(request))
    messages.success(request, "Bahan dihapus.")
    return redirect(row)
