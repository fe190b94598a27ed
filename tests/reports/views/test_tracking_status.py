"""Where the reporter's next word is wanted, what to reply to stands right above it."""

from __future__ import annotations

import pytest

from reports.workflow import Status
from tests.factories import Actor
from tests.reports.views.test_tracking import STATUS, filed, holder

pytestmark = pytest.mark.django_db


class TestLastWord:
    def test_a_question_stands_where_the_answer_is_written(self) -> None:
        report, code = filed()
        report.ask(by=Actor("Petugas"), text="Sebelah mana jembatannya?")
        page = holder(code).get(STATUS).content.decode()
        assert "Petugas bertanya" in page
        assert page.index("Sebelah mana jembatannya?") < page.index('name="text"') < page.index(report.description)

    def test_the_latest_answer_stands_where_it_is_judged(self) -> None:
        report, code = filed(Status.IN_FOLLOW_UP)
        report.answer(by=Actor("Dinas"), text="Sudah kami perbaiki.")
        page = holder(code).get(STATUS).content.decode()
        assert page.index("Sudah kami perbaiki.") < page.index('value="confirm"') < page.index(report.description)

    def test_a_postponed_report_asks_nothing(self) -> None:
        report, code = filed(Status.VERIFIED)
        report.postpone(by=Actor("Petugas"), text="Menunggu anggaran.")
        page = holder(code).get(STATUS).content.decode()
        assert "Petugas bertanya" not in page
        assert page.index(report.description) < page.index('name="text"')
