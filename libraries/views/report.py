"""The yearly report of a library and of an area: for the screen, and for paper with its signatures."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from libraries.growth import Growth
from libraries.indicators import figures_of
from libraries.models import Library, Plan
from libraries.models.figures import this_month
from libraries.months import FIRST, first_day, shift
from libraries.views.registry import visible_library
from libraries.views.rollup import EMPTY, by_month, growth_in, libraries_of, parts_of
from libraries.yearly import YEAR, months_in, partners_by_month, progress_of, table_of
from regions.models import Area, Level

MOST_NAMED = 200
REPORTED = (Level.PROVINCE, Level.REGENCY, Level.DISTRICT)


def years_around(year: int, now: date) -> dict[str, int | None]:
    """The years that a reader may go to; 404 for one before the figures began or not begun yet."""
    if not FIRST.year <= year <= now.year:
        raise Http404
    return {"before": year - 1 if year > FIRST.year else None, "after": year + 1 if year < now.year else None}


@require_safe
@login_not_required
def library_report(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    library = visible_library(request, slug)
    now = this_month(library)
    years = years_around(year, now)
    last = date(year, YEAR, 1)
    at = min(last, now)
    partners = partners_by_month(library, [shift(at, -YEAR), *(month for month in months_in(year) if month <= now)])
    context = {
        "library": library,
        "year": year,
        "years": years,
        "is_running": year == now.year,
        "figures": figures_of(library, last, partners=Growth(partners[at], partners[shift(at, -YEAR)])),
        "table": table_of(library, year, partners),
        "participation": library.participations.filter(year=year).first(),
        "progress": progress_of(library, year),
        "today": timezone.localdate(),
    }
    return render(request, "libraries/library_report.html", context)


@require_safe
@login_not_required
def area_report(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """A year of an area's libraries: month by month, part by part, and who has not reported."""
    area = get_object_or_404(Area.objects.in_use(), pk=code)
    now = first_day(timezone.localdate())
    years = years_around(year, now)
    if area.level not in REPORTED:
        raise Http404
    first, last = date(year, 1, 1), min(date(year, YEAR, 1), shift(now, -1))
    months = [month for month in months_in(year) if month <= last]
    context = {
        "area": area,
        "year": year,
        "years": years,
        "is_running": year == now.year,
        "months": months,
        **sums_of(area, months),
        "libraries": libraries_of(area),
        "parts": parts_of(area, first, last) if months else [],
        **(gaps_in(area, months) if area.level != Level.PROVINCE else {}),
        "today": timezone.localdate(),
    }
    return render(request, "libraries/area_report.html", context)


def sums_of(area: Area, months: list[date]) -> dict[str, Any]:
    """Each month's sums, the year's, and its growth against the same months a year before (two queries)."""
    rows = by_month(area, months) if months else {}
    before = by_month(area, [shift(month, -YEAR) for month in months]) if months else {}
    total, base = ({name: sum(row[name] for row in each.values()) for name in EMPTY} for each in (rows, before))
    return {"lines": [(month, rows.get(month)) for month in months], "total": total, "growth": growth_in(total, base)}


def gaps_in(area: Area, months: list[date]) -> dict[str, Any]:
    """The area's libraries with months missing, the emptiest first, and how many have an adopted plan (two queries)."""
    if not months:
        return {"missing": [], "missing_more": False, "plans": None}
    entered = Q(figures__month__gte=months[0], figures__month__lte=months[-1])
    rows = Library.objects.listed().within(area).as_cards().annotate(entered=Count("figures", filter=entered))
    missing = list(rows.filter(entered__lt=len(months)).order_by("entered", "folded", "id")[: MOST_NAMED + 1])
    plans = Plan.objects.adopted().filter(year=months[0].year, library__in=Library.objects.listed().within(area))
    return {"missing": missing[:MOST_NAMED], "missing_more": len(missing) > MOST_NAMED, "plans": plans.count()}
