"""The list of libraries: every mistake by row and column, nothing by halves, and what goes out comes in again."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import Institution, User
from accounts.models.institutions import Sector
from libraries.imports import KINDS, DryRun
from libraries.models import DistrictLibraries, Library
from regions.models import CustomaryVillage
from regions.tables import csv_lines
from tests.factories import make_area, make_institution, make_user
from tests.libraries.making import VILLAGE, make_library, make_library_officer

pytestmark = pytest.mark.django_db
LIST = KINDS["daftar"]
GOOD = {"nama": "Perpustakaan Baru", "kode_desa": VILLAGE, "jam_buka": "Senin\nSelasa", "internet": "Terbatas"}


@pytest.fixture
def officer() -> User:
    make_area(VILLAGE)
    return make_library_officer()


def sheet(*rows: dict[str, Any]) -> bytes:
    names = list(dict.fromkeys(name for row in rows for name in row))
    return "".join(csv_lines(names, [[row.get(name, "") for name in names] for row in rows])).encode()


def faults(run: DryRun) -> list[tuple[int, str]]:
    return [(fault.line, fault.column) for fault in run.faults]


class TestDryRun:
    def test_a_new_library_is_founded(self, officer: User) -> None:
        run = LIST.dry_run(sheet(GOOD), officer)
        assert run.faults == []
        assert run.counts == [("baru", 1)]
        assert not Library.objects.exists()
        assert LIST.store(run.written, officer) == 1
        library = Library.objects.get()
        assert (library.name, library.hours, library.connectivity) == ("Perpustakaan Baru", "Senin\nSelasa", "limited")
        assert library.is_listed
        assert library.events.get().action == "founded"
        assert DistrictLibraries.objects.get().libraries == 1

    def test_the_same_list_again_changes_nothing(self, officer: User) -> None:
        LIST.store(LIST.dry_run(sheet(GOOD), officer).written, officer)
        run = LIST.dry_run(sheet(GOOD), officer)
        assert run.counts == [("sama", 1)]
        assert not run.is_ready

    @pytest.mark.parametrize(
        ("wrong", "column"),
        [
            ({"nama": ""}, "nama"),
            ({"nama": "x" * 161}, "nama"),
            ({"kode_desa": "13.07"}, "kode_desa"),
            ({"kode_desa": "13.07.11.2999"}, "kode_desa"),
            ({"kode_desa": "51.03.02.2009"}, "kode_desa"),
            ({"internet": "cepat"}, "internet"),
            ({"dinas": "Dinas yang tidak ada"}, "dinas"),
            ({"desa_adat": "Antah"}, "desa_adat"),
            ({"kode_perpustakaan": "tidak-ada"}, "kode_perpustakaan"),
            ({"ada_di_daftar": "mungkin"}, "ada_di_daftar"),
            ({"jam_buka": "x" * 301}, "jam_buka"),
        ],
    )
    def test_each_mistake_stands_by_row_and_column(self, officer: User, wrong: dict[str, str], column: str) -> None:
        make_area("51.03.02.2009")
        run = LIST.dry_run(sheet({**GOOD, "nama": "Yang Benar"}, {**GOOD, **wrong}), officer)
        assert [fault[1] for fault in faults(run)] == [column]
        assert faults(run)[0][0] in {4, 5}  # a cell with a line end reaches over two lines
        assert not run.is_ready

    def test_twice_in_one_list_is_said(self, officer: User) -> None:
        one = {**GOOD, "jam_buka": ""}
        run = LIST.dry_run(sheet(one, {**one, "nama": "PERPUSTAKAAN  BARU"}), officer)
        assert faults(run) == [(3, "nama")]

    def test_a_name_of_another_institution_is_taken(self, officer: User) -> None:
        make_institution("Perpustakaan Baru", VILLAGE, sector=Sector.COMMUNITY)
        assert faults(LIST.dry_run(sheet({**GOOD, "jam_buka": ""}), officer)) == [(2, "nama")]

    def test_name_and_village_of_a_known_library_stay(self, officer: User) -> None:
        library = make_library(VILLAGE, "Perpustakaan Lama")
        row = {"kode_perpustakaan": library.slug, "nama": "Nama Lain", "kode_desa": VILLAGE}
        assert faults(LIST.dry_run(sheet(row), officer)) == [(2, "nama")]

    def test_columns_that_are_not_there_change_nothing(self, officer: User) -> None:
        library = make_library(VILLAGE, "Perpustakaan Lama", hours="Senin", is_listed=False)
        row = {"kode_perpustakaan": library.slug, "nama": library.name, "kode_desa": VILLAGE, "koleksi": "90 buku"}
        run = LIST.dry_run(sheet(row), officer)
        LIST.store(run.written, officer)
        library.refresh_from_db()
        assert (library.hours, library.collection, library.is_listed) == ("Senin", "90 buku", False)

    @pytest.mark.parametrize(
        "content", [b"", b"nama\n", b"a,b\n1,2\n", b"nama,nama,kode_desa\n", b"PK\x03\x04", b'nama,kode_desa\n"x']
    )
    def test_what_is_no_list_gets_one_sentence(self, officer: User, content: bytes) -> None:
        run = LIST.dry_run(content, officer)
        assert len(run.faults) == 1
        assert not run.is_ready

    def test_a_long_list_costs_no_more_queries(self, officer: User, django_assert_max_num_queries: Any) -> None:
        rows = [{**GOOD, "nama": f"Perpustakaan {number}"} for number in range(60)]
        with django_assert_max_num_queries(8):
            assert LIST.dry_run(sheet(*rows), officer).is_ready

    def test_too_long_a_list_is_refused(self, officer: User, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(LIST, "most_rows", 1)
        run = LIST.dry_run(sheet(GOOD, {**GOOD, "nama": "Dua"}), officer)
        assert "Paling banyak 1 baris" in run.faults[0].text


class TestLines:
    def test_what_goes_out_comes_in_unchanged(self, officer: User) -> None:
        agency = make_institution("Dinas Uji", "13.07", sector=Sector.GOVERNMENT)
        village = CustomaryVillage.objects.create(name="Uji", area=make_area(VILLAGE))
        make_library(
            VILLAGE, hours="Senin\r\nSelasa", equipment="=3+1 komputer", agency=agency, customary_village=village
        )
        make_library(VILLAGE, "Perpustakaan 'Aisyiyah", is_listed=False, connectivity="none")
        lines = LIST.lines(Library.objects.overseen_by(officer), 2026)
        content = "".join(csv_lines([column.name for column in LIST.columns], lines)).encode()
        run = LIST.dry_run(content, officer)
        assert run.faults == []
        assert run.counts == [("sama", 2)]

    def test_codes_stay_text(self, officer: User) -> None:
        make_library(VILLAGE)
        lines = LIST.lines(Library.objects.all(), 2026)
        assert f"'{VILLAGE}" in "".join(csv_lines(["x"], lines))


def test_nothing_is_stored_by_halves(officer: User) -> None:
    rows = LIST.dry_run(sheet(GOOD, {**GOOD, "nama": "Dua"}), officer).written
    make_institution("Dua", VILLAGE)  # somebody else was faster
    with pytest.raises(Exception, match="sudah ada"):
        LIST.store(rows, officer)
    assert not Library.objects.exists()
    assert not Institution.objects.filter(name="Perpustakaan Baru").exists()


def test_a_librarian_is_no_officer() -> None:
    make_area(VILLAGE)
    assert faults(LIST.dry_run(sheet({**GOOD, "jam_buka": ""}), make_user())) == [(2, "kode_desa")]


class TestAgency:
    def test_what_was_sent_out_comes_in_again_with_the_provinces_agency(self, officer: User) -> None:
        library = make_library(agency=make_institution("Dinas Perpustakaan Provinsi", "13"))
        names = [column.name for column in LIST.columns]
        rows = [dict(zip(names, line, strict=True)) for line in LIST.lines(Library.objects.all(), 2026)]
        run = LIST.dry_run(sheet({**rows[0], "jam_buka": "Senin"}), officer)
        assert (faults(run), run.counts) == ([], [("diubah", 1)])
        LIST.store(run.written, officer)
        library.refresh_from_db()
        assert (library.hours, str(library.agency)) == ("Senin", "Dinas Perpustakaan Provinsi")
