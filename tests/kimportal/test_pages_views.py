"""Home, the pages that explain, and the pages that help when something fails."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import make_published_report, make_report, make_user

EXPLAINING = ["/tentang/", "/privasi/", "/aksesibilitas/", "/luring/"]


@pytest.mark.django_db
class TestHome:
    def test_three_people_find_their_way(self, client: Client) -> None:
        html = client.get("/").content.decode()
        assert 'href="/laporan/baru/">Buat laporan</a>' in html
        assert 'action="/wilayah/"' in html
        assert "Yang baru di sini" in html

    def test_newest_published_reports_are_shown_and_no_others(self, client: Client) -> None:
        hidden = make_report(description="Belum diperiksa petugas.")
        shown = make_published_report(text="Jembatan sudah diperiksa petugas.")
        html = client.get("/").content.decode()
        assert "Jembatan sudah diperiksa petugas." in html
        assert f"/laporan/{shown.public_id}/" in html
        assert "Belum diperiksa" not in html
        assert hidden.public_id not in html

    def test_an_empty_portal_says_what_will_be_here(self, client: Client) -> None:
        assert "Belum ada laporan yang tampil" in client.get("/").content.decode()

    @pytest.mark.parametrize("rows", [1, 20])
    def test_two_queries_whatever_the_number_of_reports(
        self, client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _ in range(rows):
            make_published_report()
        with django_assert_num_queries(2):  # reports, announcements
            client.get("/")

    def test_post_is_refused(self, client: Client) -> None:
        assert client.post("/").status_code == 405


class TestExplainingPages:
    """No database mark: a query would fail the test."""

    @pytest.mark.parametrize("address", EXPLAINING)
    def test_a_visitor_reads_them_without_a_query_or_a_cookie(self, client: Client, address: str) -> None:
        response = client.get(address)
        assert response.status_code == 200
        assert not response.cookies

    @pytest.mark.django_db
    @pytest.mark.parametrize("address", EXPLAINING)
    def test_somebody_signed_in_sees_the_way_to_the_account(self, client: Client, address: str) -> None:
        client.force_login(make_user())
        assert "Akun saya</a>" in client.get(address).content.decode()

    def test_privacy_names_the_law_the_switches_and_the_hours(self, client: Client) -> None:
        html = client.get("/privasi/").content.decode()
        for words in ("Nomor 27 Tahun 2022", "Anonim", "Rahasia", "Sembunyikan kontak saya", "3 × 24 jam", "NIK"):
            assert words in html


class TestErrorPages:
    def test_an_unknown_address_is_a_404_that_helps(self, client: Client) -> None:
        response = client.get("/tidak-ada/")
        assert response.status_code == 404
        assert "kode lacak" in response.content.decode()

    def test_a_404_needs_no_database_even_with_a_session_cookie(self, client: Client) -> None:
        client.cookies[settings.SESSION_COOKIE_NAME] = "x"
        assert client.get("/tidak-ada/").status_code == 404

    def test_a_form_without_its_token_is_told_that_the_text_is_still_there(self) -> None:
        response = Client(enforce_csrf_checks=True).post("/akun/login/", {"login": "a@contoh.invalid"})
        assert response.status_code == 403
        assert "Tulisan Anda masih ada" in response.content.decode()

    @pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500", "503"])
    def test_each_stands_without_request_and_database(self, name: str) -> None:
        html = render_to_string(f"{name}.html")
        assert "<h1>" in html
        assert 'lang="id"' in html
