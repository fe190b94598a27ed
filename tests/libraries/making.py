"""Rows of libraries for tests."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from accounts.models import Institution, Role, User
from accounts.models.institutions import Sector
from libraries.models import Library, MediaExposure, MonthlyFigures
from libraries.models.figures import COUNTED
from libraries.months import first_day
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
