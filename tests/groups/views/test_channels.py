"""Recording where an announcement was spread."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from groups.models import Announcement, Dissemination
from regions.models import Area, Supply
from tests.factories import make_announcement, make_kim, make_photo_bytes, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    return make_user()


@pytest.fixture
def row(admin: User) -> Announcement:
    return make_announcement(make_kim(admin=admin))


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(row: Announcement) -> str:
    return reverse("groups:dissemination_list", args=[row.public_id])


def use(**over: Any) -> dict[str, Any]:
    values = {"channel": "notice_board", "place": "Kantor wali nagari", "address": "", "people": 30}
    return {"submission_id": str(uuid4()), "used_on": timezone.localdate(), **values, **over}


class TestDisseminationList:
    def test_records_a_use_with_its_proof(self, row: Announcement, admin: User) -> None:
        proof = SimpleUploadedFile("a.jpg", make_photo_bytes(), "image/jpeg")
        assert browser(admin).post(address(row), use(proof_photo=proof)).status_code == 302
        row.refresh_from_db()
        assert (row.channel_count, row.reached_count) == (1, 30)
        assert row.disseminations.get().proof
        assert row.disseminations.get().recorded_by == admin

    def test_two_presses_record_one(self, row: Announcement, admin: User) -> None:
        sent, client = use(), browser(admin)
        assert [client.post(address(row), sent).status_code for _ in range(2)] == [302, 302]
        row.refresh_from_db()
        assert row.reached_count == 30

    @pytest.mark.parametrize(
        ("over", "sentence"),
        [
            ({"place": ""}, "Tulis tempatnya"),
            ({"channel": "website", "place": ""}, "Tulis alamat https"),
            ({"channel": ""}, "wajib"),
            ({"used_on": "kemarin"}, "Tulis tanggal seperti"),
            ({"used_on": timezone.localdate() + timedelta(days=2)}, "belum tiba"),
            ({"people": -1}, "lebih besar"),
            ({"people": 2_000_000}, "terlalu besar"),
            ({"people": 10**30}, "lebih kecil"),
        ],
    )
    def test_what_is_wrong_gets_a_sentence_and_stays_typed(
        self, row: Announcement, admin: User, over: dict[str, Any], sentence: str
    ) -> None:
        response = browser(admin).post(
            address(row), use(**{"address": "Grup RT 3", **over}) | ({"address": ""} if over.get("channel") else {})
        )
        assert response.status_code == 422
        assert sentence in response.content.decode()
        assert not Dissemination.objects.exists()

    @pytest.mark.parametrize("supply", [Supply.NONE, Supply.LIMITED, Supply.ADEQUATE, None])
    def test_where_the_internet_is_weak_paper_is_suggested(
        self, row: Announcement, admin: User, supply: str | None
    ) -> None:
        Area.objects.filter(pk=row.area_id).update(connectivity=supply)
        text = browser(admin).get(address(row)).content.decode()
        assert ("Pakai juga pertemuan" in text) == (supply in {Supply.NONE, Supply.LIMITED})

    def test_only_its_writers(self, row: Announcement) -> None:
        assert browser(make_user()).get(address(row)).status_code == 403
        assert browser(make_user()).post(address(row), use()).status_code == 403
        assert Client().get(address(row)).status_code == 302


class TestTakeDownAndDelete:
    def test_a_sheet_comes_down_today(self, row: Announcement, admin: User) -> None:
        client = browser(admin)
        client.post(address(row), use())
        record = row.disseminations.get()
        client.post(reverse("groups:dissemination_take_down", args=[row.public_id, record.pk]))
        record.refresh_from_db()
        assert record.taken_down_on == timezone.localdate()

    def test_a_mistake_is_deleted_and_no_longer_counts(self, row: Announcement, admin: User) -> None:
        client = browser(admin)
        client.post(address(row), use())
        client.post(reverse("groups:dissemination_delete", args=[row.public_id, row.disseminations.get().pk]))
        row.refresh_from_db()
        assert (row.channel_count, row.reached_count) == (0, 0)

    def test_not_of_another_announcement(self, row: Announcement, admin: User) -> None:
        foreign = Dissemination(announcement=make_announcement(make_kim()), channel="meeting", place="x")
        foreign.keep(by=make_user())
        for name in ("dissemination_take_down", "dissemination_delete"):
            wrong = reverse(f"groups:{name}", args=[row.public_id, foreign.pk])
            assert browser(admin).post(wrong).status_code == 404
        assert Dissemination.objects.filter(pk=foreign.pk, taken_down_on=None).exists()
