"""Age and deadline in words."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from regions.models import CalendarOverride
from reports.admin.words import age_words, deadline_words, exceptions_for, is_late
from reports.models import Report
from tests.factories import make_area, make_report

WIB = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=WIB)  # an ordinary week without holidays

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)
    return make_report()


def due(report, day, hour=23):
    report.due_at = datetime(2026, 3, day, hour, 59, 59, tzinfo=WIB)
    return deadline_words(report, exceptions_for([report]))


class TestDeadlineWords:
    def test_counts_working_days_ahead_and_calendar_days_behind(self, report):
        assert due(report, 3) == "sisa 1 hari kerja"
        assert due(report, 9) == "sisa 5 hari kerja"
        assert due(report, 2) == "tenggat hari ini"
        assert due(report, 1) == "lewat tenggat 1 hari"

    def test_a_local_day_off_counts_where_it_holds(self, report):
        make_area("13.71")
        CalendarOverride.objects.create(area_id="13.07", date=date(2026, 3, 3), name="Hari jadi")
        CalendarOverride.objects.create(area_id="13.71", date=date(2026, 3, 4), name="Hari jadi kota")
        assert due(report, 4) == "sisa 1 hari kerja"

    def test_the_nearest_area_upward_holds(self, report):
        CalendarOverride.objects.create(date=date(2026, 3, 3), name="Libur bersama")
        CalendarOverride.objects.create(area_id="13.07", date=date(2026, 3, 3), name="Tetap kerja", is_working=True)
        assert due(report, 3) == "sisa 1 hari kerja"

    def test_nobody_waits_for_a_finished_report(self, report):
        report.is_pending = False
        assert due(report, 1) == ""
        assert not is_late(report)

    def test_the_clock_is_that_of_the_area(self, monkeypatch):
        report = make_report("74.01.01.1001")  # WITA, an hour ahead of Jakarta
        report.due_at = datetime(2026, 3, 2, 23, 59, 59, tzinfo=ZoneInfo("Asia/Makassar"))
        monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 3, 2, 23, 30, tzinfo=WIB))
        assert deadline_words(report, {}) == "lewat tenggat 1 hari"

    def test_one_query_for_a_whole_page(self, report, django_assert_num_queries):
        reports = list(Report.objects.select_related("area")) * 20
        with django_assert_num_queries(1):
            exceptions_for(reports)


class TestAgeWords:
    def test_whole_days(self, report):
        assert age_words(report) == "masuk hari ini"
        report.created_at = MONDAY - timedelta(days=3, hours=11)
        assert age_words(report) == "masuk 4 hari lalu"
