"""The member card, to print."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from groups.sharing import public_address, qr_svg
from groups.views.desk import own_kim
from groups.views.members import member_of


@never_cache
@require_safe
def member_card(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Name, post, KIM, and a QR that leads to the KIM's page, where anybody can check that it exists."""
    kim = own_kim(request, slug)
    member = member_of(kim, pk)
    if not member.is_current or not kim.is_listed:
        raise Http404
    address = public_address(reverse("groups:kim_detail", args=[kim.slug]))
    context = {"kim": kim, "member": member, "address": address, "qr": qr_svg(address)}
    return render(request, "groups/member_card.html", context)
