from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.outbox import OutgoingMail
from libraries.models import Activity, ActivityMaterial, ActivitySession, Library
from tests.factories import make_photo_bytes, make_user
from tests.libraries.agendas import make_activity, make_session, take
from tests.libraries.making import adopt, make_librarian, make_library, make_plan
from tests.libraries.views.test_month import browser


def values(**over: Any) -> dict[str, Any]:
    day = timezone.localdate() + timedelta(days=10)
    return {
        "title": "Kelas tenun",
        "kind": "training",
        "space": "work_skills",
        "description": "Dari awal.",
        "held_on": day.isoformat(),
        "starts": "09:00",
        "ends": "11:00",
        "mode": "onsite",
        "place": "Aula",
        "seats": "12",
        "takes_registrations": "on",
        "tags": ["women", "youth"],
        "submission_id": str(uuid4()),
        **over,
    }


def create(client: Client, library: Library, **over: Any) -> Any:
    return client.post(reverse("libraries:activity_create", args=[library.slug]), values(**over))


def desk(name: str, row: Activity, *more: Any) -> str:
    return reverse(f"libraries:{name}", args=[row.library.slug, row.public_id, *more])


@pytest.mark.django_db
class TestActivityCreate:
    def test_one_page_makes_an_activity_with_its_session(self) -> None:
        library = make_library()
        assert create(browser(make_librarian()), library).status_code == 302
        row = Activity.objects.get()
        session = row.sessions.get()
        assert row.tag_labels == (["Perempuan", "Pemuda"], [])
        assert (session.seats, session.starts_at.astimezone().hour) == (12, 9)

    def test_it_points_at_a_goal_of_the_librarys_own_plan(self) -> None:
        library, client = make_library(), browser(make_librarian())
        own, foreign = make_plan(library).goals.first(), make_plan(make_library()).goals.first()
        assert own and foreign  # noqa: PT018  both were made
        assert create(client, library, goal=str(foreign.pk)).status_code == 422
        create(client, library, goal=str(own.pk))
        assert Activity.objects.get().goal == own

    def test_it_carries_out_a_planned_activity_and_both_pages_say_so(self, client: Client) -> None:
        library, keeper = make_library(), browser(make_librarian())
        year = timezone.localdate().year
        plan, foreign = make_plan(library, year), make_plan(make_library(), year)
        own = plan.activities[0]
        assert create(keeper, library, planned=str(foreign.activities[0].pk)).status_code == 422
        create(keeper, library, planned=str(own.pk))
        row = Activity.objects.get()
        assert (row.planned, row.goal) == (own, own.goal)
        agenda, sheet = row.get_absolute_url(), plan.get_absolute_url()
        assert own.title not in client.get(agenda).content.decode()  # a draft is nobody's business yet
        adopt(plan)
        assert sheet in client.get(agenda).content.decode()
        assert agenda in client.get(sheet).content.decode()
        board = keeper.get(reverse("libraries:plan_board", args=[library.slug, year])).content.decode()
        assert desk("activity_desk", row) in board

    def test_a_planned_activity_taken_out_leaves_the_agenda(self) -> None:
        library = make_library()
        plan = make_plan(library, timezone.localdate().year)
        create(browser(make_librarian()), library, planned=str(plan.activities[0].pk))
        plan.activities[0].remove(by=make_user())
        assert Activity.objects.get().planned is None

    def test_pressing_twice_makes_one(self) -> None:
        library, client, key = make_library(), browser(make_librarian()), str(uuid4())
        assert len({create(client, library, submission_id=key)["Location"] for _ in range(2)}) == 1
        assert Activity.objects.count() == 1

    @pytest.mark.parametrize(
        ("over", "words"),
        [
            ({"title": ""}, "Tulis nama kegiatannya"),
            ({"kind": "pesta"}, "Pilih salah satu jenis"),
            ({"tags": ["agama"]}, "Pilih dari daftar ini"),
            ({"held_on": "besok"}, "Tulis tanggal seperti"),
            ({"place": ""}, "Tulis tempat bertemu"),
            ({"place": "https://contoh.invalid"}, "Tautan bukan tempat"),
            ({"seats": "0"}, "lebih besar"),
        ],
    )
    def test_bad_input_gets_a_sentence_and_nothing_typed_is_lost(self, over: dict[str, Any], words: str) -> None:
        answer = create(browser(make_librarian()), make_library(), description="Uraian saya", **over)
        page = answer.content.decode()
        assert (answer.status_code, words in page, "Uraian saya" in page) == (422, True, True)
        assert not Activity.objects.exists()

    def test_a_taken_space_is_said(self) -> None:
        library, client = make_library(), browser(make_librarian())
        create(client, library)
        answer = create(client, library, title="Kelas lain")
        assert (answer.status_code, "sudah dipakai “Kelas tenun”" in answer.content.decode()) == (422, True)

    @pytest.mark.parametrize("rows", [1, 20])
    def test_queries_do_not_grow(self, rows: int, django_assert_max_num_queries: Any) -> None:
        library, client = make_library(), browser(make_librarian())
        for _ in range(rows):
            make_activity(library)
        with django_assert_max_num_queries(9):
            client.get(reverse("libraries:activity_list", args=[library.slug]))


