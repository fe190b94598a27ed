from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_area, make_tree

pytestmark = pytest.mark.django_db
ADDRESS = "/wilayah/cari/"


class TestAreaSearch:
    def test_a_visitor_gets_each_area_in_full(self, client: Client) -> None:
        make_tree()
        answer = client.get(ADDRESS, {"q": "tanjung bungo", "level": "village"})
        assert answer.json() == {
            "areas": [
                {
                    "code": "13.07.01.2003",
                    "name": "Nagari Tanjuang Bungo",
                    "full_name": "Nagari Tanjuang Bungo, Kecamatan Suliki, Kabupaten Lima Puluh Kota, Sumatera Barat",
                }
            ],
            "has_more": False,
        }
        assert reverse("regions:area_search") == ADDRESS

    def test_the_answer_may_be_kept_and_sets_no_cookie(self, client: Client) -> None:
        answer = client.get(ADDRESS, {"q": "tal"})
        assert answer["Cache-Control"] == "public, max-age=3600"
        assert not answer.cookies

    @pytest.mark.parametrize("level", ["", "galaxy", "village\0"])
    def test_without_a_known_level_all_are_searched(self, client: Client, level: str) -> None:
        make_tree()
        codes = [area["code"] for area in client.get(ADDRESS, {"q": "mungka", "level": level}).json()["areas"]]
        assert codes == ["13.07.11", "13.07.11.2004"]

    @pytest.mark.parametrize("words", ["", "ta", "\0", "a" * 100_000, "%' --", "\ud7ff\uffff"])
    def test_odd_words_get_an_empty_list(self, client: Client, words: str) -> None:
        assert client.get(ADDRESS, {"q": words}).json()["areas"] == []

    def test_at_most_twenty_and_few_queries(self, client: Client, django_assert_max_num_queries: Any) -> None:
        for number in range(2001, 2030):
            make_area(f"35.15.01.{number}", f"Sukamaju {number}")
        with django_assert_max_num_queries(5):
            found = client.get(ADDRESS, {"q": "sukamaju"}).json()
        assert (len(found["areas"]), found["has_more"]) == (20, True)

    def test_it_is_only_read(self, client: Client) -> None:
        assert client.post(ADDRESS).status_code == 405
