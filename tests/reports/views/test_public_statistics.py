"""Public numbers, and none small enough to point at a person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from reports import statistics
from reports.models import Actor, Report
from reports.workflow import Status
from tests.factories import make_area, make_report
from tests.reports.views.reading import get

pytestmark = pytest.mark.django_db
BY = Actor("Petugas laporan uji")


class TestReportStatistics:
    @pytest.fixture(autouse=True)
    def fresh(self) -> None:
        cache.clear()

    def test_small_numbers_are_hidden_and_cannot_be_calculated(self, client: Client) -> None:
        for _ in range(4):
            make_report()
        for _ in range(5):
            make_report(status=Status.VERIFIED)
        page = get(client, "/laporan/statistik/?area=13.07")
        assert 'data-label="Menunggu">&lt;5<' in page
        assert 'data-label="Diproses">5<' in page
        assert 'data-label="Jumlah">6+<' in page
        assert ">9<" not in page
        assert ">4<" not in page

    def test_another_area_is_not_counted(self, client: Client) -> None:
        make_area("51.03")
        for _ in range(5):
            make_report()
        assert "Belum ada laporan" in get(client, "/laporan/statistik/?area=51.03")

    def test_says_how_many_were_verified_in_time(self, client: Client) -> None:
        for _ in range(5):
            make_report(status=Status.VERIFIED)
        late = Report.objects.all()[:1].get()
        Report.objects.filter(pk=late.pk).update(created_at="2026-01-01T00:00:00Z")
        page = get(client, "/laporan/statistik/")
        assert "<strong>80%</strong> dari 5" in page

    def test_few_reports_give_no_share(self, client: Client) -> None:
        for _ in range(4):
            make_report(status=Status.VERIFIED)
        assert "Belum cukup laporan" in get(client, "/laporan/statistik/")

    def test_the_numbers_stand_for_a_day(
        self, client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
    ) -> None:
        """A number seen to grow would tell the hour at which an anonymous report came in."""
        make_report()
        first = get(client, "/laporan/statistik/")
        for _ in range(5):
            make_report()
        with django_assert_max_num_queries(2):
            assert get(client, "/laporan/statistik/") == first
        monkeypatch.setattr(statistics, "today", lambda: timezone.localdate() + timedelta(days=1))
        assert get(client, "/laporan/statistik/") != first
