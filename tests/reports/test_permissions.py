"""Who may do what: a table of roles against questions, and the edges where a switch changes the answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accounts.models import User
from reports import permissions
from reports.models import Report
from reports.models.filing import Contact
from reports.workflow import Status
from tests.cast import Cast
from tests.factories import make_report

pytestmark = pytest.mark.django_db

# One row a question; the roles that may. Everybody else may not.
TABLE: dict[str, set[str]] = {
    "can_handle": {"officer", "confidentiality", "liaison", "province_reader", "national_reader", "superuser"},
    "can_write_note": {"officer", "confidentiality", "liaison"},
    "can_publish": {"officer"},
    "can_raise_secrecy": {"officer", "confidentiality", "liaison"},
    "can_lower_secrecy": {"confidentiality"},
    "can_view_identity": {"officer", "confidentiality"},
    "can_view_contact": {"officer", "confidentiality"},
}
SECRET = {
    "can_handle": {"officer", "confidentiality", "liaison"},
    "can_view_identity": {"confidentiality"},
    "can_view_contact": {"confidentiality"},
}


@pytest.fixture
def report(cast: Cast) -> Report:
    return forwarded(cast)


def forwarded(cast: Cast, **over: object) -> Report:
    over.setdefault("contact", Contact("Nama Uji", user=cast.owner))
    made = make_report(status=Status.FORWARDED, **over)
    assert made.institution == cast.institution
    return made


def who_may(question: str, cast: Cast, report: Report) -> set[str]:
    rule: Callable[[User, Report], bool] = getattr(permissions, question)
    return {name for name, user in cast.people.items() if user is not None and rule(user, report)}


class TestTable:
    @pytest.mark.parametrize("question", TABLE)
    def test_open_report(self, question: str, cast: Cast, report: Report) -> None:
        assert who_may(question, cast, report) == TABLE[question]

    @pytest.mark.parametrize("question", SECRET)
    def test_secret_report(self, question: str, cast: Cast) -> None:
        assert who_may(question, cast, forwarded(cast, is_secret=True)) == SECRET[question]

    def test_table_has_every_rule_of_the_module(self) -> None:
        rules = {name for name in vars(permissions) if name.startswith("can_")}
        assert rules - {"can_move", "can_open_queue", "can_file_for_others", "can_export"} == set(TABLE)


class TestCanViewIdentity:
    def test_of_an_anonymous_report_nobody(self, cast: Cast) -> None:
        assert who_may("can_view_identity", cast, forwarded(cast, is_anonymous=True)) == set()

    def test_hidden_contact_only_by_the_named_right(self, cast: Cast) -> None:
        report = forwarded(cast, hide_contact=True)
        assert who_may("can_view_contact", cast, report) == {"confidentiality"}
        assert who_may("can_view_identity", cast, report) == {"officer", "confidentiality"}


class TestIsLiaison:
    def test_ends_when_the_report_leaves_the_institution(self, cast: Cast, report: Report) -> None:
        assert permissions.is_liaison(cast.liaison, report)
        report.status = Status.VERIFIED
        assert not permissions.is_liaison(cast.liaison, report)


class TestCanMove:
    @pytest.mark.parametrize("to", list(Status))
    def test_institution_takes_only_its_own_steps(self, to: Status, cast: Cast, report: Report) -> None:
        allowed = to in {Status.IN_FOLLOW_UP, Status.VERIFIED}
        assert permissions.can_move(cast.liaison, report, to) == allowed
        assert permissions.can_move(cast.officer, report, to)

    @pytest.mark.parametrize("name", ["owner", "foreign_officer", "province_reader", "superuser", "confidentiality"])
    def test_others_take_none(self, name: str, cast: Cast, report: Report) -> None:
        assert not any(permissions.can_move(getattr(cast, name), report, to) for to in Status)


class TestCanFileForOthers:
    def test_coordinators_only(self, cast: Cast) -> None:
        may = {name for name, user in cast.people.items() if user and permissions.can_file_for_others(user)}
        assert may == {"officer", "foreign_officer"}


class TestCanExport:
    def test_whoever_works_on_reports(self, cast: Cast) -> None:
        may_not = {name for name, user in cast.people.items() if user and not permissions.can_export(user)}
        assert may_not == {"owner", "other", "personal_data_officer"}
