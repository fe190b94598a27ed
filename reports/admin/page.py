"""One report on one page, and what happens when an officer presses a button on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.models import User
from reports import permissions
from reports.admin.steps import BY_CODE, STEPS, Step, actor_for
from reports.admin.words import age_words, deadline_words, exceptions_for
from reports.admin_forms import ActionForm
from reports.models import Audience, Report, ReportEvent, ReportPhoto
from reports.models.report import StaleReport

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


# --- What is on the page ---------------------------------------------------------------------------------------------
Bound = tuple[Step, ActionForm]


def show(request: HttpRequest, report: Report, site: dict[str, Any], *, failed: Bound | None = None) -> HttpResponse:
    """The whole page; with `failed`, the form that was refused, open and with everything that was typed."""
    context = {**site, **page_context(officer(request), report, failed)}
    status = 422 if failed else 200
    return TemplateResponse(request, "admin/reports/report/change.html", context, status=status)


def page_context(user: User, report: Report, failed: Bound | None = None) -> dict[str, Any]:
    events = list(report.events.select_related("text_row").order_by("-sequence"))
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


# --- What happens on a POST ------------------------------------------------------------------------------------------
def act(request: HttpRequest, report: Report, code: str, site: dict[str, Any]) -> HttpResponse:
    """Take one step: under the lock it is asked again whether this person may, in this state, from this version."""
    step = BY_CODE.get(code)
    if step is None:
        raise Http404
    user = officer(request)
    with transaction.atomic():
        Report._base_manager.select_for_update(of=("self",)).get(pk=report.pk)
        report.refresh_from_db()
        form = step.make_form(report, request.POST)
        if not step.is_open(user, report):
            return refused(request, report, (step, form), site)
        if not form.is_valid():
            return show(request, report, site, failed=(step, form))
        if step.group == "identity":
            return reveal(request, report, (step, form), site)
        return take(request, report, (step, form), site)


def take(request: HttpRequest, report: Report, bound: Bound, site: dict[str, Any]) -> HttpResponse:
    step, form = bound
    user, data = officer(request), form.cleaned_data
    is_stale = data["version"] != report.version
    if (is_stale or step.group == "note") and is_repeat(step, report, user, data):
        return finished(request, report, step)
    try:
        step.take(report, actor_for(user, report, step), data)
    except StaleReport:
        return conflict(request, report, bound, site)
    except ValidationError as error:
        report.refresh_from_db()
        form.add_error(None, error.messages[0])
        return show(request, report, site, failed=bound)
    return finished(request, report, step)


def finished(request: HttpRequest, report: Report, step: Step) -> HttpResponse:
    messages.success(request, step.done)
    if Report.objects.handled_by(officer(request)).filter(pk=report.pk).exists():
        return redirect("admin:reports_report_change", report.pk)
    return redirect("admin:reports_report_changelist")  # a returned report is no longer the institution's


def refused(request: HttpRequest, report: Report, bound: Bound, site: dict[str, Any]) -> HttpResponse:
    """Not open: for a double click it is done, for a stale form a conflict, for everybody else 403."""
    step, form = bound
    user = officer(request)
    if not permissions.can_write_note(user, report) or not form.is_valid():
        raise PermissionDenied
    if form.cleaned_data["version"] == report.version or step.group == "identity":
        raise PermissionDenied
    if is_repeat(step, report, user, form.cleaned_data):
        return finished(request, report, step)
    return conflict(request, report, bound, site)


def is_repeat(step: Step, report: Report, user: User, data: dict[str, Any]) -> bool:
    """Whether the last thing in the history is this very step by this very person: a button pressed twice."""
    last = report.events.select_related("text_row").order_by("-sequence").first()
    if last is None or (last.action, last.actor_key, last.text) != (step.event, user.pk, data.get("text", "")):
        return False
    shown = set(report.photos.filter(is_public=True).values_list("pk", flat=True))
    typed = {name: data[name] for name in ("institution", "public_text", "public_place") if name in data}
    return shown == set(data.get("photos", shown)) and all(getattr(report, name) == typed[name] for name in typed)


def conflict(request: HttpRequest, report: Report, bound: Bound, site: dict[str, Any]) -> HttpResponse:
    """Both versions: what happened since the form was made, and what was typed, ready to be sent again or copied."""
    step, form = bound
    user = officer(request)
    events = list(report.events.select_related("text_row").order_by("-sequence"))
    form.data = request.POST.copy()  # the next press of the button is a decision made with both versions in view
    form.data["version"], form.data["seen"] = str(report.version), str(events[0].sequence)
    context = {
        **site,
        "title": "Laporan sudah berubah",
        "opts": Report._meta,
        "report": report,
        "step": step,
        "form": form,
        "typed": typed_words(form),
        "is_open": step.is_open(user, report),
        "deadline": deadline_words(report, exceptions_for([report])),
        "events": [
            each for each in readable(user, report, events) if each.sequence > (form.cleaned_data.get("seen") or 0)
        ],
    }
    return TemplateResponse(request, "admin/reports/report/conflict.html", context, status=409)


def typed_words(form: ActionForm) -> list[tuple[str, str]]:
    """What the officer typed, by label, to read and to copy."""
    rows = [(field, form.cleaned_data.get(field.name)) for field in form.visible_fields()]
    return [(str(field.label), str(value)) for field, value in rows if isinstance(value, str) and value] + [
        (str(field.label), str(value)) for field, value in rows if hasattr(value, "pk")
    ]


# --- Identity --------------------------------------------------------------------------------------------------------
def reveal(request: HttpRequest, report: Report, bound: Bound, site: dict[str, Any]) -> HttpResponse:
    """The reporter's name, and the contact where it is not hidden from this person: once, on this answer alone."""
    step, form = bound
    user = officer(request)
    try:
        reporter = report.view_identity(by=actor_for(user, report, step), reason=form.cleaned_data["text"])
    except ValidationError as error:
        form.add_error("text", error.messages[0])
        return show(request, report, site, failed=bound)
    context = {
        **site,
        "title": "Identitas pelapor",
        "opts": Report._meta,
        "report": report,
        "reporter": None if reporter is None or reporter.withdrawn_at else reporter,
        "is_withdrawn": bool(reporter and reporter.withdrawn_at),
        "sees_contact": permissions.can_view_contact(user, report),
        "reason": form.cleaned_data["text"],
    }
    response = TemplateResponse(request, "admin/reports/report/identity.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


# --- On paper --------------------------------------------------------------------------------------------------------
def sheet(request: HttpRequest, report: Report, site: dict[str, Any]) -> HttpResponse:
    """ "Lembar disposisi": the matter and room for instructions, without the reporter."""
    events = list(report.events.select_related("text_row").order_by("-sequence"))
    context = {
        **site,
        "title": "Lembar disposisi",
        "opts": Report._meta,
        "report": report,
        "note": next((each.text for each in events if each.action == "forwarded"), ""),
        "deadline": deadline_words(report, exceptions_for([report])),
    }
    return TemplateResponse(request, "admin/reports/report/sheet.html", context)
