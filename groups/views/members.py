"""The people of a KIM at its desk: recorded, changed, gone, invited, made admin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.limits import hit
from accounts.models import User
from groups.forms.desk import InviteForm, LeaveForm, MemberForm
from groups.forms.fields import add_errors
from groups.models import Kim, MemberInvitation, Membership
from groups.views.desk import own_kim, person, sent
from uploads.models import Image

DAY = 24 * 3600
INVITATIONS_A_DAY = 30


def member_of(kim: Kim, pk: int) -> Membership:
    return get_object_or_404(kim.memberships.select_related("kim__area", "user", "photo"), pk__in=[min(pk, 2**63 - 1)])


@never_cache
@require_safe
def member_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody today, and everybody who was: history is kept."""
    kim = own_kim(request, slug)
    members = list(kim.memberships.select_related("user", "photo", "invitation").order_by("left_on", "id"))
    context = {
        "kim": kim,
        "current": [member for member in members if member.is_current],
        "former": [member for member in members if not member.is_current],
        "admins": [member for member in members if member.is_current and member.is_admin],
    }
    return render(request, "groups/member_list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def member_create(request: HttpRequest, slug: str) -> HttpResponse:
    kim = own_kim(request, slug, to_change=True)
    form = MemberForm(*sent(request))
    if request.method == "POST" and form.is_valid() and add_member(kim, form, person(request)):
        messages.success(request, "Anggota tercatat.")
        return redirect("groups:member_list", kim.slug)
    context = {"kim": kim, "form": form, "member": None}
    return render(request, "groups/member_edit.html", context, status=422 if form.is_bound else 200)


def add_member(kim: Kim, form: MemberForm, by: User) -> bool:
    return keep_member(form, lambda values: Membership.add(kim, by=by, **values))


def keep_member(form: MemberForm, action: Callable[[dict[str, Any]], object]) -> bool:
    """Store the photo, then the row; a refused row leaves no photo behind."""
    values, safe = form.values(), form.cleaned_data["photo_file"]
    photo = Image.store(safe) if safe else None
    try:
        action({**values, **({"photo": photo} if photo else {})})
    except ValidationError as error:
        if photo:
            photo.erase()
        add_errors(form, error)
        return False
    return True


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def member_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    kim = own_kim(request, slug, to_change=True)
    member = member_of(kim, pk)
    form = MemberForm(*sent(request), instance=member)
    if request.method == "POST" and form.is_valid():
        by = person(request)
        if keep_member(form, lambda values: member.change(by=by, **values)):
            messages.success(request, "Perubahan tersimpan.")
            return redirect("groups:member_list", kim.slug)
    context = {"kim": kim, "form": form, "member": member, "leave_form": LeaveForm(), "invite_form": InviteForm()}
    return render(request, "groups/member_edit.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_POST
def member_leave(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    kim = own_kim(request, slug, to_change=True)
    member = member_of(kim, pk)
    form = LeaveForm(request.POST)
    if form.is_valid():
        try:
            member.leave(form.cleaned_data["left_on"], by=person(request))
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{member.name} tercatat keluar. Riwayatnya tetap ada.")
            return after_change(request, kim)
    return show_member(request, kim, member, leave_form=form)


@never_cache
@require_POST
def member_invite(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    kim = own_kim(request, slug, to_change=True)
    member, by, form = member_of(kim, pk), person(request), InviteForm(request.POST)
    if form.is_valid():
        if hit("member_invitation", str(by.pk), limit=INVITATIONS_A_DAY, seconds=DAY):
            form.add_error(None, "Hari ini sudah banyak undangan terkirim. Lanjutkan besok.")
            return show_member(request, kim, member, invite_form=form)
        try:
            MemberInvitation.send(
                member, form.cleaned_data["email"], makes_admin=form.cleaned_data["makes_admin"], by=by
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Undangan terkirim. Berlaku 14 hari.")
            return redirect("groups:member_list", kim.slug)
    return show_member(request, kim, member, invite_form=form)


@never_cache
@require_POST
def member_admin(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give or take the right to this desk; taking it from oneself is handing over, and is asked once more."""
    kim = own_kim(request, slug, to_change=True)
    member, is_given = member_of(kim, pk), request.POST.get("value") == "ya"
    if not is_given and member.user_id == person(request).pk and "confirmed" not in request.POST:
        return render(request, "groups/member_admin.html", {"kim": kim, "member": member})
    try:
        member.set_admin(is_given, by=person(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("groups:member_list", kim.slug)
    messages.success(request, "Hak admin diubah.")
    return after_change(request, kim)


def show_member(request: HttpRequest, kim: Kim, member: Membership, **forms: object) -> HttpResponse:
    context: dict[str, object] = {"kim": kim, "member": member, "form": MemberForm(instance=member)}
    context |= {"leave_form": LeaveForm(), "invite_form": InviteForm(), **forms}
    return render(request, "groups/member_edit.html", context, status=422)


def after_change(request: HttpRequest, kim: Kim) -> HttpResponse:
    """Back to the list, unless the person just gave up the right to see it."""
    if Kim.objects.managed_by(person(request)).filter(pk=kim.pk).exists():
        return redirect("groups:member_list", kim.slug)
    return redirect("groups:own_kims")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Link one's account to the member the letter names. Only for the holder of the address it went to."""
    user, found = person(request), MemberInvitation.objects.find(token)
    may_accept = found is not None and found.is_for(user)
    if request.method == "POST" and found and may_accept:
        try:
            member = found.accept(user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, f"Akun Anda terhubung dengan {member.kim.name}.")
            return redirect("groups:own_kims")
    context = {"invitation": found, "may_accept": may_accept}
    return render(request, "groups/invitation.html", context, status=200 if found else 404)
