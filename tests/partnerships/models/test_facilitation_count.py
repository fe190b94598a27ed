"""The grid of roles by tiers is read from counters that the action keeps, whatever the number of activities."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from partnerships.models import Facilitation, FacilitationCount, GovernmentRole, Tier
from partnerships.models.facilitation_count import Grid
from regions.models import Area
from tests.facilitation_access import RESULTS, make_facilitation
from tests.factories import make_area, make_institution, make_user
from tests.together import together

pytestmark = pytest.mark.django_db


def grid(area: str | None = None, year: int | None = None) -> Grid:
    return FacilitationCount.objects.all().grid(make_area(area) if area else None, year)


def cell(found: Grid, role: GovernmentRole, tier: Tier) -> int:
    row = next(row for row in found.rows if row.label == role.label)
    return dict(row.cells)[tier.label]


WORKSHOP, POLICY = GovernmentRole.WORKSHOP, GovernmentRole.POLICY


class TestGrid:
    def test_has_a_cell_for_each_role_and_tier_also_where_nothing_was_done(self) -> None:
        found = grid()
        assert (found.cells, found.filled, found.total) == (27, 0, 0)
        assert all(number == 0 for row in found.rows for _, number in row.cells)

    def test_counts_by_role_and_tier(self) -> None:
        make_facilitation()
        make_facilitation()
        make_facilitation("13", role="policy", tier="province")
        found = grid()
        assert cell(found, WORKSHOP, Tier.REGENCY) == 2
        assert cell(found, POLICY, Tier.PROVINCE) == 1
        assert (found.filled, found.total) == (2, 3)

    def test_an_area_counts_its_parts_and_what_was_for_an_area_above(self) -> None:
        for area, tier in (("13.07", "regency"), ("13.07.11", "regency"), ("13", "province"), (None, "central")):
            make_facilitation(area, tier=tier)
        make_facilitation("13.71")
        make_facilitation("32", tier="province")
        assert grid("13.07").total == 4
        assert grid("13.07.11").total == 4
        assert grid("13.07.03").total == 3
        assert grid("13").total == 5
        assert grid().total == 6

    def test_principles_count_the_lines_of_evidence(self) -> None:
        make_facilitation(synergy_evidence="Tiga lembaga.", measurable_evidence="Dihitung.", **RESULTS)
        make_facilitation(synergy_evidence="Dua lembaga.")
        assert {row.label: row.number for row in grid().principles if row.number} == {"Sinergitas": 2, "Terukur": 1}

    def test_a_year_is_one_of_them(self) -> None:
        make_facilitation(held_on=date(2025, 12, 31))
        make_facilitation(held_on=date(2026, 1, 1))
        assert [grid(year=year).total for year in (2025, 2026, None)] == [1, 1, 2]

    def test_needs_one_query_at_any_number(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        for number in range(1, 10):
            make_facilitation(held_on=date(2026, 1, number))
        area = make_area("13.07")
        with django_assert_num_queries(1):
            FacilitationCount.objects.all().grid(area, 2026)


class TestRecount:
    def test_a_changed_activity_leaves_its_old_cell(self) -> None:
        row = make_facilitation(held_on=date(2025, 3, 9))
        row.area, row.held_on, row.role = make_area("13.71"), date(2026, 3, 9), POLICY
        row.keep(by=make_user())
        assert (grid("13.07").total, grid("13.71").total) == (0, 1)
        assert (grid(year=2025).total, grid(year=2026).total) == (0, 1)
        assert cell(grid(), POLICY, Tier.REGENCY) == 1

    def test_counts_one_row_a_cell_for_the_whole_country_too(self) -> None:
        for _ in range(3):
            make_facilitation(None, tier="central")
        assert FacilitationCount.objects.get().number == 3

    def test_every_branch_of_the_area_has_its_index(self) -> None:
        """Small test tables lie on PostgreSQL: without sequential scans the plan shows whether an index can be used."""
        area = make_area("13.07")
        rows = FacilitationCount.objects.all().reaching(area).filter(year=2026)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL enable_seqscan = off")
            plan = rows.explain()
        assert "SCAN partnerships_facilitationcount" not in plan.replace("USING INDEX", "").replace("Bitmap Heap", "")
        assert "Seq Scan on partnerships_facilitationcount" not in plan


@pytest.mark.django_db(transaction=True)
def test_officers_who_store_at_once_are_all_counted() -> None:
    area, agency, officer = make_area("13.07"), make_institution(), make_user()

    def record() -> None:
        row = Facilitation(title="x", role="policy", tier="regency", held_on=date(2026, 1, 1))
        row.area, row.agency = Area.objects.get(pk=area.pk), agency
        row.keep(by=officer)

    together(8, record)
    assert FacilitationCount.objects.get().number == 8
