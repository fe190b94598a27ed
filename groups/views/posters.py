"""Sheets for the notice board: a poster of one announcement, a bulletin of a KIM's newest five."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.limits import hit, network_digest
from groups.markdown import plain
from groups.models import Announcement, Kim
from groups.pdf import can_make_pdf, make_pdf
from groups.sharing import public_address, qr_svg
from groups.views.announcements import visible_announcement
from regions.templatetags.regions import local_date

ON_ONE_SHEET = 650  # letters of text beside title and code; longer texts are cut, the code leads on
MOST_LINES = 14
LONG_TITLE = 60
BULLETIN = 5
PDFS_AN_HOUR = 120  # of one network, which a whole village may share; each takes the server a second
TOO_MANY = "Dari jaringan ini baru saja dibuat banyak PDF. Cetaklah halamannya langsung dari peramban."


def sheet(row: Announcement) -> dict[str, Any]:
    """What a poster says of one announcement, and how large."""
    letters, lines = len(plain(row.body)), len(row.body.splitlines())
    address = public_address(row.short_url)
    return {
        "announcement": row,
        "is_whole": letters <= ON_ONE_SHEET and lines <= MOST_LINES,
        "is_dense": letters > ON_ONE_SHEET // 2 or lines > MOST_LINES // 2,
        "is_long": len(row.title) > LONG_TITLE,
        "length": ON_ONE_SHEET,
        "address": address.partition("://")[2],
        "qr": qr_svg(address),
    }


@require_safe
@login_not_required
def announcement_poster(request: HttpRequest, public_id: str) -> HttpResponse:
    row = visible_announcement(request, public_id)
    context = {**sheet(row), "can_make_pdf": can_make_pdf()}
    return render(request, "groups/announcement_poster.html", context)


@require_safe
@login_not_required
def announcement_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same sheet as PDF; where its libraries are missing there is no such page."""
    row = visible_announcement(request, public_id)
    if not can_make_pdf():
        raise Http404
    html = render_to_string("groups/announcement_sheet.html", sheet(row))
    return bounded_pdf(request, lambda: make_pdf(html, row.title), f"poster-{row.public_id}.pdf")


def bounded_pdf(request: HttpRequest, make: Callable[[], bytes], name: str) -> HttpResponse:
    """A PDF that anybody may ask for; whoever asks for very many prints the page instead."""
    if hit("pdf", network_digest(request), limit=PDFS_AN_HOUR, seconds=3600):
        return render(request, "429.html", {"sentence": TOO_MANY}, status=429)
    return pdf_response(make(), name)


def pdf_response(content: bytes, name: str) -> HttpResponse:
    disposition = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private, max-age=60"}
    return HttpResponse(content, content_type="application/pdf", headers=disposition)


@require_safe
@login_not_required
def kim_bulletin(request: HttpRequest, slug: str) -> HttpResponse:
    """One sheet with the newest five announcements of a KIM."""
    kim = get_object_or_404(Kim.objects.listed().select_related("area"), slug=slug)
    current = Announcement.objects.current().filter(kim=kim).select_related("area", "office")
    address = public_address(kim_path(kim))
    context = {
        "kim": kim,
        "announcements": current.newest_first()[:BULLETIN],
        "qr": qr_svg(address),
        "address": address.partition("://")[2],
        "today": local_date(timezone.now(), kim.area),
    }
    return render(request, "groups/kim_bulletin.html", context)


def kim_path(kim: Kim) -> str:
    return reverse("groups:kim_detail", args=[kim.slug])
