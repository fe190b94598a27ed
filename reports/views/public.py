"""What everybody may read: the published reports, one of them, and their numbers."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.page_cache import kept_for_visitors
from regions.paging import keyset_page
from reports.filters import AreaForm, ReportFilter
from reports.models import Actor, Audience, Report
from reports.statistics import statistics_for
from reports.workflow import STEP_OF, STEPS, Status

SHORT = cache_control(max_age=60)  # a withdrawn report is gone from a browser's own list after a minute
ORDER = ("-published_at", "-id")


@require_safe
@login_not_required
@kept_for_visitors
def report_list(request: HttpRequest) -> HttpResponse:
    """Published reports, newest first. Without counting: a total would read every one of them."""
    chosen = ReportFilter(request.GET, queryset=Report.objects.published().as_cards())
    page = keyset_page(chosen.qs, request.GET.get("cursor"), order=ORDER)
    context = {"filter": chosen, "form": chosen.form, "page": page, "area": chosen.chosen_area}
    return render(request, "reports/report_list.html", context)


@require_safe
@login_not_required
@kept_for_visitors
def report_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One published report. Whatever is not public is not there: secret, unpublished and unknown alike."""
    report = published_report(public_id)
    context = {
        "report": report,
        "events": public_events(report),
        "photos": list(report.photos.public()),
        "steps": STEPS,
        "step": STEP_OF[Status(report.status)],
        **share_links(request, report),
    }
    return render(request, "reports/report_detail.html", context)


def published_report(public_id: str) -> Report:
    """The first text, exact place and contact are not even read."""
    wanted = Report.objects.published().filter(public_id__in=[public_id.replace("\0", "")])
    hidden = ("description", "place", "latitude", "longitude")
    report = wanted.select_related("area", "category", "institution").defer(*hidden).first()
    if report is None:
        raise Http404
    return report


def public_events(report: Report) -> list[dict[str, Any]]:
    """What happened, newest first. No word of the reporter, whom no verifier has read, and none from secret days."""
    events = list(report.events.select_related("text_row").order_by("sequence"))
    lowered = [event.sequence for event in events if event.action == "secrecy_lowered"]
    open_since, reporter = max(lowered, default=0), Actor.reporter().label
    return [
        {"event": event, "text": event.text if event.actor_label != reporter and event.sequence > open_since else ""}
        for event in reversed(events)
        if event.audience == Audience.PUBLIC
    ]


def share_links(request: HttpRequest, report: Report) -> dict[str, str]:
    """The address, and a link that opens WhatsApp with it."""
    address = f"{settings.SITE_URL}{reverse('reports:report_detail', args=[report.public_id])}"
    words = f"Laporan warga: {report.category}, {report.area.label}. {report.state_label}. {address}"
    return {"address": address, "whatsapp": f"https://wa.me/?text={quote(words)}"}


@require_safe
@login_not_required
@SHORT
def report_statistics(request: HttpRequest) -> HttpResponse:
    """How many reports in which state and month, for all of Indonesia or one area."""
    form = AreaForm(request.GET or None)
    area = form.cleaned_data["area"] if form.is_bound and form.is_valid() else None
    context = {"form": form, "area": area, "statistics": statistics_for(area.code if area else "")}
    return render(request, "reports/report_statistics.html", context)
