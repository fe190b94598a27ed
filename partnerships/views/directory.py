"""What everybody may read of partnerships: the directory, a KIM's own, one of them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from groups.models import Kim
from groups.permissions import can_manage
from partnerships.filters import PartnershipFilter
from partnerships.models import TRAITS, Partnership, Side
from partnerships.models.record import ORDER
from partnerships.permissions import acting_sides, can_be_answered, can_read_papers
from partnerships.views.sides import again_path, visible, waiting_side
from partnerships.workflow import AGREEMENT_PUBLIC
from regions.paging import keyset_page

MOST_SHOWN = 10


@require_safe
@login_not_required
def partnership_list(request: HttpRequest) -> HttpResponse:
    """The directory, newest first. Without counting."""
    chosen = PartnershipFilter(request.GET, queryset=Partnership.objects.listed().with_sides())
    page = keyset_page(chosen.qs, request.GET.get("cursor"), order=ORDER)
    context = {"filter": chosen, "form": chosen.form, "page": page, "area": chosen.chosen_area}
    return render(request, "partnerships/partnership_list.html", context)


@require_safe
@login_not_required
def kim_partnerships(request: HttpRequest, slug: str) -> HttpResponse:
    """A KIM's own; its admins also see what is only proposed, and lead on to propose."""
    kim = get_object_or_404(Kim.objects.visible_to(request.user).select_related("area"), slug=slug)
    can_propose = isinstance(request.user, User) and can_manage(request.user, kim)
    rows = Partnership.objects.filter(kim=kim) if can_propose else Partnership.objects.listed().filter(kim=kim)
    page = keyset_page(rows.with_sides(), request.GET.get("cursor"), order=ORDER)
    context = {"kim": kim, "page": page, "can_propose": can_propose, "expertises": kim.expertises.proven()}
    return render(request, "partnerships/kim_partnerships.html", context)


@require_safe
@login_not_required
def partnership_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    return show(request, visible(request, public_id))


def show(request: HttpRequest, row: Partnership, *, is_stale: bool = False, status: int = 200) -> HttpResponse:
    """The page of one partnership; what the reader may do here besides stands in `sides`."""
    user = request.user if isinstance(request.user, User) else None
    sides = acting_sides(user, row) if user else []
    reads_papers = bool(sides) or (user is not None and can_read_papers(user, row))
    context = {
        "row": row,
        "traits": TRAITS[row.basis],
        "is_stale": is_stale,
        "reads_papers": reads_papers,
        "side": waiting_side(row, sides) if sides else None,
        **(detail_context(row)),
        **(papers_context(row, reads_papers)),
    }
    context["again"] = again_path(row, context["side"]) if sides else ""
    context["is_unanswerable"] = row.status == "proposed" and bool(sides) and not can_be_answered(row.second)
    context["must_answer"] = bool(sides) and is_waiting(row, context["side"])
    return render(request, "partnerships/partnership_detail.html", context, status=status)


def is_waiting(row: Partnership, side: Side) -> bool:
    return row.status == "proposed" and getattr(row, f"{side}_confirmed_at") is None


def detail_context(row: Partnership) -> dict[str, Any]:
    """The basis' own facts."""
    if row.forum:
        dates = row.forum.next_dates(row.area.local(timezone.now())) if row.status != "ended" else []
        return {"dates": dates, "sessions": list(row.sessions.with_number()[:MOST_SHOWN])}
    if row.expertise:
        records, evidence = row.expertise.records.all(), row.expertise.evidence.all()
        return {"records": list(records[:MOST_SHOWN]), "evidence": list(evidence[:MOST_SHOWN])}
    return {}


def papers_context(row: Partnership, reads_papers: bool) -> dict[str, Any]:
    """What the sides wrote: everybody reads signed agreements, the sides and their officers all of it."""
    agreements = row.agreements.all() if reads_papers else row.agreements.filter(status__in=sorted(AGREEMENT_PUBLIC))
    found: dict[str, Any] = {"agreements": list(agreements[:50])}
    if reads_papers:
        events = row.events.select_related("text_row").order_by("-sequence")
        found |= {"evaluations": list(row.evaluations.all()[:20]), "events": list(events[:50])}
    return found
