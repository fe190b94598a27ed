"""Pages that mix apps or belong to none: home, about, errors."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.page_cache import kept_for_visitors
from groups.models import Announcement
from reports.models import Report

LATEST = 6  # two rows of three on a wide screen
LATEST_ANNOUNCEMENTS = 3  # one row


@require_safe
@login_not_required
@kept_for_visitors
def home(request: HttpRequest) -> HttpResponse:
    """Answers three people at one glance: who has something to report, who looks for a place, who wants to read."""
    latest = Report.objects.published().as_cards().order_by("-published_at", "-id")[:LATEST]
    announcements = Announcement.objects.current().originals().as_cards().newest_first()[:LATEST_ANNOUNCEMENTS]
    return render(request, "pages/home.html", {"latest": latest, "announcements": announcements})


@require_safe
@login_not_required
@kept_for_visitors
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/about.html")


@require_safe
@login_not_required
@kept_for_visitors
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html")


@require_safe
@login_not_required
@kept_for_visitors
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@require_safe
@login_not_required
def offline(request: HttpRequest) -> HttpResponse:
    """Kept by the service worker and shown while there is no signal."""
    return render(request, "offline.html")


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)
