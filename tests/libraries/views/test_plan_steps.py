"""A plan on the desk: begun, looked at, adopted, opened again by the agency."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from libraries.models import Library, Plan
from libraries.workflow import PlanStatus
from tests.libraries.making import adopt, make_librarian, make_library, make_library_officer, make_plan, make_planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def library() -> Library:
    return make_library()


@pytest.fixture
def librarian(client: Client, library: Library) -> Client:
    client.force_login(make_librarian())
    return client


def path(library: Library, step: str = "") -> str:
    return f"/perpustakaan/{library.slug}/kelola/rencana/2026/{step}"


class TestPlanDesk:
    def test_a_year_begins_a_plan_once(self, librarian: Client, library: Library) -> None:
        for _ in range(2):
            response = librarian.post(f"/perpustakaan/{library.slug}/kelola/rencana/", {"year": "2026"})
            assert response.status_code == 302
            assert response.url == path(library)
        assert Plan.objects.count() == 1

    def test_a_wrong_year_gets_a_sentence(self, librarian: Client, library: Library) -> None:
        response = librarian.post(f"/perpustakaan/{library.slug}/kelola/rencana/", {"year": "26"})
        assert response.status_code == 422
        assert "Tulis tahun dengan empat angka" in response.content.decode()
        assert not Plan.objects.exists()


class TestPlanBoard:
    def test_goals_without_an_activity_are_named_before_adopting(self, librarian: Client, library: Library) -> None:
        make_plan(library)
        text = librarian.get(path(library)).content.decode()
        assert "Belum ada kegiatan untuk: Kualitas layanan, Penggunaan layanan, Komitmen" in text
        assert "Tetapkan rencana" in text

    def test_what_is_missing_stands_in_place_of_the_button(self, librarian: Client, library: Library) -> None:
        make_plan(library, design="")
        text = librarian.get(path(library)).content.decode()
        assert "Tulis rancangan perpustakaan dan koleksinya dulu." in text
        assert "Tetapkan rencana</button>" not in text

    @pytest.mark.parametrize("number", [1, 20])
    def test_queries_do_not_grow(
        self, librarian: Client, library: Library, number: int, django_assert_max_num_queries: Any
    ) -> None:
        plan = make_plan(library)
        for _ in range(number):
            make_planned(plan)
        with django_assert_max_num_queries(12):
            librarian.get(path(library))


class TestPlanAdopt:
    def test_what_was_seen_is_adopted(self, librarian: Client, library: Library) -> None:
        plan = make_plan(library)
        stamp = Plan.objects.get(pk=plan.pk).stamp
        for _ in range(2):  # the button pressed twice
            response = librarian.post(path(library, "tetapkan/"), {"stamp": stamp}, follow=True)
            assert "ditetapkan dan tampil untuk umum" in response.content.decode()
        assert Plan.objects.get().status == PlanStatus.ADOPTED

    def test_what_changed_meanwhile_is_shown_again(self, librarian: Client, library: Library) -> None:
        plan = make_plan(library)
        stamp = Plan.objects.get(pk=plan.pk).stamp
        make_planned(plan)
        response = librarian.post(path(library, "tetapkan/"), {"stamp": stamp}, follow=True)
        assert "baru saja berubah" in response.content.decode()
        assert Plan.objects.get().status == PlanStatus.DRAFT


class TestPlanReopen:
    def test_the_agency_opens_it_with_a_reason(self, client: Client, library: Library) -> None:
        adopt(make_plan(library))
        client.force_login(make_library_officer())
        assert client.post(path(library, "buka/"), {"text": ""}).status_code == 422
        response = client.post(path(library, "buka/"), {"text": "Angka salah"}, follow=True)
        assert "dibuka kembali" in response.content.decode()
        assert Plan.objects.get().status == PlanStatus.DRAFT

    def test_the_library_itself_may_not(self, librarian: Client, library: Library) -> None:
        adopt(make_plan(library))
        assert librarian.post(path(library, "buka/"), {"text": "Mau saya"}).status_code == 403
        assert Plan.objects.get().status == PlanStatus.ADOPTED
