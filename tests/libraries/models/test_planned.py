"""A planned activity: points at a goal of its plan, and says what became of it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from libraries.models import Plan, PlannedActivity, StalePlan
from libraries.strategy import GoalKind
from libraries.workflow import ItemState
from tests.factories import make_user
from tests.libraries.making import adopt, make_library, make_plan, make_planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    return make_plan(make_library())


@pytest.fixture
def row(plan: Plan) -> PlannedActivity:
    return plan.activities[0]


class TestAdd:
    def test_the_same_twice_is_one(self, plan: Plan) -> None:
        first, second = (make_planned(plan, title="Kelas  menenun", budget=5) for _ in range(2))
        assert first.pk == second.pk
        assert first.title == "Kelas menenun"
        assert PlannedActivity.objects.filter(title="Kelas menenun").count() == 1

    def test_another_of_the_same_name_is_refused(self, plan: Plan) -> None:
        make_planned(plan, title="Kelas menenun", budget=5)
        with pytest.raises(ValidationError, match="sudah ada"):
            make_planned(plan, title="KELAS MENENUN", budget=6)

    @pytest.mark.parametrize(
        ("field", "value"),
        [("month", 0), ("month", 13), ("budget", 10**12 + 1), ("source", "x"), ("space", "x"), ("title", "")],
    )
    def test_the_database_refuses_it_too(self, plan: Plan, row: PlannedActivity, field: str, value: object) -> None:
        with pytest.raises(ValidationError):
            make_planned(plan, **{field: value})
        with pytest.raises(IntegrityError), transaction.atomic():
            PlannedActivity.objects.filter(pk=row.pk).update(**{field: value})


class TestChange:
    def test_it_moves_to_another_goal_of_the_plan(self, plan: Plan, row: PlannedActivity) -> None:
        other = plan.goals.get(kind=GoalKind.COMMITMENT)
        row.change(by=make_user(), version=row.version, **{**row.answers, "goal": other})
        assert PlannedActivity.objects.get().goal == other

    def test_never_to_a_goal_of_another_plan(self, plan: Plan, row: PlannedActivity) -> None:
        other = make_plan(make_library()).goals.first()
        with pytest.raises(ValidationError, match="dari rencana ini"):
            row.change(by=make_user(), version=row.version, **{**row.answers, "goal": other})

    def test_an_older_version_is_told_so(self, row: PlannedActivity) -> None:
        row.change(by=make_user(), version=1, **{**row.answers, "budget": 7})
        with pytest.raises(StalePlan):
            row.change(by=make_user(), version=1, **{**row.answers, "budget": 8})
        assert PlannedActivity.objects.get().budget == 7

    def test_one_taken_out_meanwhile_is_told_so(self, row: PlannedActivity) -> None:
        same = PlannedActivity.objects.get()
        row.remove(by=make_user())
        with pytest.raises(StalePlan):
            same.change(by=make_user(), version=1, **same.answers)
        assert not PlannedActivity.objects.exists()

    def test_taking_it_out_twice_is_harmless(self, row: PlannedActivity) -> None:
        same = PlannedActivity.objects.get()
        for each in (row, same):
            each.remove(by=make_user())
        assert row.goal.plan.library.events.filter(action="plan_changed").count() == 3  # design, added, removed once


class TestReport:
    def test_progress_is_an_event_with_before_and_after(self, plan: Plan, row: PlannedActivity) -> None:
        adopt(plan)
        row.report(by=make_user(), version=row.version, state=ItemState.DONE, result="23 peserta")
        stored = PlannedActivity.objects.get()
        assert (stored.state, stored.result) == (ItemState.DONE, "23 peserta")
        event = plan.library.events.get(action="plan_progress")
        assert event.data == {"year": 2026, "activity": row.pk, "before": "planned", "after": "done"}

    def test_not_in_a_draft(self, row: PlannedActivity) -> None:
        with pytest.raises(ValidationError, match="Tetapkan rencananya"):
            row.report(by=make_user(), version=row.version, state=ItemState.RUNNING, result="")

    @pytest.mark.parametrize("state", [ItemState.DONE, ItemState.DROPPED])
    def test_what_ended_says_how(self, plan: Plan, row: PlannedActivity, state: str) -> None:
        adopt(plan)
        with pytest.raises(ValidationError, match="Tulis hasilnya"):
            row.report(by=make_user(), version=row.version, state=state, result="  ")
        with pytest.raises(IntegrityError, match="planned_ended_says_how"), transaction.atomic():
            PlannedActivity.objects.update(state=state, result="")

    def test_an_older_version_is_told_so(self, plan: Plan, row: PlannedActivity) -> None:
        adopt(plan)
        row.report(by=make_user(), version=1, state=ItemState.RUNNING, result="")
        with pytest.raises(StalePlan):
            row.report(by=make_user(), version=1, state=ItemState.DONE, result="Selesai")
