"""Which libraries of an area are in the programme: by year, with the decree, counted by stage."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from libraries.models import Library, Participation
from libraries.workflow import Stage
from tests.factories import make_user
from tests.libraries.making import make_library

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year


def take_part(library: Library, stage: str = Stage.SELECTED, year: int = YEAR) -> None:
    row = Participation(library=library, year=year, source="apbn")
    row.propose(by=make_user())
    if stage == Stage.SELECTED:
        row.decree_number, row.decided_on = "SK-CONTOH/1", date(year, 1, 5)
        row.move(Stage.SELECTED, by=make_user())


def words_of(client: Client, code: str = "13.07", year: int | str = YEAR) -> str:
    return " ".join(client.get(f"/perpustakaan/indikator/{code}/program/{year}/").content.decode().split())


class TestProgramme:
    def test_selected_ones_are_counted_and_named_with_their_decree(self, client: Client) -> None:
        chosen = [make_library() for _ in range(4)]
        for library in chosen:
            take_part(library)
        proposed, other, elsewhere = make_library(), make_library(), make_library("51.03.05.2003")
        take_part(proposed, Stage.PROPOSED)
        take_part(other, year=YEAR - 1)
        take_part(elsewhere)
        page = words_of(client)
        assert "<dt>Terpilih</dt><dd>4 perpustakaan</dd>" in page
        assert "<dt>Diusulkan</dt><dd>1 perpustakaan</dd>" in page
        assert page.count("SK-CONTOH/1") == 4
        assert all(library.slug in page for library in (*chosen, proposed))
        assert other.slug not in page
        assert elsewhere.slug not in page

    def test_the_librarys_report_tells_its_year_and_its_page_leads_to_the_list(self, client: Client) -> None:
        library = make_library()
        take_part(library)
        report = client.get(f"/perpustakaan/{library.slug}/laporan/{YEAR}/").content.decode()
        assert "terpilih, jalur APBN, SK SK-CONTOH/1" in report
        assert "/perpustakaan/indikator/13.07/program/" in client.get(f"/perpustakaan/{library.slug}/").content.decode()

    def test_an_empty_year_leads_to_the_newest_that_is_not(self, client: Client) -> None:
        take_part(make_library(), year=YEAR - 1)
        assert f'href="/perpustakaan/indikator/13.07/program/{YEAR - 1}/">Lihat program {YEAR - 1}' in words_of(client)
        assert "Lihat program" not in words_of(client, "51.03")
        assert "Lihat program" not in words_of(client, year=YEAR - 1)

    def test_a_library_off_the_list_is_not_named(self, client: Client) -> None:
        library = make_library()
        take_part(library)
        library.refresh_from_db()
        library.change(by=make_user(), is_listed=False)
        assert "<dt>Terpilih</dt><dd>0 perpustakaan</dd>" in words_of(client)

    @pytest.mark.parametrize(
        ("code", "year"), [("13.07.11.2004", YEAR), ("99", YEAR), ("13.07", 2017), ("13.07", 2999)]
    )
    def test_anything_else_is_no_page(self, client: Client, code: str, year: int) -> None:
        make_library()
        assert client.get(f"/perpustakaan/indikator/{code}/program/{year}/").status_code == 404

    @pytest.mark.parametrize("number", [1, 20])
    def test_more_libraries_cost_no_more_queries(
        self, client: Client, number: int, django_assert_max_num_queries: Any
    ) -> None:
        for _ in range(number):
            take_part(make_library())
        with django_assert_max_num_queries(4):
            words_of(client)
