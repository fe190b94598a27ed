"""The indicators of an area: the country, then down to the libraries of one district, and who has not reported."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, F, OuterRef, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from libraries.columns import COLUMNS, PLAN_COLUMNS
from libraries.growth import Growth
from libraries.models import DistrictLibraries, DistrictMonth, Library, MonthlyFigures
from libraries.models.rollup import GROUPS
from libraries.months import first_day, parse, run_of, shift
from libraries.trend import trend_of
from regions.models import Area, Level
from regions.paging import keyset_page

BELOW = {None: "province", Level.PROVINCE: "regency", Level.REGENCY: "district"}
EMPTY = {"reported": 0, "accepted": 0, "visits": 0, "participants": 0, "exposures": 0}
COMPARED = ("visits", "participants", "exposures")
MONTHS_TO_CHOOSE = 24


def chosen_month(request: HttpRequest) -> date:
    """The month asked for; the last full one where none is. 404 for what is no month or has not come."""
    today = first_day(timezone.localdate())
    text = request.GET.get("bulan", "")
    try:
        month = parse(text) if text else shift(today, -1)
    except ValueError:
        raise Http404 from None
    if month > today:
        raise Http404
    return month


@require_safe
@login_not_required
def indicators(request: HttpRequest, code: str = "") -> HttpResponse:
    """Sums of every part of an area in one month, and the trend of the whole."""
    area = get_object_or_404(Area.objects.in_use(), pk=code) if code else None
    if area and area.level == Level.VILLAGE:
        raise Http404
    month = chosen_month(request)
    months = run_of(month, 2 * 12)
    sums = by_month(area, months)
    context = {
        "area": area,
        "above": area.ancestors if area else [],
        "month": month,
        "months": list(reversed(run_of(first_day(timezone.localdate()), MONTHS_TO_CHOOSE))),
        "total": sums.get(month, EMPTY),
        "libraries": libraries_of(area),
        "growth": growth_of(sums, month),
        "trend": trend_of(months, {each: row["visits"] for each, row in sums.items() if row["reported"]}),
        "parts": parts_of(area, month, month),
        "columns": COLUMNS,
        "plan_columns": PLAN_COLUMNS,
        "children": Library.objects.listed().within(area).as_cards() if is_district(area) and area else [],
    }
    return render(request, "libraries/indicators.html", context)


def is_district(area: Area | None) -> bool:
    return area is not None and area.level == Level.DISTRICT


def with_visits(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "visits": row["visits_onsite"] + row["visits_online"]}


def by_month(area: Area | None, months: list[date]) -> dict[date, dict[str, Any]]:
    """Sums of the area by month (one query)."""
    rows = DistrictMonth.objects.between(months[0], months[-1])
    rows = rows.within(area) if area else rows
    return {row["month"]: with_visits(row) for row in rows.sums("month")}


def growth_of(sums: dict[date, dict[str, Any]], month: date) -> dict[str, str]:
    """Each figure against the same month last year; told only where as many libraries reported as then.

    While some are still missing the sum would seem to fall.
    """
    return growth_in(sums.get(month, EMPTY), sums.get(shift(month, -12), EMPTY))


def growth_in(now: dict[str, Any], base: dict[str, Any]) -> dict[str, str]:
    """Growth of each figure of one period against another, where as much was reported as then."""
    is_whole = 0 < base["reported"] <= now["reported"]
    pairs = {name: (now[name], base[name]) if is_whole else (None, None) for name in COMPARED}
    return {name: Growth(*pair).words for name, pair in pairs.items()}


def libraries_of(area: Area | None) -> int:
    rows = DistrictLibraries.objects.all()
    rows = rows.within(area) if area else rows
    return rows.aggregate(number=Sum("libraries"))["number"] or 0


def parts_of(area: Area | None, first: date, last: date) -> list[dict[str, Any]]:
    """One row a part of the area that has libraries: {code, name, libraries, reported, ...} (three queries)."""
    if is_district(area):
        return []
    level = BELOW[Level(area.level) if area else None]
    counted, figures = DistrictLibraries.objects.all(), DistrictMonth.objects.between(first, last)
    if area:
        counted, figures = counted.within(area), figures.within(area)
    sums = {row["code"]: with_visits(row) for row in figures.by(level)}
    rows = list(counted.values_list(F(GROUPS[level])).annotate(number=Sum("libraries")).order_by(GROUPS[level]))
    names = dict(Area.objects.filter(pk__in=[code for code, _ in rows]).values_list("pk", "name"))
    return [
        {**EMPTY, **sums.get(code, {}), "code": code, "name": names[code], "libraries": number}
        for code, number in rows
        if number
    ]


@require_safe
@login_not_required
def missing(request: HttpRequest, code: str) -> HttpResponse:
    """The libraries of a regency or district that have not entered a month."""
    area = get_object_or_404(Area.objects.in_use(), pk=code)
    if area.level not in {Level.REGENCY, Level.DISTRICT}:
        raise Http404
    month = chosen_month(request)
    entered = MonthlyFigures.objects.filter(library=OuterRef("pk"), month=month)
    libraries = Library.objects.listed().within(area).filter(~Exists(entered)).as_cards()
    page = keyset_page(libraries, request.GET.get("cursor"), order=("folded", "id"))
    return render(request, "libraries/missing.html", {"area": area, "month": month, "page": page})
