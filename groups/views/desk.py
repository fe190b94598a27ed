"""The desk of a KIM's admins: what to do next, the profile, decrees, history. Strangers get 404."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from groups.forms.desk import DecreeForm, ProfileForm
from groups.forms.fields import add_errors
from groups.models import Announcement, Decree, FormDraft, Kim, StaleKim
from groups.models.applying import DRAFT_KEY
from groups.workflow import Status
from regions.paging import keyset_page
from uploads.models import Document

CONFIRM_AFTER = timedelta(days=180)


def person(request: HttpRequest) -> User:
    """The signed-in user, for the type checker: LoginRequiredMiddleware let nobody else in."""
    return cast("User", request.user)


def sent(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is bound to: the post, also an empty one; nothing before it is sent."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def own_kim(request: HttpRequest, slug: str, *, to_change: bool = False) -> Kim:
    """The KIM this person runs; a dissolved one can be looked at, not changed."""
    kims = Kim.objects.managed_by(person(request)).select_related("area")
    return get_object_or_404(kims.exclude(status=Status.DISSOLVED) if to_change else kims, slug=slug)


@never_cache
@require_safe
def own_kims(request: HttpRequest) -> HttpResponse:
    """The KIM this person runs, and the application not sent yet."""
    user = person(request)
    context = {
        "kims": Kim.objects.managed_by(user).select_related("area").order_by("folded", "id")[:100],
        "draft": FormDraft.objects.filter(user=user, key=DRAFT_KEY).first(),
    }
    return render(request, "groups/own_kims.html", context)


@never_cache
@require_safe
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    kim = own_kim(request, slug)
    members = list(kim.memberships.current().select_related("user", "photo"))
    today = timezone.localdate()
    context = {
        "kim": kim,
        "members": members,
        "requirements": kim.requirements(members),
        "admins": [member for member in members if member.is_admin],
        "last_answer": last_answer(kim),
        "decrees": kim.decrees.select_related("file"),
        "announcements": Announcement.objects.filter(kim=kim).order_by("-changed_at")[:5],
        "must_confirm": kim.is_listed and (kim.confirmed_on is None or kim.confirmed_on < today - CONFIRM_AFTER),
        "can_change": kim.status != Status.DISSOLVED,
    }
    return render(request, "groups/desk.html", context)


def last_answer(kim: Kim) -> str:
    """The officer's reason, where the KIM has to act on it."""
    if kim.status not in {Status.REVISION, Status.REJECTED, Status.DISSOLVED, Status.INACTIVE}:
        return ""
    event = kim.events.filter(action=kim.status).select_related("text_row").order_by("-sequence").first()
    return event.text if event else ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def kim_edit(request: HttpRequest, slug: str) -> HttpResponse:
    kim = own_kim(request, slug, to_change=True)
    if request.method != "POST":
        return show_profile(request, kim, ProfileForm(instance=kim, initial={"version": kim.version}))
    form = ProfileForm(request.POST, request.FILES, instance=own_kim(request, slug, to_change=True))
    if not form.is_valid():
        return show_profile(request, kim, form, status=422)
    try:
        change_profile(kim, form, person(request))
    except StaleKim:
        return show_conflict(request, slug, form)
    except ValidationError as error:
        add_errors(form, error)
        return show_profile(request, kim, form, status=422)
    except IntegrityError:  # the check found the name free, and another KIM of the village took it at that moment
        form.add_error("name", "Baru saja KIM lain di desa ini memakai nama itu. Pakai nama lain.")
        return show_profile(request, kim, form, status=409)
    messages.success(request, "Profil tersimpan.")
    return redirect("groups:desk", kim.slug)


def change_profile(kim: Kim, form: ProfileForm, by: User) -> None:
    values, safe = form.values(), form.cleaned_data["bylaws_file"]
    if safe:
        values["bylaws"] = Document.store(safe)
    try:
        kim.change_profile(by=by, version=form.cleaned_data["version"], **values)
    except BaseException:
        if safe:
            values["bylaws"].erase()
        raise


def show_profile(request: HttpRequest, kim: Kim, form: ProfileForm, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "groups/kim_edit.html", {"kim": kim, "form": form, **more}, status=status)


def show_conflict(request: HttpRequest, slug: str, form: ProfileForm) -> HttpResponse:
    """Both versions side by side; what was typed stays in the form, and a second press stores it knowingly."""
    stored = own_kim(request, slug, to_change=True)
    data = request.POST.copy()
    data["version"] = str(stored.version)
    again = ProfileForm(data, instance=stored)
    again.is_valid()
    fresh = own_kim(request, slug, to_change=True)
    return show_profile(request, fresh, again, status=409, differences=again.differences(fresh))


@never_cache
@require_POST
def kim_submit(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand the application in, for the first time or again after changes."""
    kim = own_kim(request, slug)
    try:
        kim.submit(by=person(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Terkirim. Verifikator di wilayah Anda memeriksanya.")
    return redirect("groups:desk", kim.slug)


@never_cache
@require_POST
def kim_confirm(request: HttpRequest, slug: str) -> HttpResponse:
    kim = own_kim(request, slug, to_change=True)
    kim.confirm_data(by=person(request))
    messages.success(request, "Terima kasih. Halaman KIM menyebut data ini masih benar.")
    return redirect("groups:desk", kim.slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decree_create(request: HttpRequest, slug: str) -> HttpResponse:
    kim = own_kim(request, slug, to_change=True)
    form = DecreeForm(*sent(request))
    if request.method == "POST" and form.is_valid() and add_decree(kim, form, person(request)):
        messages.success(request, "SK tercatat.")
        return redirect("groups:desk", kim.slug)
    status = 422 if form.is_bound else 200
    return render(request, "groups/decree_create.html", {"kim": kim, "form": form}, status=status)


def add_decree(kim: Kim, form: DecreeForm, by: User) -> bool:
    safe = form.cleaned_data["document"]
    file = Document.store(safe) if safe else None
    try:
        Decree.add(kim, by=by, file=file, **form.values())
    except ValidationError as error:
        if file:
            file.erase()
        add_errors(form, error)
        return False
    return True


@never_cache
@require_safe
def kim_history(request: HttpRequest, slug: str) -> HttpResponse:
    kim = own_kim(request, slug)
    events = kim.events.select_related("text_row")
    page = keyset_page(events, request.GET.get("cursor"), size=50, order=("-sequence", "-id"))
    return render(request, "groups/kim_history.html", {"kim": kim, "page": page})
