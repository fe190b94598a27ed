"""What everybody may read, and what nobody may."""

from __future__ import annotations

import gzip
import io
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from reports.models import Actor, Report, ReportEvent, ReportPhoto
from reports.workflow import Status
from tests.cast import Cast
from tests.factories import make_institution, make_photo_bytes, make_published_report, make_report
from tests.reports.views.reading import EVIL_QUERIES, get, make_many
from uploads.images import make_safe

pytestmark = pytest.mark.django_db
BY = Actor("Petugas laporan uji")


class TestReportList:
    def test_shows_the_published_words_and_not_the_first_ones(self, client: Client) -> None:
        make_published_report(text="Jembatan lapuk.", description="Jembatan lapuk milik Pak Rahim.")
        page = get(client, "/laporan/")
        assert "Jembatan lapuk." in page
        assert "Rahim" not in page

    def test_newest_first_in_pages_of_twenty(self, client: Client) -> None:
        make_many(21)
        page = get(client, "/laporan/")
        assert "nomor 20 " in page
        assert "nomor 0 " not in page
        cursor = page.partition("?cursor=")[2].partition('"')[0]
        assert "nomor 0 " in get(client, f"/laporan/?cursor={cursor}")

    @pytest.mark.parametrize("count", [1, 20])
    def test_at_most_four_queries_whatever_the_rows_and_filters(
        self, client: Client, count: int, django_assert_max_num_queries: Any
    ) -> None:
        make_many(count)
        for query in ("", "?area=13.07&q=lampu+mati&category=jalan&status=verified&since=30"):
            with django_assert_max_num_queries(4):
                assert "Lampu jalan" in get(client, f"/laporan/{query}")

    def test_no_query_counts(self, client: Client, django_assert_max_num_queries: Any) -> None:
        make_many(2)
        with django_assert_max_num_queries(4) as captured:
            get(client, "/laporan/")
        assert not [query for query in captured.captured_queries if "COUNT(" in query["sql"]]

    def test_twenty_cards_weigh_at_most_eight_kilobytes(self, client: Client) -> None:
        make_many(21)
        assert len(gzip.compress(get(client, "/laporan/?area=13.07&q=lampu").encode())) <= 8192

    @pytest.mark.parametrize("query", EVIL_QUERIES)
    def test_no_query_string_breaks_it(self, client: Client, query: str) -> None:
        make_many(1)
        for address in ("/laporan/", "/laporan/data.csv", "/laporan/statistik/", "/laporan/umpan/"):
            assert client.get(f"{address}?{query}").status_code in (200, 404)

    @pytest.mark.parametrize("code", ["13", "13.07", "13.07.11", "13.07.11.2004"])
    def test_an_area_of_any_level_includes_what_lies_below(self, client: Client, code: str) -> None:
        make_published_report(text="Sumur di sini keruh.")
        make_published_report(area="51.03.05.2003", text="Pantai di sana kotor.")
        page = get(client, f"/laporan/?area={code}")
        assert "Sumur" in page
        assert "Pantai" not in page

    def test_category_state_and_words_narrow(self, client: Client) -> None:
        make_published_report(text="Keran mati.", category="air-bersih")
        answered = make_report(status=Status.ANSWERED, published=True)
        assert "Keran" in get(client, "/laporan/?category=air-bersih")
        assert "Keran" not in get(client, "/laporan/?category=jalan")
        assert answered.public_id in get(client, "/laporan/?status=answered")
        assert answered.public_id not in get(client, "/laporan/?status=closed")
        assert "Keran" in get(client, "/laporan/?q=keran")
        assert "Keran" not in get(client, "/laporan/?q=jembatan")

    def test_older_than_the_period_is_left_out(self, client: Client) -> None:
        report = make_published_report(text="Keran mati.")
        Report.objects.filter(pk=report.pk).update(published_at="2020-01-02T00:00:00Z")
        assert "Keran" in get(client, "/laporan/?q=keran")
        assert "Keran" not in get(client, "/laporan/?since=365")
        assert "Keran" not in get(client, "/laporan/?q=keran&since=365")

    def test_a_wrong_value_finds_nothing_and_says_why(self, client: Client) -> None:
        make_published_report(text="Keran mati.")
        page = get(client, "/laporan/?area=99.99")
        assert "Keran" not in page
        assert "Perbaiki saringan" in page

    def test_the_closed_filter_says_what_is_chosen(self, client: Client) -> None:
        make_many(1)
        page = get(client, "/laporan/?q=lampu&area=13.07.11&category=jalan&status=verified&since=7")
        assert "Saring: “lampu”, Kecamatan Mungka, Jalan dan jembatan, Diverifikasi, 7 hari terakhir</summary>" in page
        assert "Saring</summary>" in get(client, "/laporan/")

    def test_each_card_leads_to_its_report(self, client: Client) -> None:
        report = make_published_report()
        address = reverse("reports:report_detail", args=[report.public_id])
        assert f'<h3><a href="{address}">' in get(client, "/laporan/")

    def test_a_question_to_the_reporter_does_not_address_the_reader(self, client: Client) -> None:
        report = make_published_report()
        report.ask(by=BY, text="Di jorong mana?")
        page = get(client, "/laporan/")
        assert "Menunggu keterangan pelapor" in page
        assert "keterangan Anda" not in page


