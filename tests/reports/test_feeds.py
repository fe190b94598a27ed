"""The Atom feed: published words, stable ids."""

from __future__ import annotations

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
