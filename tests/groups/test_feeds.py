from __future__ import annotations

from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.feeds import sitemap_entries
from tests.factories import make_announcement, make_area, make_kim

pytestmark = pytest.mark.django_db
FEED = reverse("groups:announcement_feed")


def content(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


class TestAnnouncementFeed:
    def test_is_only_read(self, client: Client) -> None:
        for address in (FEED, reverse("groups:kim_feed", args=[make_kim().slug])):
            assert client.post(address).status_code == 405

    def test_a_letter_that_xml_cannot_hold_takes_the_feed_from_nobody(self, client: Client) -> None:
        kim = make_kim(name="KIM\x01 Maju")
        make_announcement(kim, title="Rap\x0bat \uffff", body="Jam\x02 delapan")
        for feed in (content(client, FEED), content(client, reverse("groups:kim_feed", args=[kim.slug]))):
            assert "Rapat" in ElementTree.fromstring(feed.encode())[-1][0].text
            assert "Jam delapan" in feed

    def test_addresses_are_the_portals_own_whatever_host_asks(self, client: Client, settings: Any) -> None:
        settings.SITE_URL, settings.ALLOWED_HOSTS = "https://kim.contoh.go.id", ["*"]
        make_area("13.07")
        kim = make_kim(area="13.07.11.2004")
        row = make_announcement(kim)
        addresses = (FEED, f"{FEED}?area=13.07", reverse("groups:kim_feed", args=[kim.slug]))
        for address in addresses:
            feed = client.get(address, headers={"host": "jahat.invalid"}).content.decode()
            assert "jahat.invalid" not in feed
            assert f'href="https://kim.contoh.go.id{row.get_absolute_url()}"' in feed
            assert f'href="https://kim.contoh.go.id{address}" rel="self"' in feed

    def test_scheduled_drafts_and_expired_are_not_in_it(self, client: Client) -> None:
        hour = timedelta(hours=1)
        make_announcement(title="Sedang tampil")
        make_announcement(title="Besok tampil", at=timezone.now() + hour)
        make_announcement(title="Masih draf", published=False)
        make_announcement(title="Sudah lewat", at=timezone.now() - 2 * hour, expires_at=timezone.now() - hour)
        feed = content(client, FEED)
        assert "Sedang tampil" in feed
        for title in ("Besok tampil", "Masih draf", "Sudah lewat"):
            assert title not in feed
        assert len(sitemap_entries()) == 1

    def test_an_area_gets_what_is_for_it_and_its_parts(self, client: Client) -> None:
        make_area("13.07")
        make_announcement(title="Untuk provinsi", area="13", office="13")
        make_announcement(title="Untuk Salatiga", area="33.73", office="33.73")
        feed = content(client, f"{FEED}?area=13.07")
        assert "Untuk provinsi" in feed
        assert "Untuk Salatiga" not in feed

    @pytest.mark.parametrize("code", ["99", "x", "13.07'--", "13.07.11.2004.1"])
    def test_unknown_area_is_404(self, client: Client, code: str) -> None:
        assert client.get(FEED, {"area": code}).status_code == 404

    def test_queries_do_not_grow(self, client: Client, django_assert_max_num_queries: object) -> None:
        for _ in range(20):
            make_announcement()
        with django_assert_max_num_queries(4):
            content(client, f"{FEED}?area=13.07")


class TestKimFeed:
    def test_has_this_kims_alone(self, client: Client) -> None:
        kim, other = make_kim(), make_kim()
        make_announcement(kim, title="Milik kami")
        make_announcement(other, title="Milik tetangga")
        feed = content(client, reverse("groups:kim_feed", args=[kim.slug]))
        assert "Milik kami" in feed
        assert "Milik tetangga" not in feed

    def test_a_kim_that_is_not_listed_has_none(self, client: Client) -> None:
        kim = make_kim(status="submitted")
        assert client.get(reverse("groups:kim_feed", args=[kim.slug])).status_code == 404
