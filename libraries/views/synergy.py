"""What stakeholders gave to the libraries of an area, and what is still missing."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from libraries.models import ConsultantBridge, InternetPoint, StudentPlacement
from libraries.workflow import PointStatus
from partnerships.models import Meeting
from regions.models import Area
from regions.paging import keyset_page

NEWEST = 20
MISSING_FIRST = ("-status", "id")  # by its words: scheduled, proposed, not served, and last what is installed
STATES = list(PointStatus)


@require_safe
@login_not_required
def synergy(request: HttpRequest, code: str) -> HttpResponse:
    """Internet points (what is missing first), placements, and bridged partners of one area."""
    area = get_object_or_404(Area.objects.in_use(), pk=code)
    rows = InternetPoint.objects.within(area)
    rows = rows.select_related("area", "provider", "customary_village", "commitment__party")
    page = keyset_page(rows, request.GET.get("cursor"), size=50, order=MISSING_FIRST)
    placements = StudentPlacement.objects.within(area).order_by("-starts_on", "-id").select_related("university")
    bridges = ConsultantBridge.objects.within(area).order_by("-bridged_on", "-id").select_related("one", "other")
    context = {
        "area": area,
        "above": area.ancestors,
        "states": states_of(area),
        "page": page,
        "open_meetings": open_meetings(page.rows),
        "placements": placements.prefetch_related("villages")[:NEWEST],
        "bridges": bridges[:NEWEST],
    }
    return render(request, "libraries/synergy.html", context)


def states_of(area: Area) -> list[tuple[str, str, int]]:
    """Each state with how many points are in it (one query)."""
    counted = InternetPoint.objects.within(area).order_by().values_list("status").annotate(number=Count("pk"))
    numbers: dict[str, int] = dict(counted)
    return [(state.value, state.label, numbers.get(state, 0)) for state in STATES]


def open_meetings(rows: list[Any]) -> dict[int, str]:
    """The meetings, of those in which a point was promised, that everybody may read: {number: address}."""
    keys = {row.commitment.party.gathering_id for row in rows if row.commitment}
    if not keys:
        return {}
    return dict(Meeting.objects.visible_to(AnonymousUser()).filter(pk__in=keys).values_list("pk", "public_id"))
