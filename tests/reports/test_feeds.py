"""The Atom feed: published words, stable ids."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from reports.models import Actor
from tests.factories import make_published_report

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client: Client, query: str = "") -> list[ElementTree.Element]:
    response = client.get(f"/laporan/umpan/{query}")
    assert response.status_code == 200
    return ElementTree.fromstring(response.content).findall(f"{ATOM}entry")


class TestReportFeed:
    def test_newest_first_with_an_id_that_never_changes(self, client: Client) -> None:
        make_published_report(text="Yang pertama.")
        newest = make_published_report(text="Yang kedua.")
        first, _ = entries(client)
        assert first.findtext(f"{ATOM}id") == f"urn:kimportal:report:{newest.public_id}"
        assert first.findtext(f"{ATOM}summary") == "Yang kedua."

    def test_addresses_are_the_portals_own_whatever_host_asks(self, client: Client, settings: Any) -> None:
        settings.SITE_URL, settings.ALLOWED_HOSTS = "https://kim.contoh.go.id", ["*"]
        report = make_published_report()
        feed = client.get("/laporan/umpan/?area=13.07", headers={"host": "jahat.invalid"}).content.decode()
        assert "jahat.invalid" not in feed
        assert f'href="https://kim.contoh.go.id/laporan/{report.public_id}/"' in feed
        assert 'href="https://kim.contoh.go.id/laporan/umpan/?area=13.07" rel="self"' in feed

    def test_of_one_area(self, client: Client) -> None:
        make_published_report()
        make_published_report(area="51.03.05.2003", text="Pantai kotor.")
        [entry] = entries(client, "?area=51.03")
        assert entry.findtext(f"{ATOM}summary") == "Pantai kotor."

    @pytest.mark.parametrize("code", ["99.99", "%00", "x"])
    def test_no_such_area(self, client: Client, code: str) -> None:
        assert client.get(f"/laporan/umpan/?area={code}").status_code == 404

    def test_a_withdrawn_report_leaves_the_feed(self, client: Client) -> None:
        make_published_report().unpublish(by=Actor("Petugas"), text="Salah tayang.")
        assert entries(client) == []
