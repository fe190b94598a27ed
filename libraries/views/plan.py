"""What everybody may read of a library's plans, on the screen and on paper."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from groups.views.registry import signed_in
from libraries.models import Library, Plan, Target
from libraries.permissions import can_open_desk
from libraries.strategy import GENERAL_GOAL, GOAL_INDICATORS
from libraries.views.registry import visible_library


@require_safe
@login_not_required
def plan_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The plans of a library by year; drafts only for those who may see them."""
    library = visible_library(request, slug)
    plans = Plan.objects.visible_to(request.user).filter(library=library)
    context = {"library": library, "plans": plans, "can_open_desk": runs(request, library)}
    return render(request, "libraries/plan_list.html", context)


@require_safe
@login_not_required
def plan_detail(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    plans = Plan.objects.visible_to(request.user).with_parts()
    plan = get_object_or_404(plans, library__slug=slug, year=year)
    context = {**sheet(plan), "can_open_desk": runs(request, plan.library)}
    return render(request, "libraries/plan_detail.html", context)


def sheet(plan: Plan) -> dict[str, Any]:
    """What the printed sheet of a plan shows (one query)."""
    targets = {row.indicator: row for row in Target.objects.filter(library=plan.library, year=plan.year)}
    goals = [
        (goal, [targets[code] for code in GOAL_INDICATORS[goal.kind] if code in targets]) for goal in plan.goal_rows
    ]
    return {
        "plan": plan,
        "library": plan.library,
        "goals": goals,
        "funding": plan.funding,
        "general_goal": GENERAL_GOAL,
    }


def runs(request: HttpRequest, library: Library) -> bool:
    user = signed_in(request)
    return user is not None and can_open_desk(user, library)
