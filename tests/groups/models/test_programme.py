"""Work programmes: one a KIM and year, written as a draft, locked once approved."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Role, User
from groups.models import FundSource, Kim, StaleProgram, WorkItem, WorkProgram
from groups.models.programme import MOST_BUDGET, MOST_ITEMS, Funding
from groups.workflow import ProgramStatus, Status
from tests.facilitation_access import ITEMS, make_program
from tests.factories import make_grant, make_kim, make_user
from tests.together import together

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    return make_user()


@pytest.fixture
def kim(admin: User) -> Kim:
    return make_kim(admin=admin)


def item(**over: Any) -> dict[str, Any]:
    return {**ITEMS[0], **over}


class TestStart:
    def test_gives_an_empty_draft_and_says_so_in_the_history(self, kim: Kim, admin: User) -> None:
        program = WorkProgram.objects.start(kim, 2027, by=admin)
        assert (program.status, list(program.items.all())) == (ProgramStatus.DRAFT, [])
        assert kim.events.latest("sequence").action == "program_started"

    def test_twice_gives_the_same_one_and_keeps_what_was_written(self, kim: Kim) -> None:
        program = make_program(kim, 2027)
        events = kim.events.count()
        assert WorkProgram.objects.start(kim, 2027, by=None) == program
        assert program.items.count() == 2
        assert kim.events.count() == events

    @pytest.mark.parametrize("year", [1999, 2101, 0])
    def test_a_year_nobody_means_is_refused_in_words(self, kim: Kim, year: int) -> None:
        with pytest.raises(ValidationError, match="empat angka"):
            WorkProgram.objects.start(kim, year, by=None)

    def test_the_database_holds_one_a_year(self, kim: Kim) -> None:
        make_program(kim)
        with pytest.raises(IntegrityError), transaction.atomic():
            WorkProgram.objects.create(kim=kim, year=2026)


@pytest.mark.django_db(transaction=True)
def test_workshops_that_start_at_once_make_one_draft() -> None:
    kim = make_kim()
    made = together(8, lambda: WorkProgram.objects.start(Kim.objects.get(pk=kim.pk), 2027, by=None).pk)
    assert len(set(made)) == 1
    assert kim.programs.count() == 1


class TestKeep:
    def test_replaces_the_items_in_the_order_given(self, kim: Kim) -> None:
        program = make_program(kim)
        program.keep([item(activity="B"), item(activity="A"), item(activity="C", source="private")])
        assert [(row.position, row.activity) for row in program.items.all()] == [(1, "B"), (2, "A"), (3, "C")]
        assert program.items.get(position=3).get_source_display() == "Swasta"

    def test_a_form_made_from_an_older_version_is_told_and_changes_nothing(self, kim: Kim) -> None:
        program = make_program(kim)
        seen = program.version
        program.keep([item(activity="Yang pertama")])
        with pytest.raises(StaleProgram):
            program.keep([item(activity="Yang terlambat")], version=seen)
        assert [row.activity for row in program.items.all()] == ["Yang pertama"]

    @pytest.mark.parametrize(
        "over",
        [{"activity": ""}, {"target": ""}, {"budget": -1}, {"budget": MOST_BUDGET + 1}, {"source": "lotre"}],
    )
    def test_a_wrong_item_is_refused_and_those_before_stay(self, kim: Kim, over: dict[str, Any]) -> None:
        program = make_program(kim)
        with pytest.raises(ValidationError):
            program.keep([item(), item(**over)])
        assert program.items.count() == 2

    def test_more_than_a_page_holds_is_refused(self, kim: Kim) -> None:
        with pytest.raises(ValidationError, match="Paling banyak 30"):
            make_program(kim).keep([item()] * (MOST_ITEMS + 1))

    @pytest.mark.parametrize("over", [{"activity": ""}, {"budget": MOST_BUDGET + 1}, {"source": "lotre"}])
    def test_the_database_refuses_it_too(self, kim: Kim, over: dict[str, Any]) -> None:
        program = make_program(kim)
        with pytest.raises(IntegrityError), transaction.atomic():
            WorkItem.objects.create(program=program, position=9, **item(**over))


class TestApprove:
    def test_locks_it_and_says_so_in_the_history(self, kim: Kim, admin: User) -> None:
        program = make_program(kim)
        program.approve(by=admin, version=program.version)
        assert not program.is_editable
        assert program.approved_on
        assert kim.events.latest("sequence").label == "Program kerja ditetapkan"
        with pytest.raises(ValidationError, match="sudah ditetapkan"):
            program.keep([item()])
        with pytest.raises(ValidationError, match="sudah ditetapkan"):
            program.approve(by=admin)

    def test_an_empty_one_is_refused(self, kim: Kim, admin: User) -> None:
        program = make_program(kim, items=[])
        with pytest.raises(ValidationError, match="sedikitnya satu kegiatan"):
            program.approve(by=admin)
        program.refresh_from_db()
        assert program.status == ProgramStatus.DRAFT

    def test_what_changed_after_it_was_read_is_not_approved(self, kim: Kim, admin: User) -> None:
        program = make_program(kim)
        with pytest.raises(StaleProgram):
            program.approve(by=admin, version=program.version - 1)


class TestVisibleTo:
    def test_who_sees_drafts_and_what_is_public(self, kim: Kim, admin: User) -> None:
        draft, approved = make_program(kim, 2027), make_program(kim, approved_by=admin)
        officer, foreign = make_user(), make_user()
        make_grant(officer, Role.KIM_VERIFIER, "13.07")
        make_grant(foreign, Role.KIM_VERIFIER, "13.71")
        seen = {"admin": admin, "officer": officer, "foreign": foreign, "resident": make_user(), "n": AnonymousUser()}
        found = {name: set(WorkProgram.objects.visible_to(user)) for name, user in seen.items()}
        both = {draft, approved}
        assert found == {
            "admin": both,
            "officer": both,
            "foreign": {approved},
            "resident": {approved},
            "n": {approved},
        }

    def test_nothing_of_a_kim_that_is_not_listed_is_public(self) -> None:
        admin = make_user()
        kim = make_kim(status=Status.DRAFT, admin=admin)
        make_program(kim, approved_by=admin)
        assert not WorkProgram.objects.visible_to(AnonymousUser()).exists()
        assert WorkProgram.objects.visible_to(admin).exists()


class TestFunding:
    def test_own_share_of_everything(self, kim: Kim) -> None:
        assert make_program(kim).funding == Funding(3_000_000, 750_000)
        assert make_program(kim).funding.percent == 25

    def test_without_a_budget_there_is_no_share(self, kim: Kim) -> None:
        program = make_program(kim, items=[item(budget=0)])
        assert program.funding.percent is None

    def test_only_swadaya_counts_as_own(self, kim: Kim) -> None:
        items = [item(source=source, budget=1) for source in FundSource.values]
        assert make_program(kim, items=items).funding == Funding(5, 1)
