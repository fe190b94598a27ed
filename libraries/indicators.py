"""The four indicators of a library or of an area: the last twelve months, against the twelve before, with the light.

1 visits (on site and online), 2 involvement (participants), 3 media exposure (distinct clippings), 4 partnerships
(active on the last day). Formulas as in domain.md 7: growth against the same period last year.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from accounts.models import Institution
from libraries.growth import Growth, Light
from libraries.models import Indicator, Library, LibraryPolicy, MediaExposure, MonthlyFigures, Target
from libraries.months import run_of, shift
from libraries.trend import Trend, trend_of
from partnerships.models import Partnership

MONTHS = 12


@dataclass(frozen=True)
class Figure:
    """One indicator as a page shows it."""

    label: str
    now: int | None
    growth: str
    target: int | None
    light: Light
    note: str
    trend: Trend | None = None
    baseline: int | None = None


@dataclass(frozen=True)
class Months:
    """What is known of two years, month by month: {month: figure}, a gap where there is none."""

    months: list[date]
    visits: dict[date, int]
    participants: dict[date, int]
    clippings: dict[date, int]

    def last(self, values: dict[date, int]) -> int | None:
        return total(values, self.months[MONTHS:])

    def before(self, values: dict[date, int]) -> int | None:
        """The same months a year earlier, only where each month that counts now was entered then."""
        now = [month for month in self.months[MONTHS:] if month in values]
        then = [shift(month, -12) for month in now]
        return total(values, then) if then and all(month in values for month in then) else None


def total(values: dict[date, int], months: Iterable[date]) -> int | None:
    known = [values[month] for month in months if month in values]
    return sum(known) if known else None


def months_of(library: Library, last: date) -> Months:
    """Two years of one library, ending with `last` (two queries)."""
    months = run_of(last, 2 * MONTHS)
    rows = list(MonthlyFigures.objects.of(library).between(months[0], last))
    clippings = MediaExposure.objects.of(library).filter(month__gte=months[0], month__lte=last)
    counted = dict(clippings.order_by().values_list("month").annotate(number=Count("pk")))
    return Months(
        months,
        visits={row.month: row.visits for row in rows},
        participants={row.month: row.participants for row in rows},
        clippings={row.month: counted.get(row.month, 0) for row in rows} | counted,
    )


def figures_of(library: Library, last: date, *, partners: Growth | None = None) -> list[Figure]:
    """The four indicators of the twelve months up to `last` (five queries; four where partners are counted already)."""
    known, policy = months_of(library, last), LibraryPolicy.for_area(library.area_id)
    targets = {row.indicator: row for row in Target.objects.filter(library=library, year=last.year)}

    def figure(indicator: Indicator, values: dict[date, int], note: str) -> Figure:
        now, (target, baseline) = known.last(values), aims(targets.get(indicator))
        growth, light = Growth(now, known.before(values)).words, policy.light(now, target)
        return Figure(indicator.label, now, growth, target, light, note, trend_of(known.months, values), baseline)

    return [
        figure(Indicator.VISITS, known.visits, "Datang sendiri dan daring, dua belas bulan terakhir."),
        figure(Indicator.INVOLVEMENT, known.participants, "Peserta semua kegiatan, dua belas bulan terakhir."),
        figure(Indicator.MEDIA, known.clippings, "Kliping yang berbeda, dua belas bulan terakhir."),
        partners_figure(partners or partners_of(library, last), targets.get(Indicator.PARTNERSHIPS), policy),
    ]


def aims(row: Target | None) -> tuple[int | None, int | None]:
    """Target and baseline, where they were set."""
    return (row.target, row.baseline) if row else (None, None)


def partners_figure(partners: Growth, aim: Target | None, policy: LibraryPolicy) -> Figure:
    note = "Mitra berbeda dengan kemitraan yang berlaku pada akhir bulan itu."
    target, baseline = aims(aim)
    light, label = policy.light(partners.now, target), Indicator.PARTNERSHIPS.label
    return Figure(label, partners.now, partners.words, target, light, note, baseline=baseline)


def partners_of(library: Library, last: date) -> Growth:
    """Partners at the end of a month, and a year before."""
    end = shift(last, 1)
    return Growth(*partners_on(library.institution, end, shift(end, -12)))


def partners_on(institution: Institution, *days: date) -> list[int]:
    """How many distinct partners the library had on the last day before each of `days` (one query)."""
    conditions = {f"day_{number}": held_before(day) for number, day in enumerate(days)}
    counts: Any = {name: Count("partner", filter=held, distinct=True) for name, held in conditions.items()}
    found = Partnership.objects.listed().filter(institution=institution).aggregate(**counts)
    return [found[name] for name in conditions]


def held_before(day: date) -> Q:
    return Q(starts_on__lt=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))
