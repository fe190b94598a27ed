"""What happens when a verifier presses a button on a KIM's page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from accounts.models import User
from groups import permissions
from groups.admin.page import Bound, newest_events, officer, show
from groups.admin.steps import BY_CODE, Step
from groups.models import Kim, StaleKim


def act(request: HttpRequest, kim: Kim, code: str, site: dict[str, Any]) -> HttpResponse:
    """Take one step. The model asks under the lock whether it is the version the officer saw, and the table."""
    step = BY_CODE.get(code)
    if step is None:
        raise Http404
    user = officer(request)
    if not permissions.can_review(user, kim):
        raise PermissionDenied
    form = step.make_form(kim, request.POST)
    if not form.is_valid():
        return show(request, kim, site, failed=(step, form))
    try:
        take(step, kim, user, form.cleaned_data)
    except StaleKim:
        return stale(request, kim, (step, form), site)
    except ValidationError as error:
        kim.refresh_from_db()
        form.add_error(None, error.messages[0])
        return show(request, kim, site, failed=(step, form))
    return finished(request, kim, step)


def take(step: Step, kim: Kim, user: User, data: dict[str, Any]) -> None:
    if data["version"] != kim.version:
        raise StaleKim
    step.take(kim, user, data)


def finished(request: HttpRequest, kim: Kim, step: Step) -> HttpResponse:
    messages.success(request, step.done)
    return redirect("admin:groups_kim_change", kim.pk)


def stale(request: HttpRequest, kim: Kim, bound: Bound, site: dict[str, Any]) -> HttpResponse:
    """For a button pressed twice it is done; otherwise both versions are shown."""
    step, form = bound
    kim.refresh_from_db()
    if is_repeat(step, kim, officer(request), form.cleaned_data):
        return finished(request, kim, step)
    return conflict(request, kim, bound, site)


def is_repeat(step: Step, kim: Kim, user: User, data: dict[str, Any]) -> bool:
    """Whether this person's last event is this very step with these words."""
    last = next((event for event in newest_events(kim) if event.actor_key is not None), None)
    return last is not None and (last.action, last.actor_key, last.text) == (
        step.event,
        user.pk,
        data.get("text", ""),
    )


def conflict(request: HttpRequest, kim: Kim, bound: Bound, site: dict[str, Any]) -> HttpResponse:
    """What happened since the form was made, and what was typed, ready to be sent again or copied."""
    step, form = bound
    events = newest_events(kim)
    seen = form.cleaned_data.get("seen") or 0
    form.data = request.POST.copy()  # the next press of the button is a decision made with both versions in view
    form.data["version"], form.data["seen"] = str(kim.version), str(events[0].sequence if events else 0)
    context = {
        **site,
        "title": "KIM ini sudah berubah",
        "opts": Kim._meta,
        "kim": kim,
        "step": step,
        "form": form,
        "is_open": step.is_possible(kim),
        "typed": form.cleaned_data.get("text", ""),
        "events": [event for event in events if event.sequence > seen],
    }
    return TemplateResponse(request, "admin/groups/kim/conflict.html", context, status=409)
