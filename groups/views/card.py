"""The member card, to print."""

from __future__ import annotations

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

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
    address = request.build_absolute_uri(reverse("groups:kim_detail", args=[kim.slug]))
    code = segno.make(address, error="m", micro=False)
    qr = mark_safe(code.svg_inline(scale=3, border=2, svgclass="qr", lineclass=None, omitsize=True))  # nosec B308 B703
    context = {"kim": kim, "member": member, "address": address, "qr": qr}
    return render(request, "groups/member_card.html", context)
