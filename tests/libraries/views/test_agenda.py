from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from libraries.models import SessionCount
from tests.agenda_access import MARKS
from tests.factories import make_document, make_user
from tests.libraries.agendas import begin, make_activity, make_hour, make_session, session_values, take
from tests.libraries.making import make_library
from tests.scan import as_text, paths
from tests.stage import Stage
from tests.test_access import ROLES

AGENDA = "/perpustakaan/agenda/"
BALI = "51.03.05.2003"


@pytest.mark.django_db
class TestAgenda:
    def test_narrowed_by_area_and_space(self, client: Client) -> None:
        make_activity(title="Menenun", space="work_skills")
        make_activity(make_library(BALI), title="Menari")
        for query, wanted in (
            ({}, (True, True)),
            ({"area": "51"}, (False, True)),
            ({"space": "work_skills"}, (True, False)),
        ):
            page = client.get(AGENDA, query).content.decode()
            assert ("Menenun" in page, "Menari" in page) == wanted, query

    def test_what_is_over_or_off_the_list_is_not_there(self, client: Client) -> None:
        begin(make_activity(title="Menenun").sessions.get())
        make_activity(make_library(is_listed=False), title="Menari")
        page = client.get(AGENDA).content.decode()
        assert ("Menenun" in page, "Menari" in page) == (False, False)

    def test_a_cancelled_session_says_so(self, client: Client) -> None:
        make_activity(title="Menenun").cancel(by=make_user(), reason="Hujan.")
        assert "Dibatalkan" in client.get(AGENDA).content.decode()

    def test_pages_follow_each_other(self, client: Client) -> None:
        row = make_activity(title="Menenun")
        for days in range(8, 33):
            make_session(row, days=days)
        first = client.get(AGENDA)
        second = client.get(AGENDA, {"cursor": first.context["page"].next_cursor})
        assert (len(first.context["page"]), len(second.context["page"])) == (20, 6)

    @pytest.mark.parametrize("rows", [1, 20])
    def test_queries_do_not_grow(self, client: Client, rows: int, django_assert_max_num_queries: Any) -> None:
        for _ in range(rows):
            make_activity()
        with django_assert_max_num_queries(4):
            client.get(AGENDA)


@pytest.mark.django_db
class TestLibraryAgenda:
    def test_the_week_and_what_is_to_come(self, client: Client) -> None:
        library = make_library()
        make_activity(library, title="Menenun")
        make_hour(library, what="Mendongeng")
        page = client.get(reverse("libraries:library_agenda", args=[library.slug])).content.decode()
        assert "Menenun" in page
        assert "Mendongeng" in page
        detail = client.get(reverse("libraries:library_detail", args=[library.slug])).content.decode()
        assert ("Menenun" in detail, "Mendongeng" in detail) == (True, True)

    @pytest.mark.parametrize("rows", [1, 20])
    def test_queries_do_not_grow(self, client: Client, rows: int, django_assert_max_num_queries: Any) -> None:
        library = make_library()
        for _ in range(rows):
            make_activity(library)
            begin(make_activity(library).sessions.get())
        with django_assert_max_num_queries(6):
            client.get(reverse("libraries:library_agenda", args=[library.slug]))


@pytest.mark.django_db
class TestActivityDetail:
    def test_seats_left_and_the_queue(self, client: Client) -> None:
        session = make_session(seats=1)
        address = session.activity.get_absolute_url()
        assert "Sisa kursi: 1 dari 1" in client.get(address).content.decode()
        take(session, "Uni Rahasia")
        page = client.get(address).content.decode()
        assert ("Kursi penuh" in page, "daftar tunggu" in page, "Rahasia" in page) == (True, True, False)

    def test_small_figures_stay_in_the_house(self, client: Client) -> None:
        session = begin(make_session())
        SessionCount.write(session, by=make_user(), total=30, female=20, male=10, disabled=2, able=28)
        page = client.get(session.activity.get_absolute_url()).content.decode()
        assert ("perempuan 20" in page, "Penyandang" in page, "disabilitas 2" in page) == (True, False, False)

    def test_an_activity_is_found_under_its_own_library_alone(self, client: Client) -> None:
        row, other = make_activity(), make_library()
        assert client.get(reverse("libraries:activity_detail", args=[other.slug, row.public_id])).status_code == 404

    @pytest.mark.parametrize("rows", [1, 20])
    def test_queries_do_not_grow(self, client: Client, rows: int, django_assert_max_num_queries: Any) -> None:
        row = make_activity(session=session_values(days=1))
        for days in range(2, rows + 1):
            make_session(row, days=days)
        with django_assert_max_num_queries(8):
            client.get(row.get_absolute_url())


@pytest.mark.django_db
class TestActivityMaterial:
    def test_a_link_is_no_file(self, client: Client) -> None:
        from libraries.models import ActivityMaterial

        row = make_activity()
        for values, status in (({"document": make_document()}, 200), ({"url": "https://contoh.invalid/"}, 404)):
            material = ActivityMaterial(activity=row, title="Pola", **values)
            material.keep(by=make_user())
            address = reverse("libraries:activity_material", args=[row.library.slug, row.public_id, material.pk])
            assert client.get(address).status_code == status


class TestCanary:
    """Who registered is read by the library's own people and the holder of the code, by nobody else anywhere."""

    @pytest.mark.parametrize("role", ROLES)
    def test_no_page_names_who_registered(self, stage: Stage, role: str) -> None:
        client = stage.client(role)
        own = {f"libraries:{name}" for name in ("participant_list", "attendance_edit", "attendance_sheet")}
        found = {
            name
            for name, path in paths(stage)
            if name.startswith(("libraries:", "pages:", "admin:libraries", "accounts:"))
            and any(mark in as_text(client.get(path)) for mark in MARKS.values())
        }
        assert found == {"libraries:registration_own"} | (own if role == "librarian" else set())
