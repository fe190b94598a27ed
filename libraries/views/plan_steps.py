"""The plans on a library's desk: begin one, look at the whole, adopt it, open it again. Strangers get 404."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.forms.fields import add_errors
from groups.views.desk import person, sent
from libraries.forms.plan import ReopenForm, StartForm
from libraries.models import Plan, StalePlan
from libraries.permissions import can_reopen
from libraries.views.desk import own_library
from libraries.views.plan import sheet


def own_plan(request: HttpRequest, slug: str, year: int) -> Plan:
    library = own_library(request, slug)
    return get_object_or_404(Plan.objects.with_parts(), library=library, year=year)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plan_desk(request: HttpRequest, slug: str) -> HttpResponse:
    """The library's plans, and the beginning of another one."""
    library = own_library(request, slug)
    form = StartForm(sent(request)[0])
    if request.method == "POST" and form.is_valid():
        plan = Plan.objects.start(library, form.cleaned_data["year"], by=person(request))
        return redirect("libraries:plan_board", slug, plan.year)
    context = {"library": library, "form": form, "plans": library.plans.all()}
    return render(request, "libraries/plan_desk.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_safe
def plan_board(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The whole strategy of a year: a draft to write, or an adopted plan whose progress is recorded."""
    plan = own_plan(request, slug, year)
    context = {
        **sheet(plan),
        "stamp": plan.stamp,
        "bare_goals": [goal for goal in plan.goal_rows if not goal.planned.all()],
        "has_design": bool(plan.design and plan.collection),
        "activities": plan.activities,
        "can_reopen": can_reopen(person(request), plan.library),
    }
    return render(request, "libraries/plan_board.html", context)


@never_cache
@require_POST
def plan_adopt(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Adopt what was on the page; a plan that changed meanwhile is shown again first."""
    plan = own_plan(request, slug, year)
    try:
        plan.adopt(by=person(request), stamp=request.POST.get("stamp", ""))
    except StalePlan:
        messages.error(request, "Rencana ini baru saja berubah. Periksa lagi, lalu tetapkan.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"{plan} ditetapkan dan tampil untuk umum.")
    return redirect("libraries:plan_board", slug, plan.year)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plan_reopen(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The agency lets the library correct an adopted plan."""
    plan = own_plan(request, slug, year)
    if not can_reopen(person(request), plan.library):
        raise PermissionDenied
    form = ReopenForm(sent(request)[0])
    if request.method == "POST" and form.is_valid():
        try:
            plan.reopen(by=person(request), text=form.cleaned_data["text"])
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{plan} dibuka kembali. Umum tidak melihatnya sampai ditetapkan lagi.")
            return redirect("libraries:plan_board", slug, plan.year)
    context = {"plan": plan, "library": plan.library, "form": form}
    return render(request, "libraries/plan_reopen.html", context, status=422 if form.is_bound else 200)
