"""Rows of libraries for tests."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from accounts.models import Institution, Role, User
from accounts.models.institutions import Sector
from libraries.models import Library, MediaExposure, MonthlyFigures, Plan, PlannedActivity
from libraries.models.figures import COUNTED
from libraries.months import first_day
from libraries.strategy import GoalKind
from tests.factories import make_grant, make_institution, make_user

VILLAGE = "13.07.11.2004"
MARCH = date(2026, 3, 1)
_numbers = count(1)


def make_library(area: str = VILLAGE, name: str | None = None, **over: Any) -> Library:
    """A listed library; its institution is made with it."""
    institution: Institution = over.pop("institution", None) or make_institution(
        name or f"Perpustakaan Uji {next(_numbers)}", area, sector=Sector.LIBRARY
    )
    return Library.found(by=over.pop("by", None) or make_user(), institution=institution, **over)


def make_librarian(area: str = VILLAGE) -> User:
    user = make_user()
    make_grant(user, Role.LIBRARIAN, area)
    return user


def make_library_officer(area: str = "13.07") -> User:
    user = make_user()
    make_grant(user, Role.LIBRARY_OFFICER, area)
    return user


def make_month(library: Library, month: date = MARCH, *, by: User | None = None, **numbers: int) -> MonthlyFigures:
    """A month as its librarian entered it; figures that are not given are 0."""
    row = MonthlyFigures.of_month(library, month)
    row.enter(by=by or make_user(), version=row.version, **{name: numbers.get(name, 0) for name in COUNTED})
    return row


def make_clipping(library: Library, on: date = MARCH, **over: Any) -> MediaExposure:
    number = next(_numbers)
    values = {"outlet": "Harian Contoh", "title": f"Kabar {number}", "url": f"https://contoh.invalid/{number}", **over}
    row = MediaExposure(library=library, published_on=on, month=first_day(on), **values)
    row.keep(by=make_user())
    return row


def make_plan(library: Library, year: int = 2026, *, by: User | None = None, **over: Any) -> Plan:
    """A draft with its design and one activity under the first goal."""
    by = by or make_user()
    plan = Plan.objects.start(library, year, by=by)
    texts = {"design": "Sudut baca di teras.", "collection": "Buku pertanian.", **over}
    plan.change(by=by, version=plan.version, **texts)
    make_planned(plan, by=by)
    return plan


def make_planned(
    plan: Plan, kind: str = GoalKind.INVOLVEMENT, *, by: User | None = None, **over: Any
) -> PlannedActivity:
    values = {"title": f"Kegiatan {next(_numbers)}", "target": "20 peserta", "budget": 1_000_000, **over}
    row = PlannedActivity(goal=plan.goals.get(kind=kind), **values)
    row.add(by=by or make_user())
    return row


def adopt(plan: Plan, *, by: User | None = None) -> Plan:
    plan = Plan.objects.with_parts().get(pk=plan.pk)
    plan.adopt(by=by or make_user(), stamp=plan.stamp)
    return plan
