"""The districts' figures and the adopted plans as open data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from libraries.columns import COLUMNS, PLAN_COLUMNS
from libraries.models import DistrictMonth, Library, PlannedActivity
from libraries.models.rollup import SUMMED, DistrictMonthQuerySet
from libraries.workflow import PlanStatus
from regions.models import Area, Level
from regions.tables import csv_response

BATCH = 2000


@require_safe
@login_not_required
def indicators_download(request: HttpRequest, code: str) -> HttpResponseBase:
    """Every month of every district of a province or regency, newest first; one file a province keeps each small."""
    area = area_of(code)
    rows = DistrictMonth.objects.within(area).select_related("area").order_by("-month", "area")
    return csv_response(f"perpustakaan-{code}.csv", list(COLUMNS), lines(rows))


@require_safe
@login_not_required
def plans_download(request: HttpRequest, code: str) -> HttpResponseBase:
    """Every activity of the adopted plans of a province's or regency's libraries, library by library."""
    libraries = Library.objects.listed().within(area_of(code))
    adopted = PlannedActivity.objects.filter(goal__plan__library__in=libraries.values("pk"))
    rows = adopted.filter(goal__plan__status=PlanStatus.ADOPTED).select_related("goal__plan__library__institution")
    order = ("goal__plan__library", "-goal__plan__year", "pk")
    return csv_response(f"perpustakaan-rencana-{code}.csv", list(PLAN_COLUMNS), plan_lines(rows.order_by(*order)))


def area_of(code: str) -> Area:
    area = get_object_or_404(Area.objects.in_use(), pk=code)
    if area.level not in {Level.PROVINCE, Level.REGENCY}:
        raise Http404
    return area


def plan_lines(rows: QuerySet[PlannedActivity]) -> Iterator[list[Any]]:
    for row in rows.iterator(BATCH):
        library = row.goal.plan.library
        yield [
            *(library.slug, library.name, library.area_id, row.goal.plan.year, str(row.goal), row.title),
            *(row.get_space_display(), row.target, row.month, row.budget, row.get_source_display()),
            *(row.get_state_display(), row.result),
        ]


def lines(rows: DistrictMonthQuerySet) -> Iterator[list[Any]]:
    for row in rows.iterator(BATCH):
        yield [row.area_id, row.area.full_name, f"{row.month:%Y-%m}", *(getattr(row, name) for name in SUMMED)]
