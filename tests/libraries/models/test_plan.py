"""The plan of a year: begun once, changed by one person at a time, adopted as it was seen, opened by the agency."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from libraries.models import Goal, GoalSdg, Library, Plan, PlannedActivity, StalePlan
from libraries.strategy import GOAL_WORDS, SDGS, GoalKind
from libraries.workflow import PlanStatus
from tests.factories import make_user
from tests.libraries.making import adopt, make_librarian, make_library, make_library_officer, make_plan, make_planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def library() -> Library:
    return make_library()


@pytest.fixture
def plan(library: Library) -> Plan:
    return make_plan(library)


class TestStart:
    def test_a_plan_begins_as_a_draft_with_its_four_goals(self, library: Library) -> None:
        plan = Plan.objects.start(library, 2026, by=make_user())
        assert plan.status == PlanStatus.DRAFT
        assert [goal.kind for goal in plan.goal_rows] == GoalKind.values
        assert set(GOAL_WORDS) == set(GoalKind.values)
        assert library.events.filter(action="plan_started").count() == 1

    def test_starting_twice_gives_the_same_plan(self, library: Library) -> None:
        first = Plan.objects.start(library, 2026, by=make_user())
        assert Plan.objects.start(library, 2026, by=make_user()) == first
        assert Goal.objects.count() == 4
        assert library.events.filter(action="plan_started").count() == 1

    def test_a_new_year_takes_over_the_strategy_and_not_the_activities(self, plan: Plan) -> None:
        goal = plan.goals.get(kind=GoalKind.SERVICE_USE)
        goal.change(by=make_user(), version=goal.version, aim="Buka malam hari", numbers=[4, 8])
        after = Plan.objects.start(plan.library, 2027, by=make_user())
        assert (after.design, after.collection) == (plan.design, plan.collection)
        copied = after.goals.get(kind=GoalKind.SERVICE_USE)
        assert (copied.aim, copied.numbers) == ("Buka malam hari", [4, 8])
        assert after.activities == []

    @pytest.mark.parametrize("year", [1999, 2101, 26])
    def test_an_unbelievable_year_is_refused(self, library: Library, year: int) -> None:
        with pytest.raises(ValidationError, match="empat angka"):
            Plan.objects.start(library, year, by=make_user())


class TestChange:
    def test_the_design_is_written_with_an_event(self, plan: Plan) -> None:
        plan.change(by=make_user(), version=plan.version, design=" Teras baca ", collection="Buku anak")
        assert Plan.objects.get().design == "Teras baca"
        assert plan.library.events.order_by("sequence").last().data == {"year": 2026, "part": "design"}

    def test_an_older_version_is_told_so(self, plan: Plan) -> None:
        plan.change(by=make_user(), version=plan.version, design="A", collection="B")
        with pytest.raises(StalePlan):
            plan.change(by=make_user(), version=plan.version - 1, design="C", collection="D")
        assert Plan.objects.get().design == "A"

    def test_what_is_adopted_stays(self, plan: Plan) -> None:
        plan = adopt(plan)
        with pytest.raises(ValidationError, match="sudah ditetapkan"):
            plan.change(by=make_user(), version=plan.version, design="A", collection="B")
        with pytest.raises(ValidationError, match="sudah ditetapkan"):
            make_planned(plan)
        goal = plan.goals.first()
        with pytest.raises(ValidationError, match="sudah ditetapkan"):
            goal.change(by=make_user(), version=goal.version, aim="x", numbers=[])
        with pytest.raises(ValidationError, match="sudah ditetapkan"):
            plan.activities[0].remove(by=make_user())


class TestAdopt:
    def test_it_becomes_public_on_its_day(self, plan: Plan) -> None:
        adopted = adopt(plan)
        assert (adopted.status, adopted.adopted_on) == (PlanStatus.ADOPTED, timezone.localdate())
        assert adopted.library.events.filter(action="plan_adopted").count() == 1

    def test_pressed_twice_is_one_adoption(self, plan: Plan) -> None:
        stamp = Plan.objects.get(pk=plan.pk).stamp
        for _ in range(2):
            Plan.objects.get(pk=plan.pk).adopt(by=make_user(), stamp=stamp)
        assert plan.library.events.filter(action="plan_adopted").count() == 1

    @pytest.mark.parametrize("what", ["design", "goal", "added", "removed", "changed"])
    def test_a_plan_that_changed_meanwhile_is_not_adopted_unseen(self, plan: Plan, what: str) -> None:
        stamp, by = Plan.objects.get(pk=plan.pk).stamp, make_user()
        goal, row = plan.goals.first(), plan.activities[0]
        changes: dict[str, Any] = {
            "design": lambda: plan.change(by=by, version=plan.version, design="Lain", collection="Lain"),
            "goal": lambda: goal.change(by=by, version=goal.version, aim="Lain", numbers=[]),
            "added": lambda: make_planned(plan),
            "removed": lambda: row.remove(by=by),
            "changed": lambda: row.change(by=by, version=row.version, **{**row.answers, "budget": 5}),
        }
        changes[what]()
        with pytest.raises(StalePlan):
            Plan.objects.get(pk=plan.pk).adopt(by=by, stamp=stamp)

    def test_without_an_activity_it_is_refused(self, library: Library) -> None:
        plan = Plan.objects.start(library, 2026, by=make_user())
        with pytest.raises(ValidationError, match="satu kegiatan"):
            adopt(plan)

    def test_without_a_design_it_is_refused_by_the_database_too(self, library: Library) -> None:
        plan = make_plan(library, design="")
        with pytest.raises(ValidationError, match="Tulis rancangan perpustakaan"):
            adopt(plan)
        with pytest.raises(IntegrityError, match="plan_adopted_has_design"), transaction.atomic():
            Plan.objects.update(status=PlanStatus.ADOPTED, adopted_on=timezone.localdate())


class TestReopen:
    def test_the_agency_says_why_and_it_is_a_draft_again(self, plan: Plan) -> None:
        plan = adopt(plan)
        plan.reopen(by=make_user(), text="Anggaran salah ketik")
        assert (plan.status, plan.adopted_on) == (PlanStatus.DRAFT, None)
        event = plan.library.events.get(action="plan_reopened")
        assert event.text == "Anggaran salah ketik"

    def test_without_a_reason_it_stays(self, plan: Plan) -> None:
        plan = adopt(plan)
        with pytest.raises(ValidationError, match="alasan"):
            plan.reopen(by=make_user(), text=" ")
        assert Plan.objects.get().status == PlanStatus.ADOPTED


class TestVisibleTo:
    def test_a_draft_is_seen_by_those_of_the_library_and_its_agency_alone(self, plan: Plan) -> None:
        for user in (make_librarian(), make_library_officer()):
            assert Plan.objects.visible_to(user).get() == plan
        for stranger in (AnonymousUser(), make_user(), make_library_officer("51.03"), make_librarian("13.07.03.2002")):
            assert not Plan.objects.visible_to(stranger).exists()

    def test_an_adopted_one_is_public_while_its_library_is_listed(self, plan: Plan) -> None:
        adopt(plan)
        assert Plan.objects.visible_to(AnonymousUser()).exists()
        plan.library.change(by=make_user(), is_listed=False)
        assert not Plan.objects.visible_to(AnonymousUser()).exists()
        assert Plan.objects.visible_to(make_librarian()).exists()


class TestGoal:
    def test_the_aim_and_the_tags_are_stored_once_each(self, plan: Plan) -> None:
        goal = plan.goals.get(kind=GoalKind.COMMITMENT)
        goal.change(by=make_user(), version=1, aim="Tiga mitra", numbers=[17, 4, 4])
        assert Goal.objects.get(pk=goal.pk).numbers == [4, 17]
        assert str(GoalSdg.objects.first()) == f"4. {SDGS[4]}"

    def test_an_older_version_is_told_so(self, plan: Plan) -> None:
        goal = plan.goals.first()
        goal.change(by=make_user(), version=1, aim="A", numbers=[])
        with pytest.raises(StalePlan):
            plan.goals.first().change(by=make_user(), version=1, aim="B", numbers=[])

    @pytest.mark.parametrize("number", [0, 18])
    def test_there_are_seventeen_goals_of_the_world(self, plan: Plan, number: int) -> None:
        goal = plan.goals.first()
        with pytest.raises(ValidationError, match="1 sampai 17"):
            goal.change(by=make_user(), version=1, aim="", numbers=[number])
        with pytest.raises(IntegrityError), transaction.atomic():
            GoalSdg(goal=goal, number=number).save()

    def test_the_database_knows_four_goals_once_each(self, plan: Plan) -> None:
        for kind in ("welfare", GoalKind.SERVICE_USE.value):
            with pytest.raises(IntegrityError), transaction.atomic():
                Goal(plan=plan, kind=kind).save()


class TestFunding:
    def test_what_the_village_brings_up_is_its_self_reliance(self, library: Library) -> None:
        plan = Plan.objects.start(library, 2026, by=make_user())
        for source, budget in (("self", 1_000_000), ("village", 2_000_000), ("central", 5_000_000), ("private", 0)):
            make_planned(plan, source=source, budget=budget)
        funding = Plan.objects.with_parts().get().funding
        assert (funding.total, funding.own, funding.share) == (8_000_000, 3_000_000, "37,5%")

    def test_a_plan_without_costs_has_no_share(self, library: Library) -> None:
        plan = Plan.objects.start(library, 2026, by=make_user())
        make_planned(plan, budget=0)
        assert Plan.objects.with_parts().get().funding.share == ""

    def test_state_money_alone_is_no_self_reliance(self, library: Library) -> None:
        plan = Plan.objects.start(library, 2026, by=make_user())
        make_planned(plan, source="central")
        assert Plan.objects.with_parts().get().funding.share == "0%"


def test_no_more_than_the_most(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("libraries.models.planned.MOST_ITEMS", 2)
    make_planned(plan)
    with pytest.raises(ValidationError, match="Paling banyak 2"):
        make_planned(plan)
    assert PlannedActivity.objects.count() == 2
