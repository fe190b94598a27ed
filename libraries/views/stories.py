"""Impact stories as everybody reads them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from libraries.filters import StoryFilter
from libraries.models import ImpactStory
from regions.paging import keyset_page

ORDER = ("-published_at", "-id")


@require_safe
@login_not_required
def story_list(request: HttpRequest) -> HttpResponse:
    """The newest first, narrowed by area and by domain."""
    chosen = StoryFilter(request.GET, queryset=ImpactStory.objects.published())
    page = keyset_page(chosen.qs, request.GET.get("cursor"), order=ORDER)
    context = {"form": chosen.form, "page": page, "area": chosen.chosen_area, "is_narrowed": chosen.is_narrowed}
    return render(request, "libraries/story_list.html", context)


@require_safe
@login_not_required
def story_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    stories = ImpactStory.objects.published().filter(library__slug=slug)
    story = get_object_or_404(stories, pk=min(pk, 2**63 - 1))
    return render(request, "libraries/story_detail.html", {"story": story, "library": story.library})
