"""The guideline library: found, read, downloaded; only what `visible_to` shows."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from partnerships.forms.guideline import GuidelineFilter
from partnerships.models import Guideline, GuidelineVersion
from partnerships.models.guideline import ORDER
from regions.paging import keyset_page
from uploads.serving import document_response


@require_safe
@login_not_required
def guideline_list(request: HttpRequest) -> HttpResponse:
    """By title; officers see more than everybody does."""
    rows = Guideline.objects.visible_to(request.user).select_related("area")
    filtered = GuidelineFilter(request.GET, queryset=rows)
    page = keyset_page(filtered.qs, request.GET.get("cursor"), order=ORDER)
    return render(
        request, "partnerships/guideline_list.html", {"filter": filtered, "form": filtered.form, "page": page}
    )


@require_safe
@login_not_required
def guideline_detail(request: HttpRequest, pk: int) -> HttpResponse:
    versions = Prefetch("versions", GuidelineVersion.objects.select_related("document"))
    rows = Guideline.objects.visible_to(request.user).select_related("area").prefetch_related(versions)
    return render(request, "partnerships/guideline_detail.html", {"row": get_object_or_404(rows, pk=pk)})


@require_safe
@login_not_required
def guideline_document(request: HttpRequest, pk: int, document_id: UUID) -> HttpResponseBase:
    """A version's file, for whoever may see its guideline."""
    row = get_object_or_404(Guideline.objects.visible_to(request.user), pk=pk)
    version = get_object_or_404(row.versions.select_related("document"), document=document_id)
    return document_response(version.document, public=row.is_public)