class TestReportDetail:
    def test_shows_state_institution_area_and_answer(self, client: Client) -> None:
        report = make_report(status=Status.ANSWERED, published=True)
        page = get(client, f"/laporan/{report.public_id}/")
        for words in ("Jalan sudah ditambal.", "Nagari Talang Maur", str(report.institution), 'aria-current="step"'):
            assert words in page
        assert f"/wilayah/{report.area_id}/" in page

    @pytest.mark.parametrize("kind", ["secret", "unpublished", "withdrawn", "unknown", "malformed"])
    def test_what_is_not_public_answers_alike(self, client: Client, kind: str) -> None:
        unknown = client.get("/laporan/0000000000/")
        report = make_report(is_secret=kind == "secret", published=kind == "withdrawn", status=Status.VERIFIED)
        if kind == "withdrawn":
            report.unpublish(by=BY, text="Salah tayang.")
        name = {"unknown": "zzzzzzzzzz", "malformed": "%00%27--"}.get(kind, report.public_id)
        response = client.get(f"/laporan/{name}/")
        assert response.status_code == unknown.status_code == 404
        assert response.content == unknown.content

    def test_shows_ticked_photos_only_and_describes_them(self, client: Client) -> None:
        report = make_report(status=Status.VERIFIED)
        report.add_photos([make_safe(io.BytesIO(make_photo_bytes(width=640 + step))) for step in (0, 9)])
        shown, hidden = ReportPhoto.objects.filter(report=report)
        report.publish(by=BY, text="Jalan rusak.", place="", photo_ids=[shown.pk])
        page = get(client, f"/laporan/{report.public_id}/")
        assert str(shown.image_id) in page
        assert str(hidden.image_id) not in page
        assert 'alt="Foto 1 dari 1: Jalan dan jembatan, Nagari Talang Maur"' in page

    def test_no_word_of_the_reporter_or_of_officers_among_themselves(self, client: Client) -> None:
        report = make_report(status=Status.ANSWERED, published=True)
        report.dispute(text="Telepon saya di 0812-0000-7777.")
        report.add_note(by=BY, text="Catatan dalam.")
        report.add_information(text="Saya Sutan Contoh.")
        page = get(client, f"/laporan/{report.public_id}/")
        assert "Dinyatakan belum tuntas oleh pelapor" in page
        for words in ("0812", "Catatan dalam", "Sutan"):
            assert words not in page

    def test_no_word_from_the_days_when_it_was_secret(self, client: Client, cast: Cast) -> None:
        officer = Actor.officer(cast.officer)
        report = make_report(is_secret=True)
        report.verify(by=officer, text="Nama terlapor: Buyung Contoh.")
        report.lower_secrecy(by=Actor.reporter(), text="Boleh dibaca umum.")
        report.publish(by=officer, text="Ada pungutan liar.", place="", photo_ids=[])
        report.forward(by=officer, text="Mohon diperiksa.", institution=make_institution())
        page = get(client, f"/laporan/{report.public_id}/")
        assert "Mohon diperiksa." in page
        assert "Buyung" not in page

    def test_dates_have_no_time(self, client: Client) -> None:
        report = make_published_report(is_anonymous=True)
        assert "pukul" not in get(client, f"/laporan/{report.public_id}/")

    def test_share_link_names_place_and_state(self, client: Client) -> None:
        report = make_published_report()
        page = get(client, f"/laporan/{report.public_id}/")
        assert "https://wa.me/?text=Laporan%20warga" in page
        assert f"{settings.SITE_URL}/laporan/{report.public_id}/" in page

    def test_at_most_six_queries_and_six_kilobytes(self, client: Client, django_assert_max_num_queries: Any) -> None:
        report = make_report(status=Status.CLOSED, published=False)
        report.publish(by=BY, text="Jalan rusak. " * 40, place="Depan surau", photo_ids=[])
        with django_assert_max_num_queries(6):
            page = get(client, f"/laporan/{report.public_id}/")
        assert len(gzip.compress(page.encode())) <= 6144