@pytest.mark.django_db
class TestActivityEdit:
    def test_the_slower_of_two_writers_sees_both(self) -> None:
        row, client = make_activity(), browser(make_librarian())
        row.change(by=make_user(), version=1, tags=(), title="Judul orang lain")
        words = {"title": "Judul saya", "kind": "training", "description": "x", "version": "1"}
        answer = client.post(desk("activity_edit", row), words)
        page = answer.content.decode()
        assert (answer.status_code, "Judul orang lain" in page, "Judul saya" in page) == (409, True, True)
        assert client.post(desk("activity_edit", row), {**words, "version": "2"}).status_code == 302
        assert Activity.objects.get().title == "Judul saya"

    def test_a_librarian_elsewhere_finds_nothing(self) -> None:
        row, client = make_activity(), browser(make_librarian("51.03"))
        for name in ("activity_desk", "activity_edit", "activity_cancel", "session_create", "material_create"):
            assert client.get(desk(name, row)).status_code == 404


@pytest.mark.django_db
class TestSessionEdit:
    def test_another_hour_is_told(self) -> None:
        session = make_session()
        take(session, email="uni@contoh.invalid")
        sent = {name: value for name, value in values().items() if name not in ("title", "tags")}
        target = desk("session_edit", session.activity, session.pk)
        answer = browser(make_librarian()).post(target, {**sent, "version": "1"})
        assert answer.status_code == 302
        assert OutgoingMail.objects.filter(template__contains="session_moved").count() == 1

    def test_the_slower_of_two_writers_is_told(self) -> None:
        session, client = make_session(), browser(make_librarian())
        target = desk("session_edit", session.activity, session.pk)
        assert client.post(target, {**values(), "version": "1"}).status_code == 302
        answer = client.post(target, {**values(seats="3"), "version": "1"})
        assert (answer.status_code, "Orang lain baru saja" in answer.content.decode()) == (422, True)

    def test_calling_off_needs_a_reason(self) -> None:
        session, client = make_session(), browser(make_librarian())
        target = desk("session_cancel", session.activity, session.pk)
        assert client.post(target, {"reason": ""}).status_code == 422
        assert client.post(target, {"reason": "Hujan."}).status_code == 302
        assert ActivitySession.objects.get().is_off


@pytest.mark.django_db
class TestMaterial:
    def test_a_file_made_safe_or_a_link(self) -> None:
        row, client = make_activity(), browser(make_librarian())
        photo = SimpleUploadedFile("pola.jpg", make_photo_bytes(), "image/jpeg")
        assert client.post(desk("material_create", row), {"title": "Pola", "document": photo}).status_code == 302
        link = {"title": "Video", "url": "https://contoh.invalid/video"}
        assert client.post(desk("material_create", row), link).status_code == 302
        assert ActivityMaterial.objects.count() == 2
        for material in row.materials.all():
            client.post(desk("material_drop", row, material.pk))
        assert not ActivityMaterial.objects.exists()

    @pytest.mark.parametrize(
        ("sent", "words"),
        [
            ({"title": "Pola"}, "salah satu saja"),
            ({"title": "Pola", "url": "javascript:alert(1)"}, "dimulai dengan https"),
            ({"title": "", "url": "https://contoh.invalid/"}, "Tulis judulnya"),
        ],
    )
    def test_bad_input_gets_a_sentence(self, sent: dict[str, str], words: str) -> None:
        answer = browser(make_librarian()).post(desk("material_create", make_activity()), sent)
        assert (answer.status_code, words in answer.content.decode()) == (422, True)
