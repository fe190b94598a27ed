"""Numbers about reports that may be public: no cell small enough to point at a person."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone

from regions.calendar import working_days, zone_of
from reports.models import Report, ReportCount, ReportEvent, ReportPolicy
from reports.workflow import SILENT, Status

SMALLEST = 5  # a smaller number may tell who it was (domain.md 7b)
MONTHS = 12
NEWEST = 500  # reports the share of timely verification is taken from
KEPT_SECONDS = 24 * 3600
BAR_STEP, BAR_START, LONGEST_BAR = 30, 125, 385  # of the drawing's own units

_S = Status
GROUPS: dict[str, frozenset[str]] = {
    "Menunggu": frozenset({_S.SUBMITTED, _S.ON_HOLD}),
    "Diproses": frozenset({_S.VERIFIED, _S.FORWARDED, _S.IN_FOLLOW_UP}),
    "Ditanggapi": frozenset({_S.ANSWERED}),
    "Belum tuntas": frozenset({_S.DISPUTED}),
    "Selesai": frozenset({_S.CLOSED}),
    "Ditutup tanpa balasan": frozenset({SILENT}),
    "Tidak dilanjutkan": frozenset({_S.NOT_AUTHORIZED, _S.ARCHIVED}),
}


@dataclass(frozen=True)
class Cell:
    """One number of the table, as everybody may read it."""

    group: str
    count: int

    @property
    def is_small(self) -> bool:
        return 0 < self.count < SMALLEST

    @property
    def text(self) -> str:
        return f"<{SMALLEST}" if self.is_small else str(self.count)

    @property
    def shown(self) -> int:
        return 0 if self.is_small else self.count


@dataclass(frozen=True)
class Row:
    """One month. Its total counts a hidden cell as one: with the true one a hidden cell could be calculated."""

    month: date
    cells: list[Cell]

    @property
    def shown(self) -> int:
        return sum(cell.shown for cell in self.cells)

    @property
    def total(self) -> str:
        """At least so many, where small cells are hidden: each of them stands for one or more."""
        small = sum(cell.is_small for cell in self.cells)
        return f"{self.shown + small}+" if small else str(self.shown)


@dataclass(frozen=True)
class Statistics:
    """The table of an area, newest month first, and how many of the newest reports were verified in time."""

    groups: list[str]
    rows: list[Row]
    timely_percent: int | None
    timely_of: int
    verify_days: int

    @property
    def is_empty(self) -> bool:
        return not any(cell.count for row in self.rows for cell in row.cells)

    @property
    def bars(self) -> list[dict[str, Any]]:
        """Where each month's bar stands in a drawing 600 wide, and how long it is."""
        longest = max((row.shown for row in self.rows), default=0) or 1
        return [bar(row, place, row.shown / longest) for place, row in enumerate(self.rows)]

    @property
    def height(self) -> int:
        return BAR_STEP * len(self.rows)


def bar(row: Row, place: int, share: float) -> dict[str, Any]:
    top, width = BAR_STEP * place, round(LONGEST_BAR * share)
    return {
        "month": row.month,
        "total": row.total,
        "y": top,
        "text_y": top + 16,
        "width": width,
        "end": BAR_START + width + 8,
    }


def statistics_for(area_code: str) -> Statistics:
    """The numbers of an area ("" for all of Indonesia), counted once a day.

    A number seen to grow would tell at which hour an anonymous or secret report came in.
    """
    key = f"reports.statistics.{area_code}.{today()}"
    kept: Statistics | None = cache.get(key)
    if kept is None:
        kept = compute(area_code)
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def today() -> date:
    return timezone.localdate()


def compute(area_code: str) -> Statistics:
    months = last_months(timezone.now().astimezone(zone_of(area_code)).date())
    counts = sums(area_code, months[-1])
    filled = [month for month, _ in counts] or months[:1]
    months = [month for month in months if month >= min(filled)]  # no empty months before the first report
    rows = [Row(month, [Cell(group, counts.get((month, group), 0)) for group in GROUPS]) for month in months]
    percent, number = timely(area_code)
    return Statistics(list(GROUPS), rows, percent, number, ReportPolicy.for_area(area_code).verify_days)


def last_months(today: date) -> list[date]:
    """The first days of this month and the eleven before it, newest first."""
    count = today.year * 12 + today.month - 1
    return [date((count - back) // 12, (count - back) % 12 + 1, 1) for back in range(MONTHS)]


def sums(area_code: str, first: date) -> dict[tuple[date, str], int]:
    leaves = ReportCount.objects.filter(month__gte=first)
    leaves = leaves.within(area_code) if area_code else leaves
    group_of = {str(status): name for name, statuses in GROUPS.items() for status in statuses}
    result: dict[tuple[date, str], int] = {}
    for leaf in leaves.totals("month", "status"):
        key = (leaf["month"], group_of[leaf["status"]])
        result[key] = result.get(key, 0) + leaf["total"]
    return {key: total for key, total in result.items() if total}


def timely(area_code: str) -> tuple[int | None, int]:
    """Percent of the newest decided reports that were decided in time, and of how many; None where they are few."""
    filed = dict(newest(area_code).values_list("pk", "created_at")[:NEWEST])
    decided = first_decisions(filed)
    if len(decided) < SMALLEST:
        return None, len(decided)
    zone, days = zone_of(area_code), ReportPolicy.for_area(area_code).verify_days
    first = min(filed.values()).astimezone(zone).date()
    calendar = list(working_days(area_code, first, timezone.now().astimezone(zone).date()))

    def in_time(key: int, moment: datetime) -> bool:
        begun = bisect_right(calendar, filed[key].astimezone(zone).date())
        return bisect_right(calendar, moment.astimezone(zone).date()) - begun <= days

    good = sum(in_time(key, moment) for key, moment in decided.items())
    return round(100 * good / len(decided)), len(decided)


def newest(area_code: str) -> QuerySet[Report]:
    a_year_ago = datetime.combine(timezone.localdate() - timedelta(days=365), time.min, zone_of(area_code))
    reports = Report.objects.filter(created_at__gte=a_year_ago).order_by("-created_at", "-id")
    return reports.within(area_code) if area_code else reports


def first_decisions(filed: dict[int, datetime]) -> dict[int, datetime]:
    """When somebody first decided about each of these reports."""
    decisions = [_S.VERIFIED, _S.NOT_AUTHORIZED, _S.ARCHIVED, _S.ON_HOLD]
    events = ReportEvent._default_manager.filter(subject__in=list(filed), action__in=decisions).order_by("-at")
    return {row["subject"]: row["at"] for row in events.values("subject", "at")}  # the earliest one stays
