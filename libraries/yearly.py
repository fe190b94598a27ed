"""A year of one library as its report shows it: the four indicators, twelve months with their gaps, the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from libraries.growth import percent
from libraries.models import Library, MediaExposure, MonthlyFigures, Plan
from libraries.months import shift
from libraries.workflow import ItemState
from partnerships.models import Partnership

YEAR = 12


@dataclass(frozen=True)
class MonthLine:
    """One month of the report. `row` is None where nobody entered it: a gap, not a zero."""

    month: date
    row: MonthlyFigures | None
    clippings: int | None
    partners: int | None


@dataclass(frozen=True)
class YearTable:
    """Twelve months, and their sums over what was entered."""

    lines: list[MonthLine]

    @property
    def entered(self) -> list[MonthlyFigures]:
        return [line.row for line in self.lines if line.row]

    @property
    def accepted(self) -> int:
        return sum(row.is_locked for row in self.entered)

    @property
    def sums(self) -> dict[str, int] | None:
        """None where no month was entered."""
        rows = self.entered
        if not rows:
            return None
        names = ("visits_onsite", "visits_online", "activities", "participants")
        return {name: sum(getattr(row, name) for row in rows) for name in names}

    @property
    def clippings(self) -> int:
        return sum(line.clippings or 0 for line in self.lines)


def months_in(year: int) -> list[date]:
    return [date(year, number, 1) for number in range(1, YEAR + 1)]


def table_of(library: Library, year: int, partners: Mapping[date, int]) -> YearTable:
    """The year's months (two queries), with the partners counted for each month that has come."""
    months = months_in(year)
    rows = {row.month: row for row in MonthlyFigures.objects.of(library).between(months[0], months[-1])}
    found = MediaExposure.objects.of(library).filter(month__gte=months[0], month__lte=months[-1])
    clipped = dict(found.order_by().values_list("month").annotate(number=Count("pk")))
    return YearTable(
        [
            MonthLine(month, rows.get(month), clipped.get(month, 0 if month in rows else None), partners.get(month))
            for month in months
        ]
    )


def partners_by_month(library: Library, months: list[date]) -> dict[date, int]:
    """How many distinct partners the library had on the last day of each month (one query)."""
    held = Partnership.objects.listed().filter(institution=library.institution_id, starts_on__isnull=False)
    spans = list(held.values_list("partner", "starts_on", "ends_on"))
    counts = {}
    for month in months:
        end = shift(month, 1)
        counts[month] = len({who for who, since, until in spans if since < end and (until is None or until >= end)})
    return counts


@dataclass(frozen=True)
class Progress:
    """How far an adopted plan is: what was done of each goal."""

    plan: Plan
    goals: list[tuple[str, Counter[str], int]]  # the goal in words, activities by state, all of them

    @property
    def done(self) -> int:
        return sum(counts[ItemState.DONE] for _, counts, _ in self.goals)

    @property
    def total(self) -> int:
        return sum(number for _, _, number in self.goals)

    @property
    def share(self) -> str:
        return percent(self.done, self.total) if self.done else "0%"


def progress_of(library: Library, year: int) -> Progress | None:
    """The year's adopted plan; None where there is none (three queries)."""
    plan = Plan.objects.adopted().prefetch_related("goals__planned").filter(library=library, year=year).first()
    if plan is None:
        return None
    goals = []
    for goal in plan.goal_rows:
        states = Counter(row.state for row in goal.planned.all())
        goals.append((str(goal), states, sum(states.values())))
    return Progress(plan, goals)
