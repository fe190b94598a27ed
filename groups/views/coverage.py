"""In how many villages there is an active KIM: the country, then down to the villages of one district."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.page_cache import kept_for_visitors
from groups.models import DistrictCoverage, Kim
from groups.tiles import CLASSES, Tile, class_of, percent_words, tile_for
from groups.workflow import Status
from regions.models import Area, Level, code_prefixes
from regions.models.codes import is_code

HEADINGS = {
    Level.PROVINCE: "Per kabupaten dan kota",
    Level.REGENCY: "Per kecamatan",
}
BELOW = {Level.PROVINCE: "regency", Level.REGENCY: "district"}


@dataclass
class Part:
    """n of the m villages of an area."""

    name: str
    code: str
    covered: int
    villages: int

    @property
    def percent(self) -> str:
        return percent_words(self.covered, self.villages)

    @property
    def bar(self) -> int:
        """Of 100; a thin line where there is one at all."""
        return max(2, self.covered * 100 // self.villages) if self.covered and self.villages else 0

    @property
    def band(self) -> int:
        return class_of(self.covered, self.villages)

    @property
    def tile(self) -> Tile:
        return tile_for(self.code)


@dataclass
class Village:
    """A village with its KIM, active ones first."""

    area: Area
    kims: list[Kim] = field(default_factory=list)

    @property
    def is_covered(self) -> bool:
        return any(kim.status == Status.ACTIVE for kim in self.kims)


@require_safe
@login_not_required
@kept_for_visitors
def coverage(request: HttpRequest) -> HttpResponse:
    """The country: one line, the map of the provinces and their table. Two queries."""
    names = dict(Area.objects.provinces().order_by().values_list("code", "name"))  # else by code, through all areas
    parts = parts_of(DistrictCoverage.objects.by("province"), names)
    context = {"total": total_of("Indonesia", "", parts), "parts": parts, "classes": CLASSES}
    return render(request, "groups/coverage.html", context)


@require_safe
@login_not_required
def coverage_area(request: HttpRequest, code: str) -> HttpResponse:
    """A province, a regency, or the villages of a district."""
    area, ancestors = area_with_ancestors(code)
    if area.level == Level.VILLAGE:
        return redirect("groups:coverage_area", area.up)
    context = {"area": area, "ancestors": ancestors}
    if area.level == Level.DISTRICT:
        return render(request, "groups/coverage_district.html", {**context, **district_context(area)})
    level = Level(area.level)
    names = {part.code: part.label for part in area.parts()}
    parts = parts_of(DistrictCoverage.objects.within(area).by(BELOW[level]), names)
    context |= {"parts": parts, "total": total_of(area.label, code, parts), "heading": HEADINGS[level]}
    return render(request, "groups/coverage_area.html", context)


def area_with_ancestors(code: str) -> tuple[Area, list[Area]]:
    """The area, or the one that replaced it, and those above it, province first: one query for an area in use."""
    if not is_code(code):
        raise Http404
    found = list(Area.objects.filter(code__in=code_prefixes(code)).order_by("code"))
    if not found or found[-1].code != code:
        raise Http404
    if found[-1].successor_id:
        current = found[-1].current
        return current, list(current.ancestors())
    return found[-1], found[:-1]


def parts_of(rows: Iterable[Any], names: dict[str, str]) -> list[Part]:
    """By name. An area that no counter knows yet has none of its villages counted."""
    parts = [Part(names[row["code"]], **row) for row in rows if row["code"] in names]
    return sorted(parts, key=lambda part: part.name)


def total_of(name: str, code: str, parts: list[Part]) -> Part:
    return Part(name, code, sum(part.covered for part in parts), sum(part.villages for part in parts))


def district_context(area: Area) -> dict[str, object]:
    """The villages with and without an active KIM, and the KIM that are not active yet or no more."""
    villages = {each.code: Village(each) for each in area.parts()}
    kims = Kim.objects.listed().within(area).exclude(status=Status.DISSOLVED)
    for kim in kims.only("name", "slug", "status", "area_id").order_by("folded", "id"):
        if kim.area_id in villages:
            villages[kim.area_id].kims.append(kim)
    covered = [village for village in villages.values() if village.is_covered]
    return {
        "covered": covered,
        "uncovered": [village for village in villages.values() if not village.is_covered],
        "total": Part(area.label, area.code, len(covered), len(villages)),
    }
