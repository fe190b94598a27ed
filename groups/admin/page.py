"""One KIM on one page: what it says of itself, its papers, what is met and not, and what the verifier can do."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, Q, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.models import User
from groups import permissions
from groups.admin.steps import STEPS, Step
from groups.admin_forms import StepForm
from groups.models import Decree, Kim, KimEvent, WorkProgram
from groups.workflow import Status

MOST_TWINS = 10
Bound = tuple[Step, StepForm]


def officer(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def show(request: HttpRequest, kim: Kim, site: dict[str, Any], *, failed: Bound | None = None) -> HttpResponse:
    """The whole page; with `failed`, the form that was refused, open and with everything that was typed."""
    context = {**site, **page_context(officer(request), kim, failed)}
    return TemplateResponse(request, "admin/groups/kim/change.html", context, status=422 if failed else 200)


def page_context(user: User, kim: Kim, failed: Bound | None = None) -> dict[str, Any]:
    events, verifies, members = newest_events(kim), permissions.verifies(user, kim), list(kim.memberships.current())
    is_own = any(member.user_id == user.pk for member in members)
    prefetch_related_objects([kim], Prefetch("decrees", Decree.objects.select_related("file")))
    return {
        "title": kim.name,
        "opts": Kim._meta,
        "kim": kim,
        "members": members,
        "sees_phones": verifies,
        "requirements": kim.requirements(members),
        "programs": list(WorkProgram.objects.visible_to(user).filter(kim=kim)),
        "twins": twins(user, kim),
        "events": events,
        "steps": open_steps(kim, events[0].sequence if events else 0, failed) if verifies and not is_own else [],
        "is_own": is_own,
        "form": failed[1] if failed else None,
        "waits": waiting_words(kim),
    }


def newest_events(kim: Kim) -> list[KimEvent]:
    return list(kim.events.select_related("text_row").order_by("-sequence"))


def twins(user: User, kim: Kim) -> list[Kim]:
    """Others of the same village, and of the same name in the regency: perhaps the same KIM."""
    rows = Kim.objects.visible_to(user).exclude(status=Status.DRAFT).exclude(pk=kim.pk).select_related("area")
    same_village = list(rows.filter(area=kim.area_id).order_by("pk")[:MOST_TWINS])
    named_alike = Q(regency_code=kim.regency_code, folded=kim.folded, is_listed=True) & ~Q(area=kim.area_id)
    return same_village + list(rows.filter(named_alike).order_by("pk")[:MOST_TWINS])


def open_steps(kim: Kim, last: int, failed: Bound | None) -> list[dict[str, Any]]:
    """The steps that can be taken now, each with its form; the refused one keeps what was typed."""
    found = []
    for step in (step for step in STEPS if step.is_possible(kim)):
        is_failed = failed is not None and failed[0] is step
        form = failed[1] if failed and is_failed else step.make_form(kim, version=kim.version, seen=last)
        found.append({"step": step, "form": form, "is_failed": is_failed})
    return found


def waiting_words(kim: Kim) -> str:
    """ "diajukan 3 hari lalu"; empty where nothing waits."""
    if kim.status != Status.SUBMITTED or kim.submitted_at is None:
        return ""
    days = (kim.area.local(timezone.now()).date() - kim.area.local(kim.submitted_at).date()).days
    return f"diajukan {days} hari lalu" if days > 0 else "diajukan hari ini"
