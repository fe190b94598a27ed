"""Addresses of libraries for search engines: an index, one list a province. Never what is not published."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from libraries.models import ActivitySession, Article, ArticleKind, ImpactStory, Library, MonthlyFigures
from regions.models import Area, Level

STATIC_PAGES = (
    *("libraries:library_list", "libraries:indicators", "libraries:agenda", "libraries:story_list"),
    *("libraries:faq", "libraries:article_list", "libraries:information_cycle"),
)
MOST_ARTICLES, MOST_OTHERS = 2000, 10_000  # the protocol allows 50,000 addresses a list; a province has 8,600 villages
HOUR = 3600


def sitemap_entries() -> list[str]:
    """Paths of the pages that belong to no province, and of the newest published articles."""
    articles = Article.objects.published().filter(kind=ArticleKind.ARTICLE).order_by("-published_at", "-id")
    slugs = articles.values_list("slug", flat=True)[:MOST_ARTICLES]
    return [*map(reverse, STATIC_PAGES), *(reverse("libraries:article_detail", args=[slug]) for slug in slugs)]


@require_safe
@login_not_required
@cache_control(max_age=HOUR, public=True)
def sitemap_index(request: HttpRequest) -> HttpResponse:
    codes = Area.objects.in_use().filter(level=Level.PROVINCE).order_by("code").values_list("code", flat=True)
    paths = [reverse("libraries:sitemap_province", args=[code]) for code in codes]
    return as_xml(request, "libraries/sitemap_index.xml", paths)


@require_safe
@login_not_required
@cache_control(max_age=HOUR, public=True)
def sitemap_province(request: HttpRequest, code: str) -> HttpResponse:
    """A province: its libraries, their last year's reports, what is to come, and stories (six queries)."""
    area = get_object_or_404(Area.objects.in_use().filter(level=Level.PROVINCE), pk=code)
    return as_xml(request, "libraries/sitemap_province.xml", list(province_paths(area)))


def as_xml(request: HttpRequest, template: str, paths: list[str]) -> HttpResponse:
    context = {"addresses": [f"{settings.SITE_URL}{path}" for path in paths]}
    return render(request, template, context, content_type="application/xml")


def province_paths(area: Area) -> Iterator[str]:
    year = timezone.localdate().year - 1
    for code in areas_with_libraries(area):
        yield reverse("libraries:indicators_area", args=[code])
        yield reverse("libraries:area_report", args=[code, year])
    first, last = f"{year}-01-01", f"{year}-12-01"
    entered = MonthlyFigures.objects.filter(library=OuterRef("pk"), month__gte=first, month__lte=last)
    libraries = Library.objects.listed().within(area).annotate(has_year=Exists(entered))
    for slug, has_year in libraries.order_by().values_list("slug", "has_year"):
        yield reverse("libraries:library_detail", args=[slug])
        if has_year:
            yield reverse("libraries:library_report", args=[slug, year])
    coming = ActivitySession.objects.listed().within(area).standing().coming()
    activities = coming.values_list("activity__library__slug", "activity__public_id")
    for each in dict.fromkeys(activities[:MOST_OTHERS]):
        yield reverse("libraries:activity_detail", args=each)
    stories = ImpactStory.objects.published().within(area).order_by("-published_at", "-id")
    for each in stories.values_list("library__slug", "pk")[:MOST_OTHERS]:
        yield reverse("libraries:story_detail", args=each)


def areas_with_libraries(area: Area) -> list[str]:
    """The province and its regencies, where there is a library at all."""
    rows = Library.objects.listed().within(area).order_by().values_list("regency_code", flat=True).distinct()
    regencies = sorted(rows)
    return [area.pk, *regencies] if regencies else []
