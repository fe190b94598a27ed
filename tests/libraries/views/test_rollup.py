from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from libraries.months import shift
from tests.libraries.making import MARCH, make_clipping, make_library, make_library_officer, make_month

PAGE = "/perpustakaan/indikator/"
MONTH = {"bulan": "2026-03"}


@pytest.mark.django_db
class TestIndicators:
    def test_sums_of_every_part(self, client: Client) -> None:
        first, second = make_library("13.07.11.2004"), make_library("51.03.05.2003")
        make_library("13.07.03.2002")
        make_month(first, MARCH, visits_onsite=1200, visits_online=34)
        make_clipping(second, MARCH)
        page = client.get(PAGE, MONTH).content.decode()
        assert "1 dari 3" in page
        assert "1.234" in page
        assert "1 dari 2" in page  # Sumatera Barat

    def test_down_to_the_libraries_of_a_district(self, client: Client) -> None:
        library = make_library(name="Perpustakaan Cahaya")
        assert library.name in client.get(f"{PAGE}13.07.11/", MONTH).content.decode()

    def test_growth_against_a_year_nobody_reported_is_not_told(self, client: Client) -> None:
        make_month(make_library(), MARCH, visits_onsite=10)
        assert "belum ada pembanding" in client.get(PAGE, MONTH).content.decode()

    def test_a_month_still_incomplete_does_not_seem_to_fall(self, client: Client) -> None:
        libraries = [make_library("13.07.11.2004"), make_library("13.07.03.2002")]
        for library in libraries:
            make_month(library, shift(MARCH, -12), visits_onsite=10)
        make_month(libraries[0], MARCH, visits_onsite=15)
        page = client.get(PAGE, MONTH).content.decode()
        assert ("turun" in page, "belum ada pembanding" in page) == (False, True)
        make_month(libraries[1], MARCH, visits_onsite=15)
        assert "naik 50%" in client.get(PAGE, MONTH).content.decode()

    @pytest.mark.parametrize("path", [f"{PAGE}99/", f"{PAGE}13.07.11.2004/", f"{PAGE}x/"])
    def test_what_is_no_area_is_not_there(self, client: Client, path: str) -> None:
        make_library()
        assert client.get(path).status_code == 404

    @pytest.mark.parametrize("month", ["2126-01", "x", "2026-3"])
    def test_what_is_no_month_is_not_there(self, client: Client, month: str) -> None:
        assert client.get(PAGE, {"bulan": month}).status_code == 404

    @pytest.mark.parametrize("path", [PAGE, f"{PAGE}13/", f"{PAGE}13.07/", f"{PAGE}13.07.11/"])
    def test_queries_stay_few(self, client: Client, path: str, django_assert_max_num_queries: Any) -> None:
        for village in ("13.07.11.2004", "13.07.03.2002", "13.07.01.2003"):
            make_month(make_library(village), MARCH)
        with django_assert_max_num_queries(8):
            client.get(path, MONTH)


@pytest.mark.django_db
class TestMissing:
    def test_who_has_not_reported(self, client: Client) -> None:
        done, late = make_library(name="Perpustakaan Rajin"), make_library("13.07.03.2002", name="Perpustakaan Tunda")
        make_month(done, MARCH).accept(by=make_library_officer(), version=1)
        page = client.get(f"{PAGE}13.07/belum-melapor/", MONTH).content.decode()
        assert (late.name in page, done.name in page) == (True, False)
