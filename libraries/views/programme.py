"""Which libraries of an area are in the programme (TPBIS) in a year, with their decrees (seed 002: "terpilih 4")."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from libraries.models import Library, Participation
from libraries.workflow import Stage
from regions.models import Area, Level
from regions.paging import keyset_page

BEGAN = 2018  # of the programme
ORDER = ("folded", "id")


@require_safe
@login_not_required
def programme(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """How many of the area's libraries are how far, and each by name."""
    area = get_object_or_404(Area.objects.in_use(), pk=code)
    latest = timezone.localdate().year + 1  # next year's proposals are made in this one
    if area.level == Level.VILLAGE or not BEGAN <= year <= latest:
        raise Http404
    libraries = Library.objects.listed().within(area)
    every = Participation.objects.filter(library__in=libraries.values("pk"))
    rows = every.filter(year=year)
    counts = dict(rows.order_by().values_list("stage").annotate(number=Count("pk")))
    page = keyset_page(libraries.filter(participations__year=year).as_cards(), request.GET.get("cursor"), order=ORDER)
    found = {row.library_id: row for row in Participation.objects.filter(year=year, library__in=page.rows)}
    context = {
        "area": area,
        "year": year,
        "years": {"before": year - 1 if year > BEGAN else None, "after": year + 1 if year < latest else None},
        "stages": [(stage, counts.get(stage, 0)) for stage in Stage],
        "total": sum(counts.values()),
        "page": page,
        "newest": None if counts else every.order_by("-year").values_list("year", flat=True).first(),
        "rows": [(library, found[library.pk]) for library in page],
    }
    return render(request, "libraries/programme.html", context)
