"""Who is asking, for which side, and the partnership they may act on. Strangers get 404 for what they cannot see."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.models import Institution, User
from groups.models import Kim
from groups.workflow import PUBLIC as KIM_PUBLIC
from groups.workflow import Status as KimStatus
from partnerships.models import Agreement, Partnership, Side
from partnerships.notifications import mailboxes
from partnerships.permissions import acting_sides
from partnerships.quotas import status_of

Owner = Kim | Institution


def person(request: HttpRequest) -> User:
    """The signed-in user, for the type checker: LoginRequiredMiddleware let nobody else in."""
    return cast("User", request.user)


def visible(request: HttpRequest, public_id: str) -> Partnership:
    rows = Partnership.objects.visible_to(request.user).with_sides()
    row: Partnership = get_object_or_404(
        rows.select_related("forum", "legal_basis", "expertise__kim", "expertise__institution"), public_id=public_id
    )
    return row


def own(request: HttpRequest, public_id: str) -> tuple[Partnership, Side]:
    """The partnership with the side this person answers for; whoever only reads it is told so (403)."""
    row = visible(request, public_id)
    sides = acting_sides(person(request), row)
    if not sides:
        raise PermissionDenied
    return row, waiting_side(row, sides)


def waiting_side(row: Partnership, sides: list[Side]) -> Side:
    """Who speaks for both answers first for the side that has not agreed yet."""
    return next((side for side in sides if getattr(row, f"{side}_confirmed_at") is None), sides[0])


def owner_of(request: HttpRequest, slug: str = "", pk: int = 0) -> Owner:
    """The KIM this person runs, or the institution they answer for."""
    user = person(request)
    if slug:
        kims = Kim.objects.managed_by(user).select_related("area").exclude(status=KimStatus.DISSOLVED).listed()
        kim: Kim = get_object_or_404(kims, slug=slug)
        return kim
    if pk not in user.institution_ids:
        raise Http404
    rows = Institution.objects.in_use().select_related("area")
    institution: Institution = get_object_or_404(rows, pk=pk)
    return institution


def owners_of(user: User) -> list[Owner]:
    """Everyone this person may speak for."""
    kims = Kim.objects.managed_by(user).filter(status__in=sorted(KIM_PUBLIC - {KimStatus.DISSOLVED}))
    institutions = Institution.objects.in_use().filter(pk__in=user.institution_ids)
    return [*kims.select_related("area")[:100], *institutions.select_related("area")[:100]]


def propose_path(owner: Owner) -> str:
    if isinstance(owner, Kim):
        return reverse("partnerships:kim_propose", args=[owner.slug])
    return reverse("partnerships:institution_propose", args=[owner.pk])


def expertise_path(owner: Owner) -> str:
    if isinstance(owner, Kim):
        return reverse("partnerships:kim_expertise", args=[owner.slug])
    return reverse("partnerships:institution_expertise", args=[owner.pk])


def agreement_path(owner: Owner) -> str:
    if isinstance(owner, Kim):
        return reverse("partnerships:agreement_create_kim", args=[owner.slug])
    return reverse("partnerships:agreement_create_institution", args=[owner.pk])


def again_path(row: Partnership, side: Side) -> str:
    """Where the same terms are proposed anew, with other days."""
    mine, other = (row.first, row.second) if side == Side.FIRST else (row.second, row.first)
    return f"{propose_path(mine)}?{towards(other)}&dasar={row.basis}&lanjutkan={row.public_id}"


def towards(other: Owner) -> str:
    """How an address of one side names the other."""
    return f"kim={other.slug}" if isinstance(other, Kim) else f"mitra={other.pk}"


def renewal_path(agreement: Agreement, side: Side) -> str:
    """Where the next paper of the same two is written down."""
    if agreement.partnership:
        return reverse("partnerships:agreement_create", args=[agreement.partnership.public_id])
    pair = agreement.first, agreement.second
    mine, other = pair if side == Side.FIRST else pair[::-1]
    return f"{agreement_path(mine)}?{towards(other)}"


def told(owner: Owner) -> str:
    """Whether word of it went out, and what to do where nobody can be reached."""
    if mailboxes(owner):
        return f"{owner} dikabari lewat e-mail."
    return f"{owner} belum punya alamat e-mail di portal. Kabari sendiri lewat surat atau telepon."


def bound(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is bound to: the post, also an empty one; nothing before it is sent."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def form_page(request: HttpRequest, form: forms.BaseForm, *, status: int | None = None, **context: Any) -> HttpResponse:
    """One form on a page of its own: `title`, `button`, `back` (address) and what else the template knows."""
    return render(request, "partnerships/form.html", {"form": form, **context}, status=status or status_of(form))
