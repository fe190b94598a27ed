"""Common questions and articles about libraries."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from libraries.models import ArticleKind
from libraries.models.article import published_of
from regions.paging import keyset_page

NEWEST = ("-published_at", "-id")


@require_safe
@login_not_required
def faq(request: HttpRequest) -> HttpResponse:
    """Every question with its answer, folded."""
    page = keyset_page(published_of(ArticleKind.FAQ), request.GET.get("cursor"), order=NEWEST)
    return render(request, "libraries/faq.html", {"page": page})


@require_safe
@login_not_required
def article_list(request: HttpRequest) -> HttpResponse:
    page = keyset_page(published_of(ArticleKind.ARTICLE), request.GET.get("cursor"), order=NEWEST)
    return render(request, "libraries/article_list.html", {"page": page})


@require_safe
@login_not_required
def article_detail(request: HttpRequest, slug: str) -> HttpResponse:
    article = get_object_or_404(published_of(ArticleKind.ARTICLE), slug=slug)
    return render(request, "libraries/article_detail.html", {"article": article})
