from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from regions.templatetags.regions import local_date, local_time, since_words

MOMENT = datetime(2026, 11, 21, 6, 5, tzinfo=UTC)


class TestLocalTime:
    @pytest.mark.parametrize(
        ("place", "words"),
        [
            ("13.07.11.2004", "21 November 2026 pukul 13.05 WIB"),
            (SimpleNamespace(code="51.03"), "21 November 2026 pukul 14.05 WITA"),
            (SimpleNamespace(area_id="91.03.01"), "21 November 2026 pukul 15.05 WIT"),
            (None, "21 November 2026 pukul 13.05 WIB"),
        ],
    )
    def test_the_clock_is_that_of_the_place(self, place: object, words: str) -> None:
        assert local_time(MOMENT, place) == words

    def test_nothing_stays_nothing(self) -> None:
        assert local_time(None, "13") == ""


class TestLocalDate:
    def test_months_are_indonesian(self) -> None:
        assert [local_date(date(2021, month, 9)).split()[1] for month in (3, 5, 8, 10)] == [
            "Maret",
            "Mei",
            "Agustus",
            "Oktober",
        ]

    def test_late_in_the_evening_it_is_tomorrow_in_jayapura(self) -> None:
        late = datetime(2026, 11, 21, 15, 30, tzinfo=UTC)
        assert (local_date(late, "13"), local_date(late, "91")) == ("21 November 2026", "22 November 2026")

    def test_nothing_stays_nothing(self) -> None:
        assert local_date(None) == ""


class TestSinceWords:
    @pytest.mark.parametrize(
        ("ago", "words"),
        [
            (timedelta(seconds=5), "baru saja"),
            (timedelta(minutes=90), "1 jam lalu"),
            (timedelta(days=3, hours=1), "3 hari lalu"),
            (timedelta(days=15), "2 minggu lalu"),
            (timedelta(days=800), "2 tahun lalu"),
            (timedelta(hours=-2, minutes=-5), "2 jam lagi"),
            (timedelta(seconds=-20), "sebentar lagi"),
        ],
    )
    def test_the_largest_unit_is_said(self, ago: timedelta, words: str) -> None:
        assert since_words(timezone.now() - ago) == words

    def test_nothing_stays_nothing(self) -> None:
        assert since_words(None) == ""
