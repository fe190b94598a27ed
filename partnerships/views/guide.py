"""Which basis fits, and what rules oblige areas to: pages to decide by."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from partnerships.forms.guide import GuideForm
from partnerships.models import TRAITS, Basis, Obligation
from partnerships.models.legal import add_figures
from regions.models import LegalBasis
from regions.paging import keyset_page
from uploads.serving import document_response


@require_safe
@login_not_required
def guide(request: HttpRequest) -> HttpResponse:
    """Four questions by GET; the answer can be bookmarked, and nothing is kept."""
    form = GuideForm(request.GET if request.GET else None)
    advice = form.advice() if form.is_bound and form.is_valid() else None
    context: dict[str, Any] = {
        "form": form,
        "advice": advice,
        "traits": [(Basis(code).label, TRAITS[code]) for code in Basis.values],
    }
    context["advised"] = TRAITS[advice.basis] if advice else None
    return render(request, "partnerships/guide.html", context)


@require_safe
@login_not_required
def obligation_list(request: HttpRequest) -> HttpResponse:
    """Where a KIM in every village is a duty: how many villages have one, and how many lack it."""
    rows = Obligation.objects.select_related("area", "legal_basis__paper")
    page = keyset_page(rows, request.GET.get("cursor"), order=("area_id", "id"))
    add_figures(page.rows)
    return render(request, "partnerships/obligation_list.html", {"page": page})


@require_safe
@login_not_required
def legal_basis(request: HttpRequest, pk: int) -> HttpResponse:
    """One legal basis, as everybody may read it."""
    row = get_object_or_404(LegalBasis.objects.select_related("issuer_area", "paper").filter(pk__lt=2**62), pk=pk)
    obligations = row.obligations.select_related("area")[:100]
    return render(request, "partnerships/legal_basis.html", {"row": row, "obligations": obligations})


@require_safe
@login_not_required
def legal_paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = get_object_or_404(LegalBasis.objects.select_related("paper__file").filter(paper__isnull=False), pk=pk)
    return document_response(row.paper.file, public=True)
