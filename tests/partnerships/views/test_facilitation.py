"""Pages about government's roles: gaps in words, filters, paper, CSV."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from groups import pdf
from groups.workflow import Status
from tests.facilitation_access import EVIDENCE, RESULTS, make_facilitation
from tests.factories import make_kim

pytestmark = pytest.mark.django_db
HOME = "/kemitraan/fasilitasi/"


def text(response: Any) -> str:
    return str(response.content.decode())


def get(path: str = "", **query: Any) -> Any:
    return Client().get(f"{HOME}{path}", query)


class TestFacilitationList:
    def test_shows_gaps_in_words_beside_the_counts(self) -> None:
        make_facilitation(synergy_evidence="Tiga lembaga.")
        page = text(get())
        assert "<strong>1 dari 27</strong> kotak" in page
        assert page.count("<em>belum ada</em>") == 26
        assert page.count("<em>belum ada bukti</em>") == 6
        assert "1 dari 1" in page

    def test_is_narrowed_by_area_and_year(self) -> None:
        make_facilitation(title="Workshop Payakumbuh")
        make_facilitation("13.71", title="Workshop Padang")
        make_facilitation(title="Workshop lama", held_on=date(2025, 1, 1))
        page = text(get(area="13.07", tahun="2026"))
        assert "Workshop Payakumbuh" in page
        assert "Workshop Padang" not in page
        assert "Workshop lama" not in page
        assert "area=13.07&amp;tahun=2026" in page

    def test_what_was_for_an_area_above_stands_apart(self) -> None:
        make_facilitation("13", tier="province", title="Bimtek provinsi")
        make_facilitation(None, tier="central", title="Kebijakan nasional")
        page = text(get(area="13.07"))
        assert page.index("Kegiatan untuk wilayah di atasnya") < page.index("Bimtek provinsi")
        assert "Kebijakan nasional" in page

    @pytest.mark.parametrize("query", [{"tahun": "dua ribu"}, {"area": "99.99"}, {"tahun": "1"}, {"area": "\x00"}])
    def test_a_wrong_choice_shows_nothing_and_says_so(self, query: dict[str, str]) -> None:
        make_facilitation(title="Workshop Payakumbuh")
        page = text(get(**query))
        assert "Perbaiki saringan" in page or query == {"area": "\x00"}
        assert "Workshop Payakumbuh" not in page or query == {"area": "\x00"}

    @pytest.mark.parametrize("number", [1, 25])
    def test_four_queries_at_any_number(
        self, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for day in range(1, number + 1):
            make_facilitation(held_on=date(2026, 1, day))
        make_facilitation("13", tier="province")
        with django_assert_max_num_queries(4):
            page = text(get(area="13.07"))
        assert page.count("Workshop pemberdayaan KIM") == min(20, number) + 1


class TestFacilitationDetail:
    def test_shows_results_evidence_chain_and_listed_kim(self) -> None:
        first = make_facilitation(**EVIDENCE, **RESULTS, budget=12_500_000)
        make_facilitation(title="Bimbingan lanjutan", held_on=date(2026, 6, 1), follows=first)
        first.kims.set([make_kim(name="KIM Terdaftar"), make_kim(name="KIM Draf", status=Status.DRAFT)])
        page = text(get(f"{first.pk}/"))
        for words in ("20 orang terlatih", "Rp 12.500.000", "Bukti sinergitas.", "Bimbingan lanjutan", "KIM Terdaftar"):
            assert words in page
        assert "KIM Draf" not in page
        assert "Belum ada bukti" not in page

    @pytest.mark.parametrize("pk", ["0", "99999999999999999999"])
    def test_an_unknown_one_is_not_there(self, pk: str) -> None:
        assert get(f"{pk}/").status_code == 404


class TestFacilitationDownload:
    def test_has_every_activity_that_reaches_the_area(self) -> None:
        make_facilitation(title="=1+1", **EVIDENCE, **RESULTS).kims.add(make_kim())
        make_facilitation("13", tier="province", title="Bimtek")
        make_facilitation("32", tier="province", title="Di luar")
        content = b"".join(get("fasilitasi-kim.csv", area="13.07").streaming_content).decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(content)))
        assert [row["kegiatan"] for row in rows] == ["'=1+1", "Bimtek"]
        assert rows[0]["jumlah KIM"] == "1"
        assert rows[0]["bukti terukur"] == "Bukti terukur."
        assert rows[0]["kode wilayah"] == "'13.07"

    def test_there_is_none_of_a_wrong_choice(self) -> None:
        assert get("fasilitasi-kim.csv", tahun="x").status_code == 404


class TestFacilitationReport:
    def test_has_both_tables_and_the_activities(self) -> None:
        make_facilitation(title="Workshop Payakumbuh")
        page = text(get("cetak/", area="13.07"))
        for words in ("Sembilan peran pemerintah", "Tujuh prinsip", "Workshop Payakumbuh"):
            assert words in page

    def test_there_is_none_of_a_wrong_choice(self) -> None:
        assert get("cetak/", area="99.99").status_code == 404


class TestFacilitationPdf:
    def test_is_a_pdf(self) -> None:
        make_facilitation()
        response = get("peran-pemerintah.pdf")
        if not pdf.can_make_pdf():
            assert response.status_code == 404
            return
        assert response.content.startswith(b"%PDF")

    def test_a_network_that_asks_for_many_is_sent_to_the_page(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("partnerships.views.facilitation.can_make_pdf", lambda: True)
        monkeypatch.setattr("partnerships.views.facilitation.make_pdf", lambda *_: b"%PDF")
        monkeypatch.setattr("groups.views.posters.PDFS_AN_HOUR", 1)
        assert [get("peran-pemerintah.pdf").status_code for _ in range(2)] == [200, 429]
