"""What everybody may read of libraries: the registry, one library's page, its tally sheet."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from groups.views.registry import signed_in
from libraries.filters import LibraryFilter
from libraries.indicators import figures_of
from libraries.models import ActivitySession, Library, LibraryPhoto, SpaceHour
from libraries.models.figures import this_month
from libraries.months import shift
from libraries.near import kims_near, support_near
from libraries.permissions import can_open_desk
from libraries.quality import quality_of
from libraries.views.desk import own_library
from regions.paging import keyset_page

ORDER = ("folded", "id")
FIRST_SESSIONS = 4
DAYS_OF_A_SHEET = range(1, 32)


def visible_library(request: HttpRequest, slug: str) -> Library:
    libraries = Library.objects.visible_to(request.user).select_related(
        "area", "institution", "agency", "customary_village"
    )
    return get_object_or_404(libraries, slug=slug)


@require_safe
@login_not_required
def library_list(request: HttpRequest) -> HttpResponse:
    """The registry by name. Without counting."""
    chosen = LibraryFilter(request.GET, queryset=Library.objects.listed().as_cards())
    page = keyset_page(chosen.qs, request.GET.get("cursor"), order=ORDER)
    context = {"filter": chosen, "form": chosen.form, "page": page, "area": chosen.chosen_area}
    return render(request, "libraries/library_list.html", context)


@require_safe
@login_not_required
def library_detail(request: HttpRequest, slug: str) -> HttpResponse:
    library, user = visible_library(request, slug), signed_in(request)
    last = shift(this_month(library), -1)
    timetable = SpaceHour.objects.of(library).by_space()
    context = {
        "library": library,
        "last": last,
        "agenda": ActivitySession.objects.of(library).coming().with_activity()[:FIRST_SESSIONS],
        "timetable": timetable,
        "has_timetable": any(rows for _, rows in timetable),
        "figures": figures_of(library, last),
        "quality": quality_of(library, last),
        "photos": LibraryPhoto.objects.of(library),
        "kims": kims_near(library),
        "support": support_near(library),
        "can_open_desk": user is not None and can_open_desk(user, library),
    }
    return render(request, "libraries/library_detail.html", context)


@never_cache
@require_safe
def tally_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """A sheet of strokes for one month, to hang beside the door; its sums are typed on the month's page."""
    context = {"library": own_library(request, slug), "days": DAYS_OF_A_SHEET}
    return render(request, "libraries/tally_sheet.html", context)
