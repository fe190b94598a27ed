"""What everybody reads of a plan."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from libraries.models import Library, Plan, Target
from libraries.strategy import GENERAL_GOAL, GoalKind
from regions.models import CustomaryVillage
from tests.factories import make_area, make_user
from tests.libraries.making import adopt, make_librarian, make_library, make_plan, make_planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def library() -> Library:
    return make_library()


def words_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


class TestPlanList:
    def test_visitors_see_adopted_plans_alone(self, client: Client, library: Library) -> None:
        adopt(make_plan(library, 2025))
        make_plan(library, 2026)
        text = words_of(client, f"/perpustakaan/{library.slug}/rencana/")
        assert "Rencana tahunan 2025" in text
        assert "Rencana tahunan 2026" not in text
        client.force_login(make_librarian())
        assert "Draf, belum tampil untuk umum" in words_of(client, f"/perpustakaan/{library.slug}/rencana/")


class TestPlanDetail:
    def path(self, library: Library, year: int = 2026) -> str:
        return f"/perpustakaan/{library.slug}/rencana/{year}/"

    def test_a_draft_is_no_page_for_strangers(self, client: Client, library: Library) -> None:
        make_plan(library)
        assert client.get(self.path(library)).status_code == 404
        client.force_login(make_librarian())
        assert "Ini draf" in words_of(client, self.path(library))

    def test_the_sheet_shows_goals_money_and_targets(self, client: Client, library: Library) -> None:
        by, plan = make_user(), make_plan(library)
        make_planned(plan, title="Server baru", budget=3_000_000, source="central", month=3)
        goal = plan.goals.get(kind=GoalKind.INVOLVEMENT)
        goal.change(by=by, version=1, aim="Setiap jorong ikut", numbers=[4])
        Target.set_for(library, 2026, by=by, targets={"involvement": {"baseline": 1, "target": 350}})
        adopt(plan)
        text = words_of(client, self.path(library))
        assert GENERAL_GOAL in text
        assert "4. Pendidikan berkualitas" in text
        assert "Setiap jorong ikut" in text
        assert "pelibatan masyarakat 350" in text
        assert "Rp&nbsp;3.000.000, APBN" in text
        assert "Keswadayaan: <strong>25%</strong>" in text
        assert "Belum ada kegiatan untuk tujuan ini." in text

    def test_the_desa_adat_stands_before_the_village(self, client: Client) -> None:
        village = CustomaryVillage.objects.create(name="Uji", area=make_area("13.07.11.2004"))
        library = make_library(customary_village=village)
        adopt(make_plan(library))
        assert "Desa Adat Uji, " in words_of(client, self.path(library))

    @pytest.mark.parametrize("year", ["0", "999999999999999999999"])
    def test_a_year_without_a_plan_is_no_page(self, client: Client, library: Library, year: str) -> None:
        assert client.get(f"/perpustakaan/{library.slug}/rencana/{year}/").status_code == 404

    @pytest.mark.parametrize("number", [1, 20])
    def test_a_long_plan_costs_no_more_queries(
        self, client: Client, library: Library, number: int, django_assert_max_num_queries: Any
    ) -> None:
        plan = make_plan(library)
        for _ in range(number):
            make_planned(plan)
        adopt(plan)
        client.force_login(make_librarian())
        with django_assert_max_num_queries(12):
            client.get(self.path(library))


def test_plans_keep_the_order_of_years(library: Library) -> None:
    for year in (2025, 2027, 2026):
        make_plan(library, year)
    assert [plan.year for plan in Plan.objects.all()] == [2027, 2026, 2025]
