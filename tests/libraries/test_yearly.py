"""A year of one library: gaps stay gaps, sums equal the rows, partners are counted on the last day of each month."""

from __future__ import annotations

from datetime import date

import pytest

from libraries.indicators import partners_on
from libraries.models import Library, PlannedActivity
from libraries.months import shift
from libraries.workflow import ItemState
from libraries.yearly import YEAR, months_in, partners_by_month, progress_of, table_of
from partnerships.models import Partnership
from tests.factories import make_user
from tests.libraries.making import adopt, make_clipping, make_library, make_month, make_plan, make_planned
from tests.partnerships.factories import make_active

pytestmark = pytest.mark.django_db
NOW = date(2026, 11, 1)


@pytest.fixture
def library() -> Library:
    return make_library()


class TestTableOf:
    def test_a_month_not_entered_is_a_gap(self, library: Library) -> None:
        make_month(library, date(2026, 3, 1), visits_onsite=5, visits_online=2)
        table = table_of(library, 2026, {})
        assert len(table.lines) == YEAR
        assert [line.month.month for line in table.lines if line.row] == [3]
        assert table.lines[1].clippings is None
        assert table.lines[2].clippings == 0

    def test_sums_equal_the_rows(self, library: Library) -> None:
        for number in (1, 2, 5):
            row = make_month(library, date(2026, number, 1), visits_onsite=number, activities=1, participants=10)
        row.accept(by=make_user(), version=row.version)
        make_month(library, date(2025, 12, 1), visits_onsite=99)
        for day in (date(2026, 1, 3), date(2026, 1, 9), date(2026, 4, 2)):
            make_clipping(library, day)
        table = table_of(library, 2026, {})
        assert table.sums == {"visits_onsite": 8, "visits_online": 0, "activities": 3, "participants": 30}
        assert (table.clippings, table.accepted) == (3, 1)
        assert table.lines[3].clippings == 1  # a clipping of a month that has no figures yet

    def test_a_year_without_a_month_has_no_sums(self, library: Library) -> None:
        assert table_of(library, 2026, {}).sums is None

    def test_partners_are_not_told_of_months_to_come(self, library: Library) -> None:
        counts = partners_by_month(library, [month for month in months_in(2026) if month <= NOW])
        lines = table_of(library, 2026, counts).lines
        assert [line.partners for line in lines] == [0] * 11 + [None]


class TestProgressOf:
    def test_a_draft_is_no_plan_to_report_on(self, library: Library) -> None:
        make_plan(library)
        assert progress_of(library, 2026) is None

    def test_what_was_done_of_each_goal(self, library: Library) -> None:
        plan = make_plan(library)
        for _ in range(2):
            make_planned(plan, "service_use")
        adopt(plan)
        row = PlannedActivity.objects.filter(goal__kind="service_use").first()
        assert row
        row.report(by=make_user(), version=1, state=ItemState.DONE, result="Selesai")
        progress = progress_of(library, 2026)
        assert progress
        assert (progress.done, progress.total, progress.share) == (1, 3, "33,3%")
        assert [number for _, _, number in progress.goals] == [0, 2, 1, 0]


class TestPartnersByMonth:
    def test_it_equals_the_count_on_each_last_day(self, library: Library) -> None:
        spans = [
            (date(2025, 1, 1), date(2026, 3, 31)),
            (date(2026, 2, 15), date(2026, 6, 29)),
            (date(2026, 1, 1), None),
        ]
        for since, until in spans:
            row = make_active(library.institution)
            Partnership.objects.filter(pk=row.pk).update(starts_on=since, ends_on=until)
        months = months_in(2026)
        counted = partners_by_month(library, months)
        days = [shift(month, 1) for month in months]
        assert list(counted.values()) == partners_on(library.institution, *days)
        assert [counted[months[place]] for place in (0, 1, 11)] == [2, 3, 1]
