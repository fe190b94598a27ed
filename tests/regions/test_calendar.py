from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from regions.calendar import add_working_days, national_holidays, overrides, working_days_between, zone_of
from regions.models import CalendarOverride
from tests.factories import make_area

pytestmark = pytest.mark.django_db

VILLAGE = "13.07.11.2004"


def noon(*day: int) -> datetime:
    return datetime(*day, 5, 0, tzinfo=UTC)


class TestNationalHolidays:
    def test_both_holidays_and_cuti_bersama_are_in_it(self) -> None:
        days = national_holidays(2026)
        assert date(2026, 8, 17) in days
        assert date(2026, 12, 24) in days  # cuti bersama before Christmas


class TestAddWorkingDays:
    @pytest.mark.parametrize(
        ("start", "days", "end"),
        [
            (noon(2026, 11, 17), 3, (2026, 11, 20)),  # Tuesday to Friday
            (noon(2026, 11, 20), 1, (2026, 11, 23)),  # over a weekend
            (noon(2026, 11, 21), 3, (2026, 11, 25)),  # filed on a Saturday
            (noon(2026, 12, 23), 1, (2026, 12, 28)),  # cuti bersama, Christmas, weekend
            (noon(2026, 12, 30), 2, (2027, 1, 4)),  # over New Year
            (noon(2026, 3, 17), 1, (2026, 3, 25)),  # Nyepi and Idul Fitri in one week
            (noon(2026, 11, 17), 0, (2026, 11, 17)),
        ],
    )
    def test_weekends_and_holidays_do_not_count(self, start: datetime, days: int, end: tuple[int, ...]) -> None:
        due = add_working_days(start, days, VILLAGE)
        assert (due.year, due.month, due.day) == end
        assert f"{due:%H:%M:%S %z}" == "23:59:59 +0700"

    def test_the_day_begins_by_the_clock_of_the_area(self) -> None:
        friday_night_in_jakarta = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)
        assert add_working_days(friday_night_in_jakarta, 1, "13").day == 23
        thursday_evening_in_jakarta = datetime(2026, 11, 19, 15, 30, tzinfo=UTC)  # already Friday in Jayapura
        assert add_working_days(thursday_evening_in_jakarta, 1, "13").day == 20
        assert add_working_days(thursday_evening_in_jakarta, 1, "91").day == 23

    def test_a_local_holiday_holds_in_its_area_and_below_only(self) -> None:
        CalendarOverride.objects.create(area=make_area("13.07"), date=date(2026, 11, 18), name="Hari jadi kabupaten")
        assert add_working_days(noon(2026, 11, 17), 1, VILLAGE).day == 19
        assert add_working_days(noon(2026, 11, 17), 1, "13.06").day == 18

    def test_a_working_saturday_counts(self) -> None:
        CalendarOverride.objects.create(date=date(2026, 11, 21), is_working=True, name="Pengganti libur")
        assert add_working_days(noon(2026, 11, 20), 1, VILLAGE).day == 21

    def test_one_query_whatever_the_days(self, django_assert_num_queries: object) -> None:
        with django_assert_num_queries(1):
            assert add_working_days(noon(2026, 1, 1), 250, VILLAGE).year == 2027

    @pytest.mark.parametrize("days", [-1, 100_000])
    def test_a_slip_of_the_finger_is_refused(self, days: int) -> None:
        with pytest.raises(ValueError, match="days"):
            add_working_days(noon(2026, 1, 1), days, VILLAGE)

    def test_a_calendar_without_working_days_still_ends(self) -> None:
        CalendarOverride.objects.bulk_create(
            CalendarOverride(date=date.fromordinal(date(2026, 1, 1).toordinal() + n), name="x") for n in range(200)
        )
        assert add_working_days(noon(2026, 1, 1), 3, VILLAGE) > noon(2026, 4, 1)


class TestOverrides:
    def test_the_nearest_area_upward_holds(self) -> None:
        day = date(2026, 11, 18)
        CalendarOverride.objects.create(area=make_area("13"), date=day, name="Libur provinsi")
        CalendarOverride.objects.create(area=make_area("13.07"), date=day, is_working=True, name="Tetap masuk")
        assert overrides(VILLAGE, day, day) == {day: True}
        assert overrides("13.06", day, day) == {day: False}


class TestWorkingDaysBetween:
    def test_it_counts_what_add_added(self) -> None:
        start = noon(2026, 12, 23)
        for days in (0, 1, 5, 23):
            assert working_days_between(start, add_working_days(start, days, VILLAGE), VILLAGE) == days

    def test_backwards_is_negative(self) -> None:
        assert working_days_between(noon(2026, 11, 20), noon(2026, 11, 17), VILLAGE) == -3


class TestZoneOf:
    @pytest.mark.parametrize(
        ("code", "zone"),
        [("13.07", "Jakarta"), ("51", "Makassar"), ("74.01", "Makassar"), ("96", "Jayapura"), ("", "Jakarta")],
    )
    def test_the_province_says_the_clock(self, code: str, zone: str) -> None:
        assert zone_of(code).key == f"Asia/{zone}"
