"""What hosts do: call, change, add, drop, call off."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.models import User
from groups.models import Kim
from groups.workflow import Status as KimStatus
from partnerships.models import Meeting
from tests.factories import make_kim, make_pdf_bytes, make_user
from tests.partnerships.meetings import make_attendance, make_liaison, make_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    return make_user()


@pytest.fixture
def kim(admin: User) -> Kim:
    return make_kim(admin=admin)


@pytest.fixture
def desk(client: Client, admin: User) -> Client:
    client.force_login(admin)
    return client


def typed(**over: Any) -> dict[str, Any]:
    values = {
        "submission_id": str(uuid4()),
        "kind": "workshop",
        "title": "Workshop pemberdayaan KIM",
        "held_on": "2026-11-30",
        "starts": "09:00",
        "ends": "12:00",
        "mode": "onsite",
        "place": "Balai nagari",
        "chair_position": "Kepala Dinas",
        "agenda": "Program kerja.",
    }
    return {**values, **over}


class TestMeetingCreate:
    def test_twice_pressed_makes_one(self, desk: Client, kim: Kim) -> None:
        sent = typed()
        for _ in range(2):
            answer = desk.post(f"/kemitraan/rapat/baru/kim/{kim.slug}/", sent)
            assert answer["Location"] == Meeting.objects.get().get_absolute_url()
        assert not Meeting.objects.get().is_public

    @pytest.mark.parametrize(
        ("over", "sentence"),
        [
            ({"place": ""}, "Tulis tempat bertemu."),
            ({"mode": "virtual"}, "Tulis tautan https atau nama aplikasi rapat daring."),
            ({"place": "https://zoom.contoh.invalid"}, "Tautan bukan tempat."),
            ({"title": " "}, "Tulis nama rapat."),
            ({"kind": "pesta"}, "pesta"),
            ({"agenda": "a\0b"}, ""),
        ],
    )
    def test_what_is_missing_is_said_and_nothing_typed_is_lost(
        self, desk: Client, kim: Kim, over: dict[str, str], sentence: str
    ) -> None:
        answer = desk.post(f"/kemitraan/rapat/baru/kim/{kim.slug}/", typed(**over))
        page = answer.content.decode()
        assert answer.status_code == 422
        assert sentence in page
        assert "Kepala Dinas" in page
        assert not Meeting.objects.exists()

    def test_a_liaison_calls_for_the_own_institution_only(self, client: Client) -> None:
        liaison, own = make_liaison()
        _, other = make_liaison()
        client.force_login(liaison)
        assert client.post(f"/kemitraan/rapat/baru/lembaga/{other.pk}/", typed()).status_code == 404
        assert client.post(f"/kemitraan/rapat/baru/lembaga/{own.pk}/", typed()).status_code == 302
        assert Meeting.objects.get().host == own
        assert "Workshop pemberdayaan KIM" in client.get("/kemitraan/rapat/milik-saya/").content.decode()


class TestMeetingEdit:
    def sent(self, meeting: Meeting, **over: Any) -> dict[str, Any]:
        names = ("kind", "title", "chair_position", "agenda", "minutes", "version")
        return {**{name: getattr(meeting, name) for name in names}, "is_public": "on", **over}

    def test_a_stale_form_shows_both_versions_and_keeps_what_was_typed(self, desk: Client, kim: Kim) -> None:
        meeting = make_meeting(kim)
        stale = self.sent(meeting, title="Judul saya")
        meeting.change(by=make_user(), version=None, title="Judul orang lain")
        answer = desk.post(f"{meeting.get_absolute_url()}ubah/", stale)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Judul saya" in page
        assert "Judul orang lain" in page
        meeting.refresh_from_db()
        assert meeting.title == "Judul orang lain"
        desk.post(f"{meeting.get_absolute_url()}ubah/", {**stale, "version": meeting.version})
        meeting.refresh_from_db()
        assert meeting.title == "Judul saya"

    def test_minutes_are_written_here(self, desk: Client, kim: Kim) -> None:
        meeting = make_meeting(kim)
        sent = self.sent(meeting, minutes="Disepakati.")
        assert desk.post(f"{meeting.get_absolute_url()}ubah/", sent).status_code == 302
        assert "Disepakati." in desk.get(meeting.get_absolute_url()).content.decode()


class TestSessionsAndPapers:
    def test_sessions_come_and_go_but_one_stays(self, desk: Client, kim: Kim) -> None:
        meeting = make_meeting(kim)
        sent = {name: typed()[name] for name in ("held_on", "starts", "ends", "mode", "place")}
        desk.post(f"{meeting.get_absolute_url()}sesi/", {**sent, "topic": "Pengelolaan informasi"})
        second = meeting.sessions.get(topic="Pengelolaan informasi")
        address = f"{meeting.get_absolute_url()}sesi/{second.pk}/"
        assert "09:00" in desk.get(address).content.decode()
        desk.post(address, {**sent, "topic": "Program kerja"})
        first = meeting.sessions.exclude(pk=second.pk).get()
        for session in (first, second):
            desk.post(f"{meeting.get_absolute_url()}sesi/{session.pk}/hapus/")
        assert meeting.sessions.get().topic == "Program kerja"

    def test_a_paper_is_kept_and_a_hostile_one_refused(self, desk: Client, kim: Kim) -> None:
        meeting = make_meeting(kim)
        address = f"{meeting.get_absolute_url()}bahan/"
        good = SimpleUploadedFile("paparan.pdf", make_pdf_bytes(), "application/pdf")
        assert desk.post(address, {"title": "Paparan", "document": good}).status_code == 302
        bad = SimpleUploadedFile("paparan.pdf", b"<script>x()</script>", "application/pdf")
        assert desk.post(address, {"title": "Paparan", "document": bad}).status_code == 422
        desk.post(f"{address}{meeting.materials.get().pk}/hapus/")
        assert not meeting.materials.exists()


class TestMeetingCancel:
    def test_the_page_says_so_for_everybody(self, desk: Client, kim: Kim) -> None:
        meeting = make_meeting(kim, session={"starts_at": timezone.now() + timedelta(days=3)})
        assert desk.post(f"{meeting.get_absolute_url()}batal/", {"reason": "Hujan."}).status_code == 302
        assert "Rapat ini dibatalkan." in Client().get(meeting.get_absolute_url()).content.decode()
        assert desk.post(f"{meeting.get_absolute_url()}batal/", {"reason": "Lagi."}).status_code == 422


class TestDissolvedHost:
    def test_it_reads_its_meetings_and_writes_no_more(self, desk: Client, kim: Kim) -> None:
        row = make_meeting(kim)
        make_attendance(row, "Ibu Ani")
        row.attendance.update(sex="female")  # a line about one person
        kim.status = KimStatus.DISSOLVED
        kim.save()
        page = desk.get(row.get_absolute_url()).content.decode()
        assert "Ibu Ani" in page
        assert "Catat tindak lanjut" not in page
        for part in ("ubah/", "batal/", "sesi/", "bahan/", "peserta/", "tindak-lanjut/"):
            assert desk.post(f"{row.get_absolute_url()}{part}").status_code == 403, part
        assert "/baru/kim/" not in desk.get("/kemitraan/rapat/milik-saya/").content.decode()


class TestAsking:
    def test_what_takes_something_away_asks_first_without_javascript(self) -> None:
        pages = (settings.BASE_DIR / "templates/partnerships").glob("**/*.html")
        taking = re.compile(r"<button[^>]*>\s*(Ya, )?(Hapus|Keluarkan|Buang)|action=\"\{% url '[^']*_(drop|remove)'")
        assert [page.name for page in pages if taking.search(page.read_text())] == []

    def test_the_question_stands_before_the_button(self, desk: Client, kim: Kim) -> None:
        row = make_meeting(kim)
        party = make_attendance(row, "PKK Nagari")
        page = desk.get(row.get_absolute_url()).content.decode()
        asked = re.search(r"<details class=\"ask\".*?</details>", page, re.DOTALL)
        assert asked
        assert f"peserta/{party.pk}/hapus/" in asked[0]
        assert "Hapus PKK Nagari?" in asked[0]
        assert page.count(f"peserta/{party.pk}/hapus/") == 1
