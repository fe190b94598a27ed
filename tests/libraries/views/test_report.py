"""The yearly reports: what they say equals the rows, gaps are told, and they stay small whatever the number of rows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from libraries.models import Library, Target
from tests.factories import make_user
from tests.libraries.making import VILLAGE, adopt, make_clipping, make_librarian, make_library, make_month, make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def library() -> Library:
    return make_library()


def words_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


class TestLibraryReport:
    def path(self, library: Library, year: int | str = 2025) -> str:
        return f"/perpustakaan/{library.slug}/laporan/{year}/"

    def test_months_growth_targets_and_plan(self, client: Client, library: Library) -> None:
        make_month(library, date(2024, 3, 1), visits_onsite=1000)
        make_month(library, date(2025, 3, 1), visits_onsite=1200, activities=2, participants=30)
        make_clipping(library, date(2025, 3, 9))
        Target.set_for(library, 2025, by=make_user(), targets={"visits": {"baseline": 1, "target": 1000}})
        adopt(make_plan(library, 2025))
        text = words_of(client, self.path(library))
        assert "1 dari 12 bulan dicatat" in text
        assert text.count("belum dicatat</td>") == 11
        assert "naik 20%" in text
        assert "Tercapai" in text
        assert "0 dari 1 kegiatan terlaksana (0%)" in text
        assert "Keswadayaan rencana: <strong>100%</strong>" in text
        assert "Tahun ini belum selesai" not in text

    def test_a_year_that_runs_says_so_and_its_partners_are_todays(self, client: Client, library: Library) -> None:
        year = timezone.localdate().year
        text = words_of(client, self.path(library, year))
        assert "Tahun ini belum selesai" in text
        assert text.count("belum tiba</td>") == 12 - timezone.localdate().month

    def test_an_empty_year_invents_nothing(self, client: Client, library: Library) -> None:
        text = words_of(client, self.path(library))
        assert "0 dari 12 bulan dicatat" in text
        assert "Jumlah</th>" not in text
        assert "Belum ada rencana yang ditetapkan" in text

    @pytest.mark.parametrize("year", ["2009", "2999", "0", "99999999999999999999"])
    def test_a_year_without_a_report_is_no_page(self, client: Client, library: Library, year: str) -> None:
        assert client.get(self.path(library, year)).status_code == 404

    def test_an_unlisted_library_has_no_public_report(self, client: Client, library: Library) -> None:
        library.change(by=make_user(), is_listed=False)
        assert client.get(self.path(library)).status_code == 404
        client.force_login(make_librarian())
        assert client.get(self.path(library)).status_code == 200

    @pytest.mark.parametrize("months", [1, 12])
    def test_a_full_year_costs_no_more_queries(
        self, client: Client, library: Library, months: int, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(1, months + 1):
            make_month(library, date(2025, number, 1), visits_onsite=number)
        adopt(make_plan(library, 2025))
        with django_assert_max_num_queries(12):
            client.get(self.path(library))


class TestAreaReport:
    def path(self, code: str = "13.07", year: int | str = 2025) -> str:
        return f"/perpustakaan/indikator/{code}/laporan/{year}/"

    def test_sums_equal_the_rows_and_the_missing_are_named(self, client: Client) -> None:
        full, half, none = (make_library(VILLAGE, f"Perpustakaan {name}") for name in ("Penuh", "Separuh", "Kosong"))
        for number in range(1, 13):
            make_month(full, date(2025, number, 1), visits_onsite=100)
        for number in range(1, 7):
            make_month(half, date(2025, number, 1), visits_onsite=10)
        adopt(make_plan(full, 2025))
        text = words_of(client, self.path())
        assert "1.260" in text
        assert "18, di antaranya 0 sudah diterima Dinas" in text
        assert "<dd>1 perpustakaan</dd>" in text
        missing = text[text.index("Belum lengkap mencatat") :]
        assert missing.index(none.name) < missing.index(half.name)  # the emptiest first
        assert "6 dari 12" in missing
        assert full.name not in missing

    def test_growth_is_told_only_where_as_many_months_were_reported(self, client: Client) -> None:
        library = make_library()
        for year, visits in ((2024, 100), (2025, 150)):
            make_month(library, date(year, 1, 1), visits_onsite=visits)
        assert "naik 50%" in words_of(client, self.path())
        make_month(library, date(2024, 2, 1), visits_onsite=100)
        assert "naik 50%" not in words_of(client, self.path())

    @pytest.mark.parametrize("code", ["13", "13.07", "13.07.11"])
    def test_of_a_province_a_regency_and_a_district(self, client: Client, code: str) -> None:
        make_month(make_library(), date(2025, 1, 1), visits_onsite=100)
        assert "belum ada yang mencatat" in words_of(client, self.path(code))

    @pytest.mark.parametrize(
        ("code", "year"), [(VILLAGE, 2025), ("99", 2025), ("13.07", 2009), ("13.07", 2999), ("x", 2025)]
    )
    def test_anything_else_is_no_page(self, client: Client, code: str, year: int) -> None:
        make_library()
        assert client.get(self.path(code, year)).status_code == 404

    @pytest.mark.parametrize("number", [1, 20])
    def test_more_libraries_cost_no_more_queries(
        self, client: Client, number: int, django_assert_max_num_queries: Any
    ) -> None:
        for _ in range(number):
            make_month(make_library(), date(2025, 1, 1), visits_onsite=1)
        with django_assert_max_num_queries(12):
            client.get(self.path())

    def test_more_gaps_than_a_sheet_holds_are_cut_with_a_word(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("libraries.views.report.MOST_NAMED", 1)
        make_library()
        make_library()
        assert "Masih ada yang lain" in words_of(client, self.path())
