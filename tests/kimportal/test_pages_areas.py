"""Area pages: where people look for their own place."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role
from regions.models import Area, AreaPolicy
from tests.factories import make_area, make_grant, make_published_report, make_report, make_tree, make_user
from tests.libraries.making import make_library
from tests.partnerships.factories import make_active

pytestmark = pytest.mark.django_db
VILLAGE = "13.07.11.2004"


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


class TestAreaCodeConverter:
    def test_only_the_shape_of_a_code_makes_an_address(self) -> None:
        assert reverse("pages:area_detail", args=[VILLAGE]) == f"/wilayah/{VILLAGE}/"
        for wrong in ("cari", "13.7", "13.07.11.4004", "13.07.11.2004.1"):
            with pytest.raises(NoReverseMatch):
                reverse("pages:area_detail", args=[wrong])


class TestAreaList:
    def test_provinces_are_listed(self, client: Client) -> None:
        make_tree()
        html = page(client, "/wilayah/")
        assert 'href="/wilayah/13/">Sumatera Barat</a>' in html

    def test_a_search_shows_each_place_in_full_and_keeps_the_words(self, client: Client) -> None:
        make_tree()
        html = page(client, "/wilayah/?q=tanjung+bungo")
        assert "Nagari Tanjuang Bungo, Kecamatan Suliki, Kabupaten Lima Puluh Kota, Sumatera Barat" in html
        assert 'value="tanjung bungo"' in html

    @pytest.mark.parametrize("words", ["zzzz", "ab", "%00", "<b>", "x" * 500])
    def test_words_that_find_nothing_get_advice(self, client: Client, words: str) -> None:
        make_area()
        html = client.get("/wilayah/", {"q": words}).content.decode()
        assert "Tidak ada wilayah dengan nama itu" in html

    def test_more_than_fit_asks_for_another_word(self, client: Client) -> None:
        for number in range(31):
            make_area(f"13.07.11.{2100 + number}", name="Sidomulyo")
        assert "Masih ada yang lain" in page(client, "/wilayah/?q=sidomulyo")


class TestAreaDetail:
    def test_it_shows_what_lies_above_and_in_it(self, client: Client) -> None:
        make_tree()
        html = page(client, "/wilayah/13.07/")
        assert "<h1>Kabupaten Lima Puluh Kota</h1>" in html
        assert 'href="/wilayah/13/"' in html
        assert "Kecamatan Mungka</a>" in html

    def test_an_unknown_code_is_404(self, client: Client) -> None:
        assert client.get("/wilayah/99/").status_code == 404

    def test_a_replaced_area_leads_to_what_holds_today(self, client: Client) -> None:
        new, old = make_area(VILLAGE), make_area("13.07.11.2009", name="Lama")
        Area.objects.filter(pk=old.pk).update(successor=new, retired_on=timezone.localdate())
        assert client.get(f"/wilayah/{old.code}/").headers["Location"] == f"/wilayah/{VILLAGE}/"

    def test_a_retired_area_without_successor_says_so(self, client: Client) -> None:
        area = make_area(VILLAGE)
        Area.objects.filter(pk=area.pk).update(retired_on=timezone.localdate())
        assert "tidak berlaku lagi" in page(client, f"/wilayah/{VILLAGE}/")

    def test_whether_reports_are_served_is_said_before_a_word_is_typed(self, client: Client) -> None:
        make_area(VILLAGE)
        assert "belum melayani laporan" in page(client, f"/wilayah/{VILLAGE}/")
        make_grant(make_user(), Role.REPORT_COORDINATOR, "13.07")
        html = page(client, f"/wilayah/{VILLAGE}/")
        assert "dilayani oleh petugas Kabupaten Lima Puluh Kota" in html
        assert f"/laporan/baru/?wilayah={VILLAGE}" in html

    def test_112_stands_only_where_it_is_run(self, client: Client) -> None:
        area = make_area(VILLAGE)
        assert "tel:112" not in page(client, f"/wilayah/{VILLAGE}/")
        AreaPolicy.objects.create(area=area, has_112=True)
        assert "tel:112" in page(client, f"/wilayah/{VILLAGE}/")

    def test_published_reports_of_its_subtree_and_no_others(self, client: Client) -> None:
        make_published_report(VILLAGE, text="Dari sini.")
        make_published_report("33.73.02.1004", text="Dari tempat lain.")
        hidden = make_report(VILLAGE, description="Belum diperiksa.")
        html = page(client, "/wilayah/13/")
        assert "Dari sini." in html
        assert "Dari tempat lain." not in html
        assert "Belum diperiksa." not in html
        assert hidden.public_id not in html

    def test_libraries_and_partnerships_of_its_subtree(self, client: Client) -> None:
        make_tree()
        assert "/perpustakaan/?area" not in page(client, "/wilayah/13.07/")
        library = make_library(VILLAGE)
        make_active()
        html = page(client, "/wilayah/13.07/")
        assert f'href="/perpustakaan/{library.slug}/"' in html
        assert 'href="/perpustakaan/?area=13.07"' in html
        assert 'href="/kemitraan/?area=13.07"' in html
        elsewhere = page(client, "/wilayah/33/")
        assert library.slug not in elsewhere
        assert "/kemitraan/?area" not in elsewhere

    def test_older_reports_are_a_step_away_and_back(self, client: Client) -> None:
        for number in range(21):
            make_published_report(VILLAGE, text=f"Nomor-{number:02}")
        first = client.get(f"/wilayah/{VILLAGE}/")
        assert "Nomor-00" not in first.content.decode()
        second = page(client, f"/wilayah/{VILLAGE}/?cursor={first.context['page'].next_cursor}")
        assert "Nomor-00" in second
        assert "Lebih baru" in second

    @pytest.mark.parametrize("cursor", ["x", "%00", "a" * 1000])
    def test_a_broken_cursor_shows_the_first_page(self, client: Client, cursor: str) -> None:
        make_published_report(VILLAGE, text="Dari sini.")
        assert "Dari sini." in page(client, f"/wilayah/{VILLAGE}/?cursor={cursor}")

    @pytest.mark.parametrize("rows", [1, 20])
    def test_queries_do_not_grow_with_the_reports(
        self, client: Client, rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _ in range(rows):
            make_published_report(VILLAGE)
        with django_assert_max_num_queries(
            10
        ):  # with its announcements and libraries; twelve is the budget of such a page
            page(client, "/wilayah/13.07.11/")
