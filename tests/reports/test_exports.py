"""Tables of reports: what each may read, no formula, no identity."""

from __future__ import annotations

import csv
from typing import Any

import pytest
from django.test import Client

from reports.models import Actor, Report
from reports.models.filing import Contact
from tests.cast import Cast
from tests.factories import make_published_report, make_report

pytestmark = pytest.mark.django_db
BY = Actor("Petugas laporan uji")


def rows(client: Client, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    assert response.status_code == 200
    text = response.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def signed_in(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


class TestPublicCsv:
    def test_holds_the_public_words_of_published_reports(self, client: Client) -> None:
        make_report()
        report = make_published_report(text="Jembatan lapuk.", description="Jembatan Pak Rahim lapuk.")
        [row] = rows(client, "/laporan/data.csv")
        assert row["nomor"] == report.public_id
        assert row["isi"] == "Jembatan lapuk."
        assert row["kode wilayah"] == "'13.07.11.2004"
        assert "Rahim" not in str(row)

    def test_keeps_the_filter(self, client: Client) -> None:
        make_published_report(text="Keran mati.", category="air-bersih")
        make_published_report(text="Jalan rusak.")
        assert [row["isi"] for row in rows(client, "/laporan/data.csv?category=air-bersih")] == ["Keran mati."]

    def test_no_cell_starts_a_formula(self, client: Client) -> None:
        make_published_report(text='=HYPERLINK("http://contoh.invalid")')
        [row] = rows(client, "/laporan/data.csv")
        assert not row["isi"].startswith("=")


class TestOfficerCsv:
    def test_an_officer_gets_the_own_area_alone(self, client: Client, cast: Cast) -> None:
        own, secret = make_report(), make_report(is_secret=True)
        make_report(area="13.71.01.1001")
        found = rows(signed_in(client, cast.officer), "/laporan/unduh.csv")
        assert {row["nomor"] for row in found} == {own.public_id, secret.public_id}

    def test_a_reader_gets_no_secret_report(self, client: Client, cast: Cast) -> None:
        own = make_report()
        make_report(is_secret=True)
        found = rows(signed_in(client, cast.province_reader), "/laporan/unduh.csv")
        assert [row["nomor"] for row in found] == [own.public_id]

    def test_a_liaison_gets_what_was_forwarded(self, client: Client, cast: Cast) -> None:
        make_report()
        report = make_report(status="verified")
        report.forward(by=BY, text="Mohon ditindaklanjuti.", institution=cast.institution)
        found = rows(signed_in(client, cast.liaison), "/laporan/unduh.csv")
        assert [row["nomor"] for row in found] == [report.public_id]

    def test_holds_no_identity(self, client: Client, cast: Cast) -> None:
        make_report(contact=Contact("Namanium", "tandanium@contoh.invalid", "0812-0000-4321", cast.owner))
        response = signed_in(client, cast.officer).get("/laporan/unduh.csv")
        text = response.getvalue().decode().lower()
        for mark in ("namanium", "tandanium", "4321", "pemilik"):
            assert mark not in text

    def test_an_anonymous_report_has_a_day_and_no_time(self, client: Client, cast: Cast) -> None:
        make_report(is_anonymous=True)
        [row] = rows(signed_in(client, cast.officer), "/laporan/unduh.csv")
        assert row["anonim"] == "ya"
        assert ":" not in row["masuk"]
        assert "pukul" not in row["masuk"]

    def test_residents_are_refused_and_visitors_asked_to_sign_in(self, client: Client, cast: Cast) -> None:
        assert client.get("/laporan/unduh.csv").status_code == 302
        assert signed_in(client, cast.owner).get("/laporan/unduh.csv").status_code == 403

    @pytest.mark.parametrize("count", [1, 20])
    def test_the_number_of_queries_does_not_grow(
        self, client: Client, cast: Cast, count: int, django_assert_max_num_queries: Any
    ) -> None:
        for _ in range(count):
            make_report()
        signed_in(client, cast.officer)
        with django_assert_max_num_queries(8):
            assert len(rows(client, "/laporan/unduh.csv")) == count
        assert Report.objects.count() == count
