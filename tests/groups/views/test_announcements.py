"""What everybody may read of announcements."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.models import Announcement, Dissemination
from tests.factories import make_announcement, make_area, make_image, make_kim, make_user

pytestmark = pytest.mark.django_db
LIST = reverse("groups:announcement_list")
HOUR = timedelta(hours=1)


def html(client: Client, address: str, **query: Any) -> str:
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


def hidden_ones() -> list[Announcement]:
    """A scheduled one, a draft, a withdrawn one."""
    withdrawn = make_announcement(title="Rahasia ditarik")
    withdrawn.withdraw(by=make_user())
    kim = make_kim(name="KIM Terjadwal")
    soon = timezone.now() + HOUR
    return [
        make_announcement(kim, title="Rahasia terjadwal", at=soon, pinned_until=soon + HOUR),
        make_announcement(title="Rahasia draf", published=False),
        withdrawn,
    ]


class TestBeforeItsTime:
    """A scheduled announcement is visible nowhere, by no address or feed, before its time."""

    def test_by_no_address(self, client: Client) -> None:
        photo = make_image()
        for row in hidden_ones():
            Announcement.objects.filter(pk=row.pk).update(photo=photo, photo_alt="x")
            for name in ("announcement_short", "announcement_poster", "announcement_pdf"):
                assert client.get(reverse(f"groups:{name}", args=[row.public_id])).status_code == 404, name
            assert client.get(row.get_absolute_url()).status_code == 404
            picture = reverse("groups:announcement_photo", args=[row.public_id, photo.pk, "small"])
            assert client.get(picture).status_code == 404

    def test_in_no_list(self, client: Client) -> None:
        kim = hidden_ones()[0].kim
        assert kim
        pages = ["/", LIST, "/sitemap.xml", reverse("groups:announcement_feed"), kim_page(kim), "/wilayah/13.07/"]
        pages += [reverse("groups:kim_feed", args=[kim.slug]), reverse("groups:kim_bulletin", args=[kim.slug])]
        pages += [f"{LIST}?q=rahasia", f"{LIST}?area=13.07", f"{LIST}?kind=news"]
        for page in pages:
            text = html(client, page)
            assert "Rahasia" not in text, page
            assert "rahasia-" not in text, page

    def test_not_among_related_ones(self, client: Client) -> None:
        kim = hidden_ones()[0].kim
        assert "Rahasia" not in html(client, make_announcement(kim).get_absolute_url())

    def test_the_same_pages_show_one_that_is_out(self, client: Client) -> None:
        row = make_announcement(make_kim(), title="Rahasia umum")
        for page in ("/", LIST, row.get_absolute_url(), f"{LIST}?q=rahasia", "/wilayah/13.07/"):
            assert "Rahasia umum" in html(client, page), page
        assert "rahasia-umum" in html(client, "/sitemap.xml")


def kim_page(kim: Any) -> str:
    return reverse("groups:kim_detail", args=[kim.slug])


class TestAnnouncementList:
    @pytest.mark.parametrize("rows", [1, 20])
    @pytest.mark.parametrize("query", [{}, {"area": "13.07.11.2004"}, {"q": "posyandu", "kind": "news"}])
    def test_at_most_four_queries(
        self, client: Client, rows: int, query: dict[str, str], django_assert_max_num_queries: Any
    ) -> None:
        kim = make_kim()
        for number in range(rows):
            make_announcement(kim, pinned_until=timezone.now() + HOUR if number % 2 else None)
        with django_assert_max_num_queries(4):
            html(client, LIST, **query)

    def test_says_where_a_common_word_was_looked_for(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        make_announcement(title="Posyandu")
        assert "Yang dicari hanya pengumuman terbaru" not in html(client, LIST, q="posyandu")
        monkeypatch.setattr("groups.models.announced.FEW", 0)
        assert "Yang dicari hanya pengumuman terbaru" in html(client, LIST, q="posyandu")

    def test_pinned_stand_first_and_once_and_pages_lose_none(self, client: Client) -> None:
        make_area("13.07")
        old = timezone.now() - timedelta(days=30)
        pinned = make_announcement(at=old, pinned_until=timezone.now() + HOUR)
        others = [make_announcement() for _ in range(45)]
        seen, cursor = [], ""
        while True:
            context = client.get(LIST, {"cursor": cursor} if cursor else {}).context
            if not cursor:
                assert context["pinned"] == [pinned]
                assert pinned not in context["page"].rows
            seen += context["page"].rows
            cursor = context["page"].next_cursor
            if not cursor:
                break
        assert seen[:45] == others[::-1]
        assert set(seen) == {*others, pinned}

    def test_filters_by_area_kind_and_words(self, client: Client) -> None:
        make_announcement(title="Vaksin ternak", kind="service")
        make_announcement(title="Awas longsor", kind="warning")
        make_announcement(title="Lomba desa", area="33.73", office="33.73")
        found = {key: html(client, LIST, **query) for key, query in QUERIES.items()}
        assert [key for key, text in found.items() if "Vaksin ternak" in text] == ["area", "kind", "words"]
        assert [key for key, text in found.items() if "Awas longsor" in text] == ["area"]
        assert "Lomba desa" in found["other"]

    def test_an_area_that_is_unknown_says_so_and_shows_nothing(self, client: Client) -> None:
        make_announcement(title="Vaksin ternak")
        text = html(client, LIST, area="99")
        assert "Vaksin ternak" not in text
        assert "Perbaiki saringan" in text

    @pytest.mark.parametrize("cursor", ["x", "%00", "e30", "\ud800"])
    def test_a_malformed_cursor_is_the_first_page(self, client: Client, cursor: str) -> None:
        row = make_announcement()
        assert client.get(LIST, {"cursor": cursor.encode(errors="replace")}).context["page"].rows == [row]


QUERIES = {
    "area": {"area": "13.07"},
    "kind": {"kind": "service"},
    "words": {"q": "vaksin"},
    "other": {"area": "33.73"},
}


class TestAnnouncementDetail:
    def test_a_wrong_or_missing_slug_leads_to_the_page(self, client: Client) -> None:
        row = make_announcement(title="Posyandu Senin")
        right = row.get_absolute_url()
        assert right.endswith("-posyandu-senin/")
        for wrong in (f"/pengumuman/{row.public_id}-lain/", f"/pengumuman/{row.public_id}/"):
            assert client.get(wrong)["Location"] == right

    @pytest.mark.parametrize("address", ["aaaaaaaaaa", "aaaaaaaaaa-x", "x", "A'--"])
    def test_unknown_is_404(self, client: Client, address: str) -> None:
        assert client.get(f"/pengumuman/{address}/").status_code == 404

    def test_an_expired_one_says_so(self, client: Client) -> None:
        row = make_announcement(at=timezone.now() - 2 * HOUR, expires_at=timezone.now() - HOUR)
        assert "sudah berakhir pada" in html(client, row.get_absolute_url())
        assert "Bagikan" not in html(client, row.get_absolute_url())

    def test_related_are_of_the_same_kim_and_for_the_same_people(self, client: Client) -> None:
        kim = make_kim(name="KIM Singgalang")
        make_announcement(kim, title="Saudara")
        make_announcement(title="Tetangga")
        make_announcement(title="Jauh", area="33.73", office="33.73")
        text = html(client, make_announcement(kim).get_absolute_url())
        assert "Lainnya dari KIM Singgalang" in text
        assert "Saudara" in text
        assert "Tetangga" in text
        assert "Jauh" not in text

    def test_a_relay_names_the_dinas_and_the_note(self, client: Client) -> None:
        row = make_announcement()
        copy = row.relay(make_kim(), by=make_user(), note="Di <b>balai</b>.")
        text = html(client, copy.get_absolute_url())
        assert "Diteruskan dari Diskominfo Kabupaten Lima Puluh Kota" in text
        assert "Di &lt;b&gt;balai&lt;/b&gt;." in text
        assert "<strong>1</strong> KIM" in html(client, row.get_absolute_url())

    def test_where_it_was_spread(self, client: Client) -> None:
        row = make_announcement()
        for values in ({"channel": "notice_board", "place": "Kantor nagari"}, WEB, GROUP):
            Dissemination(announcement=row, people=5, **values).keep(by=make_user())
        text = html(client, row.get_absolute_url())
        assert "masih terpasang" in text
        assert '<a href="https://contoh.id/a"' in text
        assert "javascript:alert(1)" in text
        assert 'href="javascript' not in text
        assert "<strong>15</strong> orang" in text

    def test_only_writers_are_offered_to_edit_and_admins_to_relay(self) -> None:
        admin, row = make_user(), make_announcement()
        kim = make_kim(admin=admin)
        client = Client()
        client.force_login(admin)
        assert f"Teruskan lewat {kim}" in html(client, row.get_absolute_url())
        assert "Catat penyebaran" not in html(client, row.get_absolute_url())
        assert "Catat penyebaran" in html(client, make_announcement(kim).get_absolute_url())
        assert "Teruskan lewat" not in html(Client(), row.get_absolute_url())

    def test_at_most_twelve_queries(self, client: Client, django_assert_max_num_queries: Any) -> None:
        kim = make_kim()
        rows = [make_announcement(kim) for _ in range(20)]
        for _ in range(20):
            Dissemination(announcement=rows[0], channel="meeting", place="x").keep(by=make_user())
        with django_assert_max_num_queries(12):
            html(client, rows[0].get_absolute_url())


WEB = {"channel": "website", "address": "https://contoh.id/a"}
GROUP = {"channel": "instant_message", "address": "javascript:alert(1)"}


class TestAnnouncementPhoto:
    def test_is_public_with_its_announcement_and_belongs_to_it(self, client: Client) -> None:
        photo, other = make_image(), make_image()
        row = make_announcement(photo=photo, photo_alt="Balai")
        address = reverse("groups:announcement_photo", args=[row.public_id, photo.pk, "small"])
        assert client.get(address).status_code == 200
        assert client.get(address.replace(str(photo.pk), str(other.pk))).status_code == 404
        assert client.get(address.replace("small", "raw")).status_code == 404

    def test_so_is_a_proof(self, client: Client) -> None:
        row, proof = make_announcement(), make_image()
        Dissemination(announcement=row, channel="meeting", place="x", proof=proof).keep(by=make_user())
        assert (
            client.get(reverse("groups:announcement_photo", args=[row.public_id, proof.pk, "small"])).status_code == 200
        )
