from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from libraries.workflow import PointStatus
from tests.factories import make_area, make_user
from tests.libraries.making import make_library
from tests.libraries.models.test_synergy import make_bridge, make_placement, make_point


def page_of(client: Client, code: str = "13.07") -> str:
    return client.get(reverse("libraries:synergy", args=[code])).content.decode()


@pytest.mark.django_db
class TestSynergy:
    def test_everything_of_the_area_and_nothing_of_another(self, client: Client) -> None:
        make_area("51.03.02.2009")
        make_point()
        make_placement(supervisor="Dosen Bertanda")
        bridge = make_bridge()
        page, other = page_of(client), page_of(client, "51.03")
        for words in ("Ruang baca", "KKN Literasi", bridge.one.name, "12 mahasiswa"):
            assert words in page
            assert words not in other

    def test_no_person_is_named(self, client: Client) -> None:
        make_placement(supervisor="Dosen Bertanda")
        make_bridge()
        page = page_of(client)
        assert "Bertanda" not in page

    def test_counts_equal_the_rows(self, client: Client) -> None:
        for number in range(3):
            row = make_point(place=f"Tempat {number}")
            if number:
                row.move(PointStatus.PROPOSED, by=make_user())
        states = client.get(reverse("libraries:synergy", args=["13.07"])).context["states"]
        assert [number for _, _, number in states] == [1, 2, 0, 0]

    def test_what_is_installed_comes_last(self, client: Client) -> None:
        done = make_point(place="Sudah terpasang di sini")
        for step in (PointStatus.PROPOSED, PointStatus.SCHEDULED, PointStatus.INSTALLED):
            done.move(step, by=make_user(), day=timezone.localdate())
        make_point(place="Masih kosong di sini")
        page = page_of(client)
        assert page.index("Masih kosong") < page.index("Sudah terpasang di sini")

    @pytest.mark.parametrize("code", ["99", "13.99", "abc"])
    def test_what_is_no_area_is_no_page(self, client: Client, code: str) -> None:
        assert client.get(reverse("libraries:synergy", args=[code])).status_code == 404

    @pytest.mark.parametrize("rows", [1, 20])
    def test_queries_do_not_grow(self, client: Client, rows: int, django_assert_max_num_queries: Any) -> None:
        for number in range(rows):
            make_point(place=f"Tempat {number}")
            make_placement(programme=f"KKN {number}")
            make_bridge()
        with django_assert_max_num_queries(9):
            page_of(client)


@pytest.mark.django_db
class TestSupportOnThePage:
    def test_a_library_shows_its_internet_and_its_students(self, client: Client) -> None:
        library = make_library("13.07.11.2004")
        make_point(library=library)
        make_placement()
        page = client.get(reverse("libraries:library_detail", args=[library.slug])).content.decode()
        assert "Internet gratis, Ruang baca" in page
        assert "KKN Literasi" in page
        assert reverse("libraries:synergy", args=["13.07"]) in page