class TestNothingHiddenAnywhere:
    MARKS = ("zanzibarium", "patokanium", "namaniumsatu", "tandanium", "0812-0000-4321", "tidakbolehium")

    @pytest.fixture(autouse=True)
    def planted(self) -> list[Report]:
        from reports.models.filing import Contact

        cache.clear()
        contact = Contact("Namaniumsatu", "tandanium@contoh.invalid", "0812-0000-4321")
        hidden = {"description": "Zanzibarium di sini.", "place": "Patokanium", "contact": contact}
        secret = make_report(is_secret=True, status=Status.VERIFIED, **hidden)
        waiting = make_report(**hidden)
        public = make_report(status=Status.VERIFIED, **hidden)
        public.publish(by=BY, text="Jalan rusak.", place="Dekat pasar", photo_ids=[])
        public.add_note(by=BY, text="Tidakbolehium.")
        withdrawn = make_published_report(text="Tidakbolehium dibaca.")
        withdrawn.unpublish(by=BY, text="Tidakbolehium")
        return [secret, waiting, public, withdrawn]

    @pytest.mark.parametrize(
        "address",
        ["/", "/laporan/", "/laporan/?area=13.07", "/laporan/data.csv", "/laporan/umpan/", "/laporan/umpan/?area=13.07"]
        + ["/laporan/statistik/", "/laporan/statistik/?area=13.07", "/sitemap.xml", "/wilayah/13.07/"],
    )
    def test_no_mark_on_any_public_page(self, client: Client, planted: list[Report], address: str) -> None:
        page = get(client, address).lower()
        for mark in self.MARKS:
            assert mark not in page
        for report in (planted[0], planted[1], planted[3]):
            assert report.public_id not in page

    def test_no_mark_on_the_public_page_of_a_report(self, client: Client, planted: list[Report]) -> None:
        page = get(client, f"/laporan/{planted[2].public_id}/").lower()
        assert [mark for mark in self.MARKS if mark in page] == []

    @pytest.mark.parametrize("mark", MARKS)
    def test_searching_for_a_mark_answers_as_for_any_unknown_word(self, client: Client, mark: str) -> None:
        known, unknown = (get(client, f"/laporan/?q={word}").replace(word, "") for word in (mark, "tidakadakatanya"))
        assert "Tidak ada laporan yang cocok" in known
        assert known == unknown

    def test_an_event_is_found_by_nobody(self) -> None:
        assert ReportEvent.objects.filter(action="note_added").exists()
        assert not Report.objects.all().search("tidakbolehium").exists()
