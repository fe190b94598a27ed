"""Writing a plan, one part a page: its design, a goal, an activity, and later how far the activity is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from groups.forms.fields import add_errors
from groups.views.desk import person
from libraries.forms.plan import DesignForm, GoalForm, PartForm, PlannedForm, ProgressForm
from libraries.models import Plan, PlannedActivity, StalePlan
from libraries.strategy import GoalKind
from libraries.views.plan_steps import own_plan

METHODS = ["GET", "HEAD", "POST"]
FROZEN = "Rencana ini sudah ditetapkan. Isinya tidak dapat diubah lagi."


class Part:
    """One part of a plan on its page: `read` gives (version, values as stored), `store` does the action."""

    def __init__(
        self,
        template: str,
        plan: Plan,
        form_class: type[PartForm],
        read: Callable[[], tuple[int, dict[str, Any]]],
        store: Callable[[PartForm], None],
        **context: Any,
    ) -> None:
        self.template, self.plan, self.form_class, self.read, self.store = template, plan, form_class, read, store
        self.context = context

    def answer(self, request: HttpRequest, done: str) -> HttpResponse:
        if request.method != "POST":
            version, values = self.read()
            return self.show(request, self.form_class(initial={"version": version, **values}))
        form = self.form_class(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        try:
            self.store(form)
        except StalePlan:
            return self.stale(request, form, done)
        except ValidationError as error:
            add_errors(form, error)
            return self.show(request, form, status=422)
        return self.leave(request, done)

    def leave(self, request: HttpRequest, done: str) -> HttpResponse:
        messages.success(request, done)
        return redirect("libraries:plan_board", self.plan.library.slug, self.plan.year)

    def stale(self, request: HttpRequest, form: PartForm, done: str) -> HttpResponse:
        """Both versions side by side; a second press stores it knowingly. The same button twice has done its work."""
        version, values = self.read()
        differences = form.differences(values)
        if not differences:
            return self.leave(request, done)
        data = request.POST.copy()
        data["version"] = str(version)
        again = self.form_class(data)
        again.is_valid()
        return self.show(request, again, status=409, differences=differences)

    def show(self, request: HttpRequest, form: PartForm, status: int = 200, **more: Any) -> HttpResponse:
        context = {"plan": self.plan, "library": self.plan.library, "form": form, **self.context, **more}
        return render(request, self.template, context, status=status)


def leave_frozen(request: HttpRequest, plan: Plan) -> HttpResponse:
    messages.info(request, FROZEN)
    return redirect("libraries:plan_board", plan.library.slug, plan.year)


@never_cache
@require_http_methods(METHODS)
def plan_edit(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The design of the library and of its collection."""
    plan = own_plan(request, slug, year)
    if not plan.is_editable:
        return leave_frozen(request, plan)

    def read() -> tuple[int, dict[str, Any]]:
        row = Plan.objects.get(pk=plan.pk)
        return row.version, DesignForm.stored(row)

    def store(form: PartForm) -> None:
        plan.change(by=person(request), version=form.cleaned_data["version"], **form.typed())

    part = Part("libraries/plan_edit.html", plan, DesignForm, read, store)
    return part.answer(request, "Rancangan tersimpan.")


@never_cache
@require_http_methods(METHODS)
def goal_edit(request: HttpRequest, slug: str, year: int, kind: str) -> HttpResponse:
    plan = own_plan(request, slug, year)
    if kind not in GoalKind.values:
        raise Http404
    if not plan.is_editable:
        return leave_frozen(request, plan)
    goal = plan.goals.get(kind=kind)

    def read() -> tuple[int, dict[str, Any]]:
        row = plan.goals.model.objects.get(pk=goal.pk)
        return row.version, GoalForm.stored(row)

    def store(form: PartForm) -> None:
        goal.change(by=person(request), version=form.cleaned_data["version"], **form.typed())

    part = Part("libraries/goal_edit.html", plan, GoalForm, read, store, goal=goal)
    return part.answer(request, "Tujuan tersimpan.")


@never_cache
@require_http_methods(METHODS)
def planned_create(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """One more activity; the address may name its goal."""
    plan = own_plan(request, slug, year)
    if not plan.is_editable:
        return leave_frozen(request, plan)
    wanted = request.GET.get("tujuan", "")

    def read() -> tuple[int, dict[str, Any]]:
        return 0, {"goal": wanted} if wanted in GoalKind.values else {}

    def store(form: PartForm) -> None:
        assert isinstance(form, PlannedForm)
        PlannedActivity(**form.values(plan)).add(by=person(request))

    part = Part("libraries/planned_create.html", plan, PlannedForm, read, store)
    return part.answer(request, "Kegiatan masuk rencana.")


def own_activity(plan: Plan, pk: int) -> PlannedActivity:
    row = get_object_or_404(PlannedActivity.objects.select_related("goal"), goal__plan=plan, pk=pk)
    row.goal.plan = plan
    return row


@never_cache
@require_http_methods(METHODS)
def planned_edit(request: HttpRequest, slug: str, year: int, pk: int) -> HttpResponse:
    """An activity of a draft is written anew; of an adopted plan, its progress is recorded."""
    plan = own_plan(request, slug, year)
    row = own_activity(plan, pk)
    form_class: Any = PlannedForm if plan.is_editable else ProgressForm

    def read() -> tuple[int, dict[str, Any]]:
        stored = own_activity(plan, pk)
        return stored.version, form_class.stored(stored)

    def store(form: PartForm) -> None:
        version, by = form.cleaned_data["version"], person(request)
        if isinstance(form, PlannedForm):
            row.change(by=by, version=version, **form.values(plan))
        else:
            row.report(by=by, version=version, **form.typed())

    template = "planned_edit" if plan.is_editable else "planned_progress"
    part = Part(f"libraries/{template}.html", plan, form_class, read, store, row=row)
    return part.answer(request, "Kegiatan tersimpan." if plan.is_editable else "Kemajuan tercatat.")


@never_cache
@require_POST
def planned_remove(request: HttpRequest, slug: str, year: int, pk: int) -> HttpResponse:
    plan = own_plan(request, slug, year)
    row = PlannedActivity.objects.filter(goal__plan=plan, pk=pk).select_related("goal").first()
    if row:
        row.goal.plan = plan
        try:
            row.remove(by=person(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("libraries:plan_board", slug, plan.year)
    messages.success(request, "Kegiatan dihapus dari rencana.")
    return redirect("libraries:plan_board", slug, plan.year)
