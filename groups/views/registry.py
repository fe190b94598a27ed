"""What everybody may read of the KIM: the registry and one KIM's page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from groups.models import Kim
from regions.paging import keyset_page


@require_safe
@login_not_required
def kim_list(request: HttpRequest) -> HttpResponse:
    page = keyset_page(Kim.objects.listed().select_related("area"), request.GET.get("cursor"), order=("folded", "id"))
    return render(request, "groups/kim_list.html", {"page": page})


@require_safe
@login_not_required
def kim_detail(request: HttpRequest, slug: str) -> HttpResponse:
    kim = get_object_or_404(Kim.objects.visible_to(request.user).select_related("area"), slug=slug)
    return render(request, "groups/kim_detail.html", {"kim": kim})
