"""Working days of an area: Monday to Friday without national holidays and cuti bersama, with local overrides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

import holidays
from django.db.models import Q

from regions.catalogue import time_zones
from regions.models import CalendarOverride, TimeZone, code_prefixes

ONE_DAY = timedelta(days=1)
END_OF_DAY = time(23, 59, 59)
MOST_DAYS = 1000  # a deadline four years ahead is a slip of the finger


@lru_cache(maxsize=32)
def national_holidays(year: int) -> frozenset[date]:
    """National holidays and cuti bersama, both without office hours (the yearly joint decree of three ministers)."""
    return frozenset(holidays.country_holidays("ID", years=year, categories=("public", "government")))


def zone_of(area_code: str) -> ZoneInfo:
    """The clock of the province; WIB where the code is empty, for what concerns all of Indonesia."""
    return ZoneInfo(time_zones().get(area_code[:2], TimeZone.WIB))


def overrides(area_code: str, first: date, last: date) -> dict[date, bool]:
    """Day -> whether it is a working day, where a row says so; the row of the nearest area upward holds (one query)."""
    above = Q(area__in=code_prefixes(area_code)) | Q(area__isnull=True)
    rows = CalendarOverride.objects.filter(above, date__gte=first, date__lte=last)
    nearest_last = sorted(rows.values_list("area_id", "date", "is_working"), key=lambda row: len(row[0] or ""))
    return {day: is_working for _, day, is_working in nearest_last}


def is_usually_working(day: date) -> bool:
    return day.weekday() < 5 and day not in national_holidays(day.year)


def working_days(area_code: str, after: date, until: date) -> Iterator[date]:
    """The working days later than `after`, up to and with `until`."""
    exceptions = overrides(area_code, after, until)
    day = after
    while day < until:
        day += ONE_DAY
        if exceptions.get(day, is_usually_working(day)):
            yield day


def add_working_days(start: datetime, days: int, area_code: str) -> datetime:
    """The end (23:59:59, area time) of the `days`-th working day after the day of `start`.

    The day of `start` does not count, whatever the hour; with 0 the answer is the end of that same day.
    """
    if not 0 <= days <= MOST_DAYS:
        raise ValueError(f"days must lie between 0 and {MOST_DAYS}, not {days}")
    zone = zone_of(area_code)
    begun = start.astimezone(zone).date()
    horizon = begun + timedelta(days=3 * days + 90)  # beyond it no calendar of an area leaves too few working days
    later = working_days(area_code, begun, horizon)
    end = next(islice(later, days - 1, None), horizon) if days else begun
    return datetime.combine(end, END_OF_DAY, tzinfo=zone)


def working_days_between(a: datetime, b: datetime, area_code: str) -> int:
    """How many working days lie after the day of `a` up to and with the day of `b`; negative when `b` is earlier."""
    zone = zone_of(area_code)
    first, last = a.astimezone(zone).date(), b.astimezone(zone).date()
    if last < first:
        return -working_days_between(b, a, area_code)
    return sum(1 for _ in working_days(area_code, first, last))
