"""What every screen shows equals a recomputation from the raw rows, whatever was done in whatever order."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from libraries.models import DistrictLibraries, DistrictMonth, Library, MediaExposure, MonthlyFigures
from libraries.models.figures import COUNTED
from libraries.models.rollup import SUMMED
from libraries.months import shift
from tests.factories import make_user
from tests.generated import HealthCheck, given, settings, st
from tests.libraries.making import MARCH, make_clipping, make_library, make_library_officer, make_month

VILLAGES = ("13.07.11.2004", "13.07.03.2002", "51.03.05.2003")
steps = st.lists(
    st.tuples(
        st.sampled_from(["enter", "accept", "correct", "clip", "unclip", "unlist"]),
        st.integers(0, 2),
        st.integers(0, 2),
        st.integers(0, 500),
    ),
    max_size=12,
)


def numbers(seed: int) -> dict[str, int]:
    return {"visits_onsite": seed, "visits_online": seed // 2, "activities": 1, "participants": seed // 3}


def do(step: str, library: Library, month: date, seed: int) -> None:
    row, officer = MonthlyFigures.of_month(library, month), make_user()
    if step == "enter" and not row.is_locked:
        row.enter(by=officer, version=row.version, **numbers(seed))
    elif step == "accept" and row.pk:
        row.accept(by=officer, version=row.version)
    elif step == "correct" and row.pk:
        row.correct(by=officer, version=row.version, text="Salah.", **numbers(seed))
    elif step == "clip" and not row.is_locked:
        make_clipping(library, month)
    elif step == "unclip" and not row.is_locked:
        if clipping := MediaExposure.objects.of(library).in_month(month).first():
            clipping.remove(by=officer)
    elif step == "unlist":
        library.change(by=officer, is_listed=not library.is_listed)


def recomputed(code: str) -> dict[date, dict[str, int]]:
    """Straight from the rows, in Python."""
    found: dict[date, dict[str, int]] = {}
    for row in MonthlyFigures.objects.filter(library__is_listed=True).within(code):
        sums = found.setdefault(row.month, dict.fromkeys(SUMMED, 0))
        sums["reported"] += 1
        sums["accepted"] += row.is_locked
        for name in COUNTED:
            sums[name] += getattr(row, name)
    for clipping in MediaExposure.objects.filter(library__is_listed=True).within(code):
        found.setdefault(clipping.month, dict.fromkeys(SUMMED, 0))["exposures"] += 1
    return found


@pytest.mark.django_db
class TestRollup:
    @settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(steps)
    def test_sums_equal_the_raw_rows(self, plan: list[tuple[str, int, int, int]]) -> None:
        with transaction.atomic():
            self.check(plan)
            transaction.set_rollback(True)

    def check(self, plan: list[tuple[str, int, int, int]]) -> None:
        libraries = [make_library(village) for village in VILLAGES]
        for step, which, back, seed in plan:
            do(step, Library.objects.get(pk=libraries[which].pk), shift(MARCH, -back), seed)
        for code in ("13", "13.07", "13.07.11", "51"):
            sums = {row.pop("month"): row for row in DistrictMonth.objects.within(code).sums("month")}
            kept = {month: row for month, row in sums.items() if any(row.values())}
            assert kept == recomputed(code)
        for code in ("13.07", "51"):
            listed = Library.objects.listed().within(code).count()
            assert sum(row.libraries for row in DistrictLibraries.objects.within(code)) == listed

    def test_by_gives_one_row_a_part_of_the_tree(self) -> None:
        for village in VILLAGES:
            make_month(make_library(village), visits_onsite=10)
        rows = DistrictMonth.objects.between(MARCH, MARCH).by("province")
        assert [(row["code"], row["visits_onsite"], row["reported"]) for row in rows] == [("13", 20, 2), ("51", 10, 1)]

    def test_accepting_counts(self) -> None:
        row = make_month(make_library(), visits_onsite=1)
        row.accept(by=make_library_officer(), version=row.version)
        assert DistrictMonth.objects.get().accepted == 1
