from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection

from regions.models import Area, AreaAlias, LocalTerm
from regions.models.searching import Prefix, named, search
from tests.factories import make_area

pytestmark = pytest.mark.django_db

PLACES = {
    "13.07.11.2004": None,  # Talang Maur
    "13.07.11.2001": None,
    "13.07.03.2002": None,  # Taeh Bukik
    "13.07.01.2003": None,  # Tanjuang Bungo
    "13.76.01.1001": None,
    "13.75": None,
    "18.01.05.2001": "Sidomulyo",
    "12.05.13.2001": "Sidomulyo",
    "34.04.07.2001": "Caturtunggal",
    "35.15.01.2001": "Sidomulyo Indah",
}


@pytest.fixture
def places() -> None:
    for code, name in PLACES.items():
        make_area(code, name)
    AreaAlias.objects.create(area_id="13.07", name="50 Kota")
    AreaAlias.objects.create(area_id="13.07", name="Limapuluh Kota")


def codes(words: str, level: str | None = None, limit: int = 20) -> list[str]:
    return [area.code for area in Area.objects.search(words, level, limit).areas]


@pytest.mark.usefixtures("places")
class TestSearch:
    @pytest.mark.parametrize(
        ("words", "first"),
        [
            ("Tanjung Bungo", "13.07.01.2003"),
            ("tanjung bunga", "13.07.01.2003"),
            ("Taeh Bukit", "13.07.03.2002"),
            ("TALANG", "13.07.11.2004"),
            ("talangmaur", "13.07.11.2004"),
            ("talang maur mungka", "13.07.11.2004"),
            ("talang maur 50 kota", "13.07.11.2004"),
            ("nagari talang maur", "13.07.11.2004"),
            ("Nagari Talang Maur, Kecamatan Mungka, Kabupaten Lima Puluh Kota, Sumatera Barat", "13.07.11.2004"),
            ("sidomulyo lampung", "18.01.05.2001"),
            ("sidomulyo, lampung selatan", "18.01.05.2001"),
            ("50 kota", "13.07"),
            ("Limapuluh Kota", "13.07"),
            ("kota payakumbuh", "13.76"),
            ("kecamatan payakumbuh", "13.07.03"),
            ("kab lima puluh kota", "13.07"),
            ("13.07.11.2004", "13.07.11.2004"),
            (" 13.07.11.2004. ", "13.07.11.2004"),
        ],
    )
    def test_best_match_comes_first(self, words: str, first: str) -> None:
        assert codes(words)[0] == first

    def test_district_lists_its_villages_after_those_of_that_name(self) -> None:
        assert codes("mungka", "village") == ["13.07.11.2001", "13.07.11.2004"]

    def test_district_and_regency_give_the_villages_where_none_has_that_name(self) -> None:
        assert codes("depok sleman", "village") == ["34.04.07.2001"]

    def test_city_gives_its_villages_where_no_village_and_no_district_has_that_name(self) -> None:
        assert codes("bukittinggi", "village") == []
        make_area("13.75.01.1001", "Bukit Cangang")
        assert codes("bukittinggi", "village") == ["13.75.01.1001"]

    def test_exact_name_stands_before_longer_ones(self) -> None:
        assert codes("sidomulyo", "village") == ["12.05.13.2001", "18.01.05.2001", "35.15.01.2001"]

    def test_more_than_the_limit_is_said(self) -> None:
        found = Area.objects.search("sidomulyo", "village", limit=2)
        assert (len(found.areas), found.has_more) == (2, True)

    @pytest.mark.parametrize("words", ["", "si", "s i", "…", "\0\0\0", "zzzz", "%%%", "99.99", "' OR 1=1", "a " * 500])
    def test_nothing_is_found_for_nothing(self, words: str) -> None:
        assert codes(words) == []

    def test_code_above_lists_what_is_below(self) -> None:
        assert codes("13.07.11", "village") == ["13.07.11.2001", "13.07.11.2004"]

    def test_retired_area_is_not_offered(self) -> None:
        Area.objects.filter(code="13.07.11.2004").update(retired_on=date(2026, 1, 1))
        assert codes("talang maur") == []

    def test_words_above_must_begin_a_word(self) -> None:
        assert "35.15.01.2001" not in codes("sidomulyo barat", "village")


def plan(queryset: Any) -> str:
    """What the database means to do. PostgreSQL reads a small table in full unless told that this is dear."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    return str(queryset.explain())


@pytest.fixture
def crowd() -> None:
    """Enough villages that a planner has something to choose, and its figures brought up to date."""
    district = make_area("35.15.02")
    terms = LocalTerm.objects.terms()
    villages = [Area(code=f"35.15.02.{number}", name=f"{number:o} Desa {number}") for number in range(2001, 3000)]
    for village in villages:
        village.derive(district, terms, {})
    Area.objects.bulk_create(villages)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE regions_area")


@pytest.mark.usefixtures("places", "crowd")
class TestPlan:
    @pytest.mark.parametrize("level", ["village", None])
    def test_spelling_and_sound_are_found_by_their_index(self, level: str | None) -> None:
        for condition, index in zip(named(["talang"]), ("area_plain", "area_sound"), strict=True):
            rows = Area.objects.in_use().at_level(level).filter(condition).order_by("plain", "code")[:21]
            told = plan(rows)
            assert index in told
            bound = f"{index[5:]}>?" if connection.vendor == "sqlite" else f"{index[5:]})::text ~>=~"
            assert bound in told  # entered at the letters, not read from end to end

    def test_tree_is_cut_out_by_the_primary_key(self) -> None:
        told = plan(Area.objects.within("13.07"))
        assert "SCAN regions_area" not in told
        assert "Seq Scan" not in told

    def test_prefix_takes_signs_of_like_as_letters(self) -> None:
        assert Prefix.lookup_name == "prefix"
        assert not Area.objects.filter(plain__prefix="%").exists()
        assert not Area.objects.filter(plain__prefix="_alang").exists()

    def test_search_of_one_name_needs_few_queries(self, django_assert_max_num_queries: Any) -> None:
        with django_assert_max_num_queries(5):
            search(Area.objects.all(), Area.objects.all().at_level("village"), "talang", 20)
