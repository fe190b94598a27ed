"""The districts' figures as open data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from libraries.columns import COLUMNS
from libraries.models import DistrictMonth
from libraries.models.rollup import SUMMED, DistrictMonthQuerySet
from regions.models import Area, Level
from regions.tables import csv_response

BATCH = 2000


@require_safe
@login_not_required
def indicators_download(request: HttpRequest, code: str) -> HttpResponseBase:
    """Every month of every district of a province or regency, newest first; one file a province keeps each small."""
    area = get_object_or_404(Area.objects.in_use(), pk=code)
    if area.level not in {Level.PROVINCE, Level.REGENCY}:
        raise Http404
    rows = DistrictMonth.objects.within(area).select_related("area").order_by("-month", "area")
    return csv_response(f"perpustakaan-{code}.csv", list(COLUMNS), lines(rows))


def lines(rows: DistrictMonthQuerySet) -> Iterator[list[Any]]:
    for row in rows.iterator(BATCH):
        yield [row.area_id, row.area.full_name, f"{row.month:%Y-%m}", *(getattr(row, name) for name in SUMMED)]
