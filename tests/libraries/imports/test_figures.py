"""The list of months: a gap stays a gap, what was accepted stays, the rest goes through the action of a month."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from accounts.models import User
from libraries.imports import KINDS
from libraries.imports.figures import Month
from libraries.models import DistrictMonth, Library, MonthlyFigures, StaleMonth
from libraries.models.rollup import raw_sums
from regions.tables import csv_lines
from tests.factories import make_user
from tests.libraries.imports.test_registry import faults, sheet
from tests.libraries.making import MARCH, make_library, make_library_officer, make_month
from tests.together import together

pytestmark = pytest.mark.django_db
LIST = KINDS["angka"]


@pytest.fixture
def officer() -> User:
    return make_library_officer()


@pytest.fixture
def library() -> Library:
    return make_library()


def row(library: Library, **over: Any) -> dict[str, Any]:
    numbers = {"kunjungan_di_tempat": "1.012", "kunjungan_daring": "4", "kegiatan": "2", "peserta": "30"}
    return {"kode_perpustakaan": library.slug, "bulan": "2026-03", **numbers, **over}


class TestDryRun:
    def test_a_month_is_entered_through_its_action(self, officer: User, library: Library) -> None:
        run = LIST.dry_run(sheet(row(library)), officer)
        assert (run.faults, run.counts) == ([], [("baru", 1)])
        assert not MonthlyFigures.objects.exists()
        LIST.store(run.written, officer)
        stored = MonthlyFigures.objects.get()
        assert (stored.month, stored.visits, stored.participants) == (MARCH, 1016, 30)
        assert library.events.filter(action="month_entered").count() == 1
        total = DistrictMonth.objects.get()
        assert {name: getattr(total, name) for name in raw_sums("13.07.11", MARCH)} == raw_sums("13.07.11", MARCH)

    @pytest.mark.parametrize(
        ("wrong", "column"),
        [
            ({"bulan": ""}, "bulan"),
            ({"bulan": "2026-13"}, "bulan"),
            ({"bulan": "lalu"}, "bulan"),
            ({"bulan": "2009-12"}, "bulan"),
            ({"bulan": "2999-01"}, "bulan"),
            ({"peserta": "-1"}, "peserta"),
            ({"peserta": "1,5"}, "peserta"),
            ({"peserta": "1000001"}, "peserta"),
            ({"peserta": ""}, "peserta"),
            ({"kegiatan": "0"}, "kegiatan"),
            ({"kode_perpustakaan": "lain"}, "kode_perpustakaan"),
            ({"kode_perpustakaan": ""}, "kode_perpustakaan"),
        ],
    )
    def test_each_mistake_stands_by_row_and_column(
        self, officer: User, library: Library, wrong: dict[str, str], column: str
    ) -> None:
        run = LIST.dry_run(sheet(row(library, bulan="2026-02"), row(library, **wrong)), officer)
        assert faults(run) == [(3, column)]

    def test_a_month_twice_is_said(self, officer: User, library: Library) -> None:
        run = LIST.dry_run(sheet(row(library), row(library, bulan="Maret 2026")), officer)
        assert faults(run) == [(3, "bulan")]

    def test_an_empty_row_is_a_gap_and_takes_nothing_away(self, officer: User, library: Library) -> None:
        make_month(library, visits_onsite=5)
        empty = dict.fromkeys(("kunjungan_di_tempat", "kunjungan_daring", "kegiatan", "peserta"), "")
        run = LIST.dry_run(sheet(row(library, **empty), row(library, bulan="2026-02", **empty)), officer)
        assert (run.faults, run.counts) == ([], [("kosong", 2)])
        assert not run.is_ready

    def test_a_month_that_was_entered_is_changed(self, officer: User, library: Library) -> None:
        make_month(library, visits_onsite=5)
        run = LIST.dry_run(sheet(row(library)), officer)
        assert run.counts == [("diubah", 1)]
        LIST.store(run.written, officer)
        assert MonthlyFigures.objects.get().visits == 1016

    def test_an_accepted_month_stays(self, officer: User, library: Library) -> None:
        stored = make_month(library, visits_onsite=5)
        stored.accept(by=make_user(), version=stored.version)
        assert faults(LIST.dry_run(sheet(row(library)), officer)) == [(2, "bulan")]

    def test_a_library_of_another_regency_is_unknown(self, officer: User) -> None:
        other = make_library("51.03.02.2009")
        assert faults(LIST.dry_run(sheet(row(other)), officer)) == [(2, "kode_perpustakaan")]

    def test_somebody_faster_is_not_overwritten(self, officer: User, library: Library) -> None:
        rows = LIST.dry_run(sheet(row(library)), officer).written
        make_month(library, visits_onsite=7)
        with pytest.raises(StaleMonth):
            LIST.store(rows, officer)
        assert MonthlyFigures.objects.get().visits == 7

    def test_a_long_list_costs_no_more_queries(
        self, officer: User, library: Library, django_assert_max_num_queries: Any
    ) -> None:
        rows = [row(library, bulan=f"{year}-{number:02}") for year in range(2021, 2026) for number in range(1, 13)]
        with django_assert_max_num_queries(6):
            assert LIST.dry_run(sheet(*rows), officer).is_ready


class TestLines:
    def test_what_goes_out_comes_in_unchanged_with_its_gaps(self, officer: User, library: Library) -> None:
        make_month(library, MARCH, visits_onsite=1200, activities=1, participants=3)
        stored = make_month(library, date(2026, 1, 1), visits_online=2)
        stored.accept(by=make_user(), version=stored.version)
        lines = list(LIST.lines(Library.objects.all(), 2026))
        assert [line[-1] for line in lines[:3]] == ["diterima", "belum dicatat", "dicatat"]
        content = "".join(csv_lines([column.name for column in LIST.columns], lines)).encode()
        run = LIST.dry_run(content, officer)
        assert run.faults == []
        assert dict(run.counts) == {"sama": 2, "kosong": len(lines) - 2}

    def test_a_year_to_come_is_empty(self, library: Library) -> None:
        assert list(LIST.lines(Library.objects.all(), 2999)) == []


@pytest.mark.parametrize(
    "text", ["2026-03", "2026-03-01", "03/2026", "1/3/2026", "Maret 2026", "mar-26", "MARET 2026", " 2026-3 "]
)
def test_a_month_as_people_and_spreadsheets_write_it(text: str) -> None:
    assert Month().clean(text) == MARCH


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_lists_of_one_district_do_not_wait_for_each_other(self, officer: User) -> None:
        """Only a server that locks rows can show the fault; SQLite writes one after the other."""
        first, second = make_library(), make_library()
        orders = [((first, second), month) for month in range(1, 6)] + [
            ((second, first), month) for month in range(6, 11)
        ]
        lists = [[row(each, bulan=f"2025-{month:02}") for each in pair] for pair, month in orders]
        runs = [LIST.dry_run(sheet(*rows), officer) for rows in lists]
        assert sum(map(bool, together(10, lambda: LIST.store(runs.pop().written, officer)))) == 10
