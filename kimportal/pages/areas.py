"""An area's own page: what lies in it, what its people reported, whom to call. Later apps add their part here."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from groups.models import Announcement, Kim
from libraries.models import Library
from partnerships.models import Partnership
from regions.models import Area, AreaPolicy, Level
from regions.paging import keyset_page
from reports.models import Report
from reports.models.filing import office_for

LONGEST_NAME = 80
LATEST_ANNOUNCEMENTS = 4
FIRST_KIMS = 6  # and libraries
PARTS_HEADINGS = {
    Level.PROVINCE: "Kabupaten dan kota",
    Level.REGENCY: "Kecamatan",
    Level.DISTRICT: "Desa dan kelurahan",
    Level.VILLAGE: "",
}


class AreaCodeConverter:
    """The shape of a Kemendagri code; `Area` says whether it exists."""

    regex = r"\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.[123]\d{3})?)?)?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


@require_safe
@login_not_required
def area_list(request: HttpRequest) -> HttpResponse:
    """All provinces, and what a search finds: the area picker without JavaScript leads here too."""
    words = request.GET.get("q", "").strip()[:LONGEST_NAME]
    context = {
        "words": words,
        "found": Area.objects.search(words, limit=30) if words else None,
        "provinces": Area.objects.provinces().order_by("name"),
    }
    return render(request, "pages/area_list.html", context)


@require_safe
@login_not_required
def area_detail(request: HttpRequest, code: str) -> HttpResponse:
    area = get_object_or_404(Area.objects.select_related("successor"), code=code)
    if area.current != area:
        return redirect("pages:area_detail", area.current.code)
    reports = Report.objects.published().as_cards().within(area)
    current = Announcement.objects.current().originals().as_cards()
    context = {
        "area": area,
        "announcements": current.newest_for(area)[:LATEST_ANNOUNCEMENTS],
        "kims": Kim.objects.listed().within(area).as_cards().order_by("folded", "id")[:FIRST_KIMS],
        "libraries": Library.objects.listed().within(area).as_cards().order_by("folded", "id")[:FIRST_KIMS],
        "has_partnerships": Partnership.objects.listed().within(area).exists(),
        "ancestors": area.ancestors(),
        "parts": area.parts(),
        "parts_heading": PARTS_HEADINGS[Level(area.level)],
        "numbers": AreaPolicy.for_area(code).emergency_numbers(),
        "office": office_for(code),
        "page": keyset_page(reports, request.GET.get("cursor"), order=("-published_at", "-id")),
    }
    return render(request, "pages/area_detail.html", context)
