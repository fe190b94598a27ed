"""Files that browsers and search engines look for at fixed addresses. All but the sitemap do without the database."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client

from kimportal.pages.site_files import STATIC_PAGES
from libraries.feeds import STATIC_PAGES as LIBRARY_PAGES
from tests.factories import make_published_report, make_report


class TestServiceWorker:
    def test_it_rules_over_the_whole_site_and_is_always_asked_for_anew(self, client: Client) -> None:
        response = client.get("/sw.js")
        assert response["Content-Type"] == "text/javascript"
        assert response["Cache-Control"] == "no-cache"

    def test_it_keeps_the_offline_page_and_its_looks_only(self, client: Client) -> None:
        script = client.get("/sw.js").content.decode()
        kept = script.split("KEPT = [")[1].split("]")[0]
        assert kept == 'OFFLINE, "/static/css/site.css", "/static/img/kawung.svg"'
        assert ".put(" not in script

    def test_it_leaves_every_post_alone(self, client: Client) -> None:
        assert 'if (request.method !== "GET") return;' in client.get("/sw.js").content.decode()


class TestManifest:
    def test_every_icon_exists(self, client: Client) -> None:
        response = client.get("/manifest.webmanifest")
        assert response["Content-Type"] == "application/manifest+json"
        icons = json.loads(response.content)["icons"]
        assert [client.get(icon["src"]).status_code for icon in icons] == [200, 200]


CODES = "/perpustakaan/agenda/pendaftaran/"


class TestRobots:
    @pytest.mark.parametrize(
        "path", ["/admin/", "/akun/", "/laporan/lacak/", "/laporan/status/", "/laporan/saya/", CODES]
    )
    def test_private_paths_are_not_for_crawlers(self, client: Client, path: str) -> None:
        assert f"Disallow: {path}\n" in client.get("/robots.txt").content.decode()


@pytest.mark.django_db
class TestSitemap:
    def addresses(self, client: Client) -> list[str]:
        tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
        nodes = tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
        return [(node.text or "").removeprefix(settings.SITE_URL) for node in nodes]

    def test_every_address_answers(self, client: Client) -> None:
        make_published_report()
        addresses = self.addresses(client)
        assert len(addresses) == len(STATIC_PAGES) + len(LIBRARY_PAGES) + 1
        assert {client.get(address).status_code for address in addresses} == {200}

    def test_it_names_published_reports_only(self, client: Client) -> None:
        shown, hidden = make_published_report(), make_report()
        assert f"/laporan/{shown.public_id}/" in self.addresses(client)
        assert hidden.public_id not in "".join(self.addresses(client))
