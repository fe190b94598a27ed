from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from libraries.models import DistrictLibraries, DistrictMonth, Library, Target
from libraries.models.figures import this_month
from libraries.months import shift
from tests.factories import make_user
from tests.libraries.making import make_library, make_month

LIST = "/perpustakaan/"


def plan_of(rows: Any) -> str:
    """How the database would find them; small tables are read in order unless PostgreSQL is told not to."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
    return str(rows.explain())


@pytest.mark.django_db
class TestPlans:
    """Eighty thousand libraries: no public page sorts or reads all of them."""

    @pytest.mark.parametrize("code", ["", "13", "13.07", "13.07.11"])
    def test_the_registry_is_read_in_the_order_of_an_index(self, code: str) -> None:
        make_library()
        rows = Library.objects.listed().as_cards()
        plan = plan_of((rows.within(code) if code else rows).order_by("folded", "id")[:21])
        assert re.search(r"library_(by_name|province|regency|district)\b", plan)
        assert not re.search(r"TEMP B-TREE|SCAN libraries|Seq Scan on libraries", plan)

    @pytest.mark.parametrize("model", [DistrictLibraries, DistrictMonth])
    def test_a_districts_sums_are_found_by_its_key(self, model: Any) -> None:
        make_month(make_library())
        plan = plan_of(model.objects.within("13.07.11"))
        assert not re.search(r"SCAN libraries|Seq Scan", plan)

    def test_the_countrys_months_are_summed_without_a_row(self) -> None:
        make_month(make_library())
        plan = plan_of(DistrictMonth.objects.between(date(2020, 1, 1), date(2099, 1, 1)).sums("month"))
        assert "district_month_country_sums" in plan
        if connection.vendor == "sqlite":  # PostgreSQL decides by how many pages were vacuumed
            assert "COVERING INDEX" in plan


@pytest.mark.django_db
class TestLibraryList:
    def test_found_by_words_however_spelled(self, client: Client) -> None:
        make_library(name="Perpustakaan Cahaya Nagari")
        make_library("51.03.05.2003", name="Perpustakaan Widya")
        for words, wanted in (("cahya", False), ("cahaya", True), ("talang", True), ("TALANG  maur", True)):
            page = client.get(LIST, {"q": words}).content.decode()
            assert ("Cahaya Nagari" in page, "Widya" in page) == (wanted, False), words

    def test_found_though_the_word_of_all_is_short_or_misspelled(self, client: Client) -> None:
        make_library(name="Perpustakaan Cahaya Nagari")
        for words, wanted in (("perpustakan cahaya", True), ("prpustakaan talang", True), ("perpus cahaya", True)):
            assert ("Cahaya Nagari" in client.get(LIST, {"q": words}).content.decode()) == wanted, words
        assert "Cahaya Nagari" not in client.get(LIST, {"q": "permata"}).content.decode()

    def test_narrowed_by_area(self, client: Client) -> None:
        make_library(name="Perpustakaan Cahaya")
        make_library("51.03.05.2003", name="Perpustakaan Widya")
        page = client.get(LIST, {"area": "51"}).content.decode()
        assert ("Cahaya" in page, "Widya" in page) == (False, True)

    def test_off_the_list_is_not_shown(self, client: Client) -> None:
        library = make_library(name="Perpustakaan Cahaya", is_listed=False)
        assert "Cahaya" not in client.get(LIST).content.decode()
        assert client.get(reverse("libraries:library_detail", args=[library.slug])).status_code == 404

    @pytest.mark.parametrize("rows", [1, 20])
    def test_queries_do_not_grow(self, client: Client, rows: int, django_assert_max_num_queries: Any) -> None:
        for _ in range(rows):
            make_library()
        with django_assert_max_num_queries(4):
            client.get(LIST)


@pytest.mark.django_db
class TestLibraryDetail:
    def page(self, client: Client, library: Library) -> str:
        return client.get(reverse("libraries:library_detail", args=[library.slug])).content.decode()

    def test_a_year_against_the_year_before_with_its_light(self, client: Client) -> None:
        library = make_library()
        last = shift(this_month(library), -1)
        for back in range(24):
            make_month(library, shift(last, -back), visits_onsite=20 if back < 12 else 10)
        Target.set_for(library, last.year, by=make_user(), targets={"visits": {"baseline": 100, "target": 300}})
        page = self.page(client, library)
        assert ">240<" in page
        assert "naik 100%" in page
        assert "Hampir" in page  # 240 of 300 is 80 %

    def test_a_gap_is_no_zero(self, client: Client) -> None:
        library = make_library()
        last = shift(this_month(library), -1)
        make_month(library, last, visits_onsite=5)
        page = self.page(client, library)
        assert "belum dicatat" in page
        assert "belum ada pembanding" in page
        assert "turun" not in page

    def test_a_growing_year_is_compared_with_the_same_months_only(self, client: Client) -> None:
        library = make_library()
        last = shift(this_month(library), -1)
        make_month(library, last, visits_onsite=30)
        for back in range(12, 24):
            make_month(library, shift(last, -back), visits_onsite=20)
        assert "naik 50%" in self.page(client, library)  # 30 against the 20 of that month, not against 240

    def test_queries_stay_few(self, client: Client, django_assert_max_num_queries: Any) -> None:
        library = make_library()
        for back in range(24):
            make_month(library, shift(date(2026, 10, 1), -back))
        with django_assert_max_num_queries(12):
            self.page(client, library)
