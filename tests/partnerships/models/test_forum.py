"""Place and schedule of an analog partnership."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from partnerships.models.forum import nth_date
from tests.partnerships.factories import make_forum


def moment(*parts: int) -> datetime:
    """By the clock of the place; which one that is does not matter here."""
    return datetime(*parts, tzinfo=UTC)


class TestNextDates:
    @pytest.mark.parametrize(
        ("repeats", "expected"),
        [
            ("none", []),
            ("weekly", [date(2026, 3, 7), date(2026, 3, 14)]),
            ("monthly", [date(2026, 3, 31), date(2026, 4, 30)]),
        ],
    )
    def test_what_is_still_to_come(self, repeats: str, expected: list[date]) -> None:
        forum = make_forum(first_on=date(2026, 1, 31), repeats=repeats)
        assert forum.next_dates(moment(2026, 2, 28, 10, 0), 2) == expected

    def test_todays_counts_until_it_begins(self) -> None:
        forum = make_forum(first_on=date(2026, 3, 1), begins_at=time(9), repeats="none")
        assert forum.next_dates(moment(2026, 3, 1, 8, 59)) == [date(2026, 3, 1)]
        assert forum.next_dates(moment(2026, 3, 1, 9, 0)) == []

    def test_nothing_after_the_end(self) -> None:
        forum = make_forum(first_on=date(2026, 3, 1), repeats="weekly", until=date(2026, 3, 10))
        assert forum.next_dates(moment(2026, 3, 1, 10, 0)) == [date(2026, 3, 8)]

    def test_a_very_old_schedule_is_not_walked_through(self) -> None:
        forum = make_forum(first_on=date(1, 1, 1), repeats="weekly")
        assert len(forum.next_dates(moment(2026, 3, 1, 10, 0))) == 5

    def test_the_end_of_time_is_no_fault(self) -> None:
        assert nth_date(date(9999, 12, 31), "weekly", 1) is None
        assert nth_date(date(9999, 12, 31), "monthly", 1) is None
        assert make_forum(first_on=date(9999, 12, 31)).next_dates(moment(9999, 12, 31, 23, 0)) == []


class TestPlace:
    @pytest.mark.parametrize(
        "place", ["https://zoom.us/j/1", "www.contoh.go.id", "zoom.us/j/1", "meet.google.com/abc", "lewat WWW.rapat.id"]
    )
    def test_a_link_is_no_place(self, place: str) -> None:
        with pytest.raises(ValidationError, match="Tautan rapat daring bukan tempat"):
            make_forum(place=place).clean()

    @pytest.mark.parametrize("place", ["Balai Desa, Jl. Pemuda No.3", "Rumah Bp. Ali RT.02/RW.01", "S.D. Negeri 1"])
    def test_addresses_as_people_write_them(self, place: str) -> None:
        make_forum(place=place).clean()

    @pytest.mark.django_db
    def test_the_database_refuses_a_link_too(self) -> None:
        with pytest.raises(IntegrityError):
            make_forum(place="https://zoom.us/j/1").save()
