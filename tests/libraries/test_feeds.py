"""The lists for search engines: every address answers, and nothing is named that is not published."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from libraries.workflow import ArticleStatus, StoryStatus
from tests.factories import make_area, make_user
from tests.libraries.agendas import make_activity
from tests.libraries.making import make_library, make_month
from tests.libraries.models.test_article import make_article
from tests.libraries.stories import make_story

pytestmark = pytest.mark.django_db


def addresses(client: Client, path: str) -> list[str]:
    response = client.get(path)
    assert response["Content-Type"] == "application/xml"
    nodes = ElementTree.fromstring(response.content).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    return [(node.text or "").removeprefix(settings.SITE_URL) for node in nodes]


class TestSitemapProvince:
    PATH = "/perpustakaan/peta-situs-13.xml"

    def test_every_address_answers(self, client: Client) -> None:
        library = make_library()
        make_month(library, timezone.localdate().replace(year=timezone.localdate().year - 1, day=1))
        make_activity(library)
        make_story(library)
        found = addresses(client, self.PATH)
        assert len(found) == len(set(found)) == 8
        assert {client.get(path).status_code for path in found} == {200}

    def test_what_is_not_published_is_not_named(self, client: Client) -> None:
        library, hidden = make_library(), make_library()
        make_story(library, StoryStatus.SUBMITTED)
        make_story(hidden)
        make_activity(hidden)
        make_activity(library).cancel(by=make_user(), reason="Hujan.")
        hidden.change(by=make_user(), is_listed=False)
        found = "".join(addresses(client, self.PATH))
        assert hidden.slug not in found
        assert "/cerita/" not in found
        assert "/agenda/" not in found
        assert f"{library.slug}/laporan/" not in found  # nobody entered a month: an empty sheet is no page to find

    def test_a_province_without_libraries_names_nothing(self, client: Client) -> None:
        make_library("51.03.05.2003")
        make_area("13")
        assert addresses(client, self.PATH) == []

    @pytest.mark.parametrize("code", ["13.07", "99", "x"])
    def test_only_provinces_have_one(self, client: Client, code: str) -> None:
        make_library()
        assert client.get(f"/perpustakaan/peta-situs-{code}.xml").status_code == 404


class TestSitemapIndex:
    def test_it_names_every_province_and_robots_names_it(self, client: Client) -> None:
        make_library()
        assert addresses(client, "/perpustakaan/peta-situs.xml") == [TestSitemapProvince.PATH]
        assert "/perpustakaan/peta-situs.xml" in client.get("/robots.txt").content.decode()


class TestSitemapEntries:
    def test_published_articles_are_in_the_main_list(self, client: Client) -> None:
        shown = make_article()
        hidden = make_article(ArticleStatus.DRAFT, title="Belum tayang")
        found = "".join(addresses(client, "/sitemap.xml"))
        assert f"/perpustakaan/artikel/{shown.slug}/" in found
        assert hidden.slug not in found
