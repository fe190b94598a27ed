"""One report on one page, and on one sheet of paper."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.models import User
from reports import permissions
from reports.admin.steps import STEPS, Step
from reports.admin.words import age_words, deadline_words, exceptions_for
from reports.admin_forms import ActionForm
from reports.models import Audience, Report, ReportEvent, ReportPhoto

NEAR_DAYS, MOST_NEAR = 30, 5
SMS_LENGTH = 160


def marks(report: Report) -> list[str]:
    """What an officer must not overlook."""
    found = {
        "rahasia": report.is_secret,
        "anonim": report.is_anonymous,
        "kontak disembunyikan": report.hide_contact,
        "mungkin kiriman otomatis": report.is_held,
        "tampil untuk umum": report.is_published,
    }
    return [words for words, holds in found.items() if holds]


def officer(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


Bound = tuple[Step, ActionForm]


def show(request: HttpRequest, report: Report, site: dict[str, Any], *, failed: Bound | None = None) -> HttpResponse:
    """The whole page; with `failed`, the form that was refused, open and with everything that was typed."""
    context = {**site, **page_context(officer(request), report, failed)}
    status = 422 if failed else 200
    return TemplateResponse(request, "admin/reports/report/change.html", context, status=status)


def page_context(user: User, report: Report, failed: Bound | None = None) -> dict[str, Any]:
    events = newest_events(report)
    prefetch_related_objects([report], Prefetch("photos", ReportPhoto.objects.select_related("image")))
    last = events[0].sequence if events else 0
    return {
        "title": f"Laporan {report.public_id}",
        "opts": Report._meta,
        "report": report,
        "photos": report.photos.all(),
        "marks": marks(report),
        "age": age_words(report),
        "deadline": deadline_words(report, exceptions_for([report])),
        "sees_position": sees_position(user, report),
        "events": readable(user, report, events),
        "near": near(user, report),
        "groups": groups(user, report, last, failed),
        "form": failed[1] if failed else None,
        "texts": status_texts(report, events),
    }


def newest_events(report: Report) -> list[ReportEvent]:
    return list(report.events.select_related("text_row").order_by("-sequence"))


def sees_position(user: User, report: Report) -> bool:
    """Exact coordinates may be a reporter's home: for the officers of the area alone."""
    return permissions.is_coordinator(user, report) or permissions.is_confidentiality_officer(user, report)


def readable(user: User, report: Report, events: list[ReportEvent]) -> list[ReportEvent]:
    """Officers read all; readers and institutions not the officers' own notes, which may name a person."""
    if sees_position(user, report):
        return events
    institution = str(report.institution) if permissions.is_liaison(user, report) else None
    return [each for each in events if each.audience != Audience.PRIVATE or each.actor_label == institution]


def near(user: User, report: Report) -> list[Report]:
    """Others of the same village and category in the last 30 days: perhaps the same matter."""
    since = timezone.now() - timedelta(days=NEAR_DAYS)
    rows = Report.objects.handled_by(user).filter(district_code=report.district_code, area=report.area_id)
    rows = rows.filter(category=report.category_id, created_at__gte=since).exclude(pk=report.pk)
    found = list(rows.order_by("-created_at", "-id")[:MOST_NEAR])
    for each in found:
        each.area = report.area
    return found


GROUPS = (
    ("next", "Langkah berikut"),
    ("note", "Catatan petugas"),
    ("sight", "Siapa yang boleh melihat"),
    ("identity", "Identitas pelapor"),
)


def groups(user: User, report: Report, last: int, failed: Bound | None) -> list[tuple[str, list[dict[str, Any]]]]:
    """The open steps by subject, each with its form; the refused one keeps what was typed."""
    found: dict[str, list[dict[str, Any]]] = {code: [] for code, _ in GROUPS}
    for step in STEPS:
        if not step.is_open(user, report):
            continue
        is_failed = failed is not None and failed[0] is step
        form = failed[1] if failed and is_failed else step.make_form(report, version=report.version, seen=last)
        found[step.group].append({"step": step, "form": form, "is_failed": is_failed})
    return [(title, found[code]) for code, title in GROUPS if found[code]]


def status_texts(report: Report, events: list[ReportEvent]) -> dict[str, str]:
    """For WhatsApp and for one SMS: never who filed, and of a secret report nothing but that there is news."""
    answers = (event.text for event in events if event.action in {"answered", "closed"} and event.text)
    context = {"report": report, "answer": next(answers, ""), "address": f"{settings.SITE_URL}/laporan/lacak/"}
    sms = " ".join(render_to_string("reports/paper/status_sms.txt", context).split())
    return {
        "whatsapp": render_to_string("reports/paper/status_whatsapp.txt", context).strip(),
        "sms": sms if len(sms) <= SMS_LENGTH else sms.partition(" Kabar lengkap")[0][:SMS_LENGTH],
    }


# --- On paper --------------------------------------------------------------------------------------------------------
def sheet(request: HttpRequest, report: Report, site: dict[str, Any]) -> HttpResponse:
    """ "Lembar disposisi": the matter and room for instructions, without the reporter."""
    events = newest_events(report)
    context = {
        **site,
        "title": "Lembar disposisi",
        "opts": Report._meta,
        "report": report,
        "note": next((each.text for each in events if each.action == "forwarded"), ""),
        "deadline": deadline_words(report, exceptions_for([report])),
    }
    return TemplateResponse(request, "admin/reports/report/sheet.html", context)
