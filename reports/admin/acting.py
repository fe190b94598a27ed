"""What happens when an officer presses a button on a report's page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from accounts.models import User
from reports import permissions
from reports.admin.page import Bound, newest_events, officer, readable, show
from reports.admin.steps import BY_CODE, Step, actor_for
from reports.admin.words import deadline_words, exceptions_for
from reports.admin_forms import ActionForm
from reports.models import Report
from reports.models.report import StaleReport


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
    events = newest_events(report)
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
