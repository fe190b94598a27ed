"""One part of a plan a page: nothing typed is lost, and two people's words are laid side by side."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from libraries.models import Library, Plan, PlannedActivity
from libraries.strategy import GoalKind
from libraries.workflow import ItemState
from tests.factories import make_user
from tests.libraries.making import adopt, make_librarian, make_library, make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def library() -> Library:
    return make_library()


@pytest.fixture
def plan(library: Library) -> Plan:
    return make_plan(library)


@pytest.fixture
def librarian(client: Client, library: Library) -> Client:
    client.force_login(make_librarian())
    return client


def path(plan: Plan, part: str) -> str:
    return f"/perpustakaan/{plan.library.slug}/kelola/rencana/{plan.year}/{part}"


def typed(**over: Any) -> dict[str, Any]:
    values = {"version": 0, "title": "Kelas menenun", "goal": "community_involvement", "space": "work_skills"}
    return {**values, "target": "20 peserta", "month": "3", "budget": "Rp 1.500.000", "source": "village", **over}


class TestPlanEdit:
    def test_the_design_is_stored(self, librarian: Client, plan: Plan) -> None:
        data = {"version": plan.version, "design": "Ruang anak", "collection": "Buku cerita"}
        assert librarian.post(path(plan, "rancangan/"), data).status_code == 302
        assert Plan.objects.get().design == "Ruang anak"

    def test_a_conflict_shows_both_and_keeps_what_was_typed(self, librarian: Client, plan: Plan) -> None:
        old = plan.version
        plan.change(by=make_user(), version=old, design="Punya rekan", collection="Buku pertanian.")
        data = {"version": old, "design": "Punya saya", "collection": "Buku pertanian."}
        response = librarian.post(path(plan, "rancangan/"), data)
        text = response.content.decode()
        assert response.status_code == 409
        assert "Punya rekan" in text
        assert text.count("Punya saya") == 2  # beside the other's, and in the form
        assert "Rancangan koleksi</th>" not in text
        again = {**data, "version": plan.version}
        assert librarian.post(path(plan, "rancangan/"), again).status_code == 302
        assert Plan.objects.get().design == "Punya saya"

    def test_the_button_pressed_twice_has_done_its_work(self, librarian: Client, plan: Plan) -> None:
        data = {"version": plan.version, "design": "A", "collection": "B"}
        assert [librarian.post(path(plan, "rancangan/"), data).status_code for _ in range(2)] == [302, 302]

    def test_an_adopted_plan_is_not_written(self, librarian: Client, plan: Plan) -> None:
        adopt(plan)
        for part in ("rancangan/", "tujuan/service_use/", "kegiatan/"):
            response = librarian.get(path(plan, part), follow=True)
            assert "Isinya tidak dapat diubah lagi" in response.content.decode()


class TestGoalEdit:
    def test_aim_and_tags(self, librarian: Client, plan: Plan) -> None:
        data = {"version": 1, "aim": "Buka malam", "numbers": ["8", "4"]}
        assert librarian.post(path(plan, "tujuan/service_use/"), data).status_code == 302
        goal = plan.goals.get(kind=GoalKind.SERVICE_USE)
        assert (goal.aim, goal.numbers) == ("Buka malam", [4, 8])

    def test_tags_come_back_ticked(self, librarian: Client, plan: Plan) -> None:
        plan.goals.get(kind="service_use").change(by=make_user(), version=1, aim="", numbers=[4])
        text = librarian.get(path(plan, "tujuan/service_use/")).content.decode()
        assert text.count(" checked") == 1

    @pytest.mark.parametrize("number", ["0", "18", "x"])
    def test_there_are_seventeen(self, librarian: Client, plan: Plan, number: str) -> None:
        data = {"version": 1, "aim": "", "numbers": [number]}
        assert librarian.post(path(plan, "tujuan/service_use/"), data).status_code == 422

    def test_an_unknown_goal_is_no_page(self, librarian: Client, plan: Plan) -> None:
        assert librarian.get(path(plan, "tujuan/welfare/")).status_code == 404


class TestPlannedCreate:
    def test_it_points_at_a_goal(self, librarian: Client, plan: Plan) -> None:
        assert librarian.post(path(plan, "kegiatan/"), typed()).status_code == 302
        row = PlannedActivity.objects.get(title="Kelas menenun")
        assert row.goal.kind == GoalKind.INVOLVEMENT
        assert (row.budget, row.month, row.source) == (1_500_000, 3, "village")

    def test_pressed_twice_is_one(self, librarian: Client, plan: Plan) -> None:
        assert [librarian.post(path(plan, "kegiatan/"), typed()).status_code for _ in range(2)] == [302, 302]
        assert PlannedActivity.objects.filter(title="Kelas menenun").count() == 1

    def test_the_goal_of_the_link_is_chosen(self, librarian: Client, plan: Plan) -> None:
        text = librarian.get(path(plan, "kegiatan/?tujuan=stakeholder_commitment")).content.decode()
        assert '<option value="stakeholder_commitment" selected>' in text

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"title": ""}, "Tulis nama kegiatannya."),
            ({"target": " "}, "Tulis sasarannya."),
            ({"budget": "banyak"}, "Tulis rupiah bulat"),
            ({"budget": "9" * 14}, "Periksa jumlah nolnya"),
            ({"month": "13"}, "13"),
            ({"source": "kas"}, "kas"),
        ],
    )
    def test_wrong_input_gets_a_sentence_and_stays(
        self, librarian: Client, plan: Plan, wrong: dict[str, str], sentence: str
    ) -> None:
        response = librarian.post(path(plan, "kegiatan/"), typed(**{"title": "Kelas anyaman", **wrong}))
        text = response.content.decode()
        assert response.status_code == 422
        assert sentence in text
        assert "20 peserta" in text or "target" in wrong

    def test_a_name_taken_under_the_goal_gets_a_sentence(self, librarian: Client, plan: Plan) -> None:
        librarian.post(path(plan, "kegiatan/"), typed())
        response = librarian.post(path(plan, "kegiatan/"), typed(target="lain"))
        assert response.status_code == 422
        assert "sudah ada pada tujuan yang sama" in response.content.decode()


class TestPlannedEdit:
    def test_a_draft_is_written_anew(self, librarian: Client, plan: Plan) -> None:
        row = plan.activities[0]
        data = typed(version=row.version, goal="service_quality")
        assert librarian.post(path(plan, f"kegiatan/{row.pk}/"), data).status_code == 302
        assert PlannedActivity.objects.get().goal.kind == GoalKind.SERVICE_QUALITY

    def test_a_conflict_shows_words_and_not_codes(self, librarian: Client, plan: Plan) -> None:
        row = plan.activities[0]
        row.change(by=make_user(), version=1, **{**row.answers, "source": "central"})
        response = librarian.post(path(plan, f"kegiatan/{row.pk}/"), typed(version=1))
        text = response.content.decode()
        assert response.status_code == 409
        assert '<td data-label="Tersimpan sekarang">APBN</td><td data-label="Isian Anda">Dana desa</td>' in text

    def test_an_adopted_activity_takes_its_progress(self, librarian: Client, plan: Plan) -> None:
        adopt(plan)
        row = plan.activities[0]
        address = path(plan, f"kegiatan/{row.pk}/")
        response = librarian.post(address, {"version": 1, "state": "done", "result": ""})
        assert response.status_code == 422
        assert "Tulis hasilnya" in response.content.decode()
        data = {"version": 1, "state": "done", "result": "23 peserta"}
        assert [librarian.post(address, data).status_code for _ in range(2)] == [302, 302]
        assert PlannedActivity.objects.get().state == ItemState.DONE

    def test_an_activity_of_another_plan_is_no_page(self, librarian: Client, plan: Plan) -> None:
        other = make_plan(make_library()).activities[0]
        assert librarian.get(path(plan, f"kegiatan/{other.pk}/")).status_code == 404


class TestPlannedRemove:
    def test_twice_is_harmless(self, librarian: Client, plan: Plan) -> None:
        address = path(plan, f"kegiatan/{plan.activities[0].pk}/hapus/")
        assert [librarian.post(address).status_code for _ in range(2)] == [302, 302]
        assert not PlannedActivity.objects.exists()

    def test_never_of_an_adopted_plan(self, librarian: Client, plan: Plan) -> None:
        adopt(plan)
        librarian.post(path(plan, f"kegiatan/{plan.activities[0].pk}/hapus/"))
        assert PlannedActivity.objects.exists()

    def test_never_of_another_library(self, librarian: Client, plan: Plan) -> None:
        other = make_plan(make_library("51.03.02.2009"))
        librarian.post(path(plan, f"kegiatan/{other.activities[0].pk}/hapus/"))
        assert PlannedActivity.objects.filter(goal__plan=other).exists()
