"""In how many villages there is an active KIM: from counters, down to the villages, at a cost that does not grow."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groups.models import DistrictCoverage, Kim
from regions.models import Area
from tests.factories import make_area, make_kim

NATION = reverse("groups:coverage")


def address(code):
    return reverse("groups:coverage_area", args=(code,))


def text(answer):
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.fixture
def country(db):
    """Five villages of three districts, one covered, one with a KIM that is not active."""
    for code in ("13.07.11.2001", "13.07.11.2004", "13.07.03.2002", "13.71.01.1001", "51.03.05.2003"):
        make_area(code)
    DistrictCoverage.objects.rebuild()
    make_kim("13.07.11.2004", "KIM Aktif", status="active")
    make_kim("13.07.11.2001", "KIM Menunggu", status="verified")
    make_kim("13.07.03.2002", "KIM Diajukan", status="submitted")


class TestCoverage:
    def test_the_country_in_one_line_with_its_formula(self, client, country):
        content = text(client.get(NATION))
        assert "<strong>1 dari 5</strong> desa dan kelurahan punya KIM aktif (20%)" in content
        assert "Cakupan = desa dan kelurahan" in content

    def test_each_province_has_a_tile_with_words_and_a_row(self, client, country):
        content = text(client.get(NATION))
        assert 'aria-label="Sumatera Barat: 1 dari 4, 25%"' in content
        assert ">Sumbar</text>" in content
        assert ">25%</text>" in content
        assert content.count(address("13")) == 2
        assert content.index(">Bali</a>") < content.index(">Sumatera Barat</a>")

    def test_before_anything_is_counted_it_says_so(self, client, db):
        assert "Cakupan belum dihitung" in text(client.get(NATION))

    def test_a_browser_asks_again_each_time(self, client, country):
        """An officer who approves a KIM and looks here sees it counted."""
        for place in (NATION, address("13.07")):
            assert "max-age" not in client.get(place).get("Cache-Control", "")

    def test_costs_two_queries(self, client, country):
        with CaptureQueriesContext(connection) as queries:
            client.get(NATION)
        assert len(queries) == 2

    def test_large_numbers_are_written_as_here(self, client, country):
        DistrictCoverage.objects.filter(area="13.07.11").update(villages=83762)
        assert "1 dari 83.765" in text(client.get(NATION))


class TestCoverageArea:
    @pytest.mark.parametrize(
        ("code", "line", "part"),
        [
            ("13", "1 dari 4", "13.07"),
            ("13.07", "1 dari 3", "13.07.11"),
            ("51", "0 dari 1", "51.03"),
        ],
    )
    def test_sums_the_counters_below(self, client, country, code, line, part):
        content = text(client.get(address(code)))
        assert f"<strong>{line}</strong>" in content
        assert address(part) in content

    def test_a_district_lists_the_villages_with_and_without(self, client, country):
        content = text(client.get(address("13.07.11")))
        without, covered = content.split("Punya KIM aktif (")
        assert "Belum punya KIM aktif (1)" in without
        assert "KIM Menunggu" in without
        assert "terverifikasi" in without
        assert "KIM Aktif" in covered
        assert "KIM Aktif" not in without

    def test_an_application_is_nobodys_business(self, client, country):
        assert "KIM Diajukan" not in text(client.get(address("13.07.03")))

    def test_a_village_leads_to_its_district(self, client, country):
        assert client.get(address("13.07.11.2004")).url == address("13.07.11")

    @pytest.mark.parametrize("code", ["99", "13.99", "x", "13.", "13.07.11.2004.1", "1" * 300, "13%00", "%F0%9F%98%80"])
    def test_what_is_no_area_is_404(self, client, country, code):
        for end in ("", "desa-tanpa-kim.csv"):
            assert client.get(f"/kim/cakupan/{code}/{end}").status_code == 404

    def test_a_replaced_area_shows_its_successor(self, client, country):
        make_area("13.07.12")
        Area.objects.filter(code="13.07.12").update(retired_on="2024-01-01", successor="13.07.11")
        assert "KIM Aktif" in text(client.get(address("13.07.12")))

    @pytest.mark.parametrize("code", ["13", "13.07", "13.07.11"])
    def test_costs_at_most_four_queries(self, client, country, code):
        for number in range(5):
            make_kim(make_area(f"13.07.11.20{number + 10}"), status="verified")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(code)).status_code == 200
        assert len(queries) <= 4

    def test_names_of_kim_stay_text(self, client, country):
        Kim.objects.filter(name="KIM Menunggu").update(name="<script>alert(1)</script>")
        assert "<script>alert" not in text(client.get(address("13.07.11")))


class TestCoverageDownload:
    def test_anybody_gets_the_villages_without_an_active_kim(self, client, country):
        answer = client.get(reverse("groups:coverage_download", args=("13.07",)))
        content = b"".join(answer.streaming_content).decode()
        assert "13.07.11.2001" in content
        assert "13.07.11.2004" not in content
        assert "13.71" not in content

    def test_a_single_village_has_no_list(self, client, country):
        assert client.get(reverse("groups:coverage_download", args=("13.07.11.2004",))).status_code == 404


class TestPlan:
    """On PostgreSQL small tables are read whole, or sorted, unless told not to; SQLite needs no such help."""

    def plan(self, queryset, *, is_sorted=False):
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL enable_seqscan = off")
                if is_sorted:  # by the index, whatever the statistics of the moment say
                    cursor.execute("SET LOCAL enable_sort = off")
        return queryset.explain()

    @pytest.mark.parametrize(("code", "index"), [("13", "coverage_province"), ("13.07", "coverage_regency")])
    def test_counters_are_found_by_their_index(self, country, code, index):
        assert index in self.plan(DistrictCoverage.objects.within(code).by("district"))

    def test_the_kim_of_a_district_are_found_by_theirs(self, country):
        plan = self.plan(Kim.objects.listed().within("13.07.11").order_by("folded", "id"), is_sorted=True)
        assert "kim_listed_district_code" in plan
        assert "Seq Scan" not in plan
        assert "SCAN groups_kim" not in plan
