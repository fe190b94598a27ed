"""Looking up an area while somebody types. The page that lists areas is the roof's."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from regions.fields import LONGEST_WORDS
from regions.models import Area, Level

ONE_HOUR = 3600  # seconds; the tree changes a few times a year


@require_safe
@login_not_required
def area_search(request: HttpRequest) -> HttpResponse:
    """At most 20 areas for `?q=`, of one `level` if given, best first; none for fewer than three letters."""
    level = request.GET.get("level", "")
    found = Area.objects.search(request.GET.get("q", "")[:LONGEST_WORDS], level if level in Level.values else None)
    areas = [{"code": area.code, "name": area.label, "full_name": area.full_name} for area in found.areas]
    response = JsonResponse({"areas": areas, "has_more": found.has_more})
    patch_cache_control(response, public=True, max_age=ONE_HOUR)
    return response
