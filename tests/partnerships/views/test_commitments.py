"""Promises: written by the host, moved by host or party, followed by both."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from partnerships.models import Commitment, Meeting
from partnerships.quotas import A_DAY
from tests.factories import make_kim, make_pdf_bytes, make_user
from tests.partnerships.factories import today
from tests.partnerships.meetings import make_attendance, make_commitment, make_liaison, make_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(client: Client) -> Meeting:
    admin = make_user()
    client.force_login(admin)
    return make_meeting(make_kim(admin=admin))


class TestCommitmentCreate:
    def test_twice_pressed_is_one_promise(self, client: Client, meeting: Meeting) -> None:
        party = make_attendance(meeting, "Universitas Ganesha")
        sent = {
            "submission_id": str(uuid4()),
            "party": party.pk,
            "unit": "Perpustakaan Ganesha",
            "what": "Menempatkan mahasiswa KKN.",
            "status": "ready",
        }
        for _ in range(2):
            assert client.post(f"{meeting.get_absolute_url()}tindak-lanjut/", sent).status_code == 302
        assert str(Commitment.objects.get().party_name) == "Perpustakaan Ganesha (Universitas Ganesha)"

    @pytest.mark.parametrize(
        ("over", "sentence"),
        [
            ({"party": "0"}, "Pilih peserta rapat ini."),
            ({"what": ""}, "Tulis apa yang akan dilakukan."),
            ({"status": "done"}, ""),
            ({"due_on": "0001-01-01"}, "Periksa tahunnya."),
        ],
    )
    def test_a_mistake_is_named_and_nothing_typed_is_lost(
        self, client: Client, meeting: Meeting, over: dict[str, str], sentence: str
    ) -> None:
        party = make_attendance(meeting)
        sent = {
            "submission_id": str(uuid4()),
            "party": party.pk,
            "unit": "Unit Uji",
            "what": "Janji.",
            "status": "ready",
        }
        answer = client.post(f"{meeting.get_absolute_url()}tindak-lanjut/", {**sent, **over})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert "Unit Uji" in answer.content.decode()

    def test_a_day_has_a_last_promise_and_pressing_twice_is_still_one(
        self, client: Client, monkeypatch: pytest.MonkeyPatch, meeting: Meeting
    ) -> None:
        monkeypatch.setitem(A_DAY, "commitment", 1)
        sent = {"submission_id": str(uuid4()), "party": make_attendance(meeting).pk, "what": "Satu.", "status": "ready"}
        address = f"{meeting.get_absolute_url()}tindak-lanjut/"
        assert [client.post(address, sent).status_code for _ in range(2)] == [302, 302]
        answer = client.post(address, {**sent, "submission_id": str(uuid4()), "what": "Janji kedua."})
        page = answer.content.decode()
        assert answer.status_code == 429
        assert "sudah mencatat 1 tindak lanjut" in page
        assert "Janji kedua." in page
        assert Commitment.objects.count() == 1

    def test_an_attendee_of_another_meeting_is_no_party(self, client: Client, meeting: Meeting) -> None:
        make_attendance(meeting)
        sent = {
            "submission_id": str(uuid4()),
            "party": make_attendance(make_meeting()).pk,
            "what": "J",
            "status": "ready",
        }
        assert client.post(f"{meeting.get_absolute_url()}tindak-lanjut/", sent).status_code == 422


class TestCommitmentEdit:
    def address(self, row: Commitment) -> str:
        return f"{row.meeting.get_absolute_url()}tindak-lanjut/{row.pk}/"

    def sent(self, row: Commitment, **over: Any) -> dict[str, Any]:
        return {"version": row.version, "status": row.status, "evidence": "", "text": "", **over}

    def test_done_needs_evidence_and_keeps_it(self, client: Client, meeting: Meeting) -> None:
        row = make_commitment(meeting)
        answer = client.post(self.address(row), self.sent(row, status="done"))
        assert answer.status_code == 422
        assert "memerlukan bukti" in answer.content.decode()
        assert 'name="evidence"' in answer.content.decode()
        paper = SimpleUploadedFile("bukti.pdf", make_pdf_bytes(), "application/pdf")
        assert client.post(self.address(row), self.sent(row, status="done", evidence_file=paper)).status_code == 302
        row.refresh_from_db()
        assert (row.status, row.evidence_file is not None) == ("done", True)
        assert "sudah berakhir" in client.get(self.address(row)).content.decode()

    def test_the_party_moves_its_own_and_nobody_elses(self, client: Client) -> None:
        liaison, institution = make_liaison()
        meeting = make_meeting()
        mine = make_commitment(party=make_attendance(meeting, "Dinas Uji", institution))
        other = make_commitment(party=make_attendance(meeting, "Lain"))
        client.force_login(liaison)
        assert client.post(self.address(mine), self.sent(mine, status="in_progress")).status_code == 302
        assert client.post(self.address(other), self.sent(other, status="in_progress")).status_code == 403
        assert self.address(mine) in client.get(meeting.get_absolute_url()).content.decode()

    def test_a_stale_form_is_told_and_the_next_press_decides(self, client: Client, meeting: Meeting) -> None:
        row = make_commitment(meeting)
        stale = self.sent(row, status="dropped", text="Anggaran habis.")
        row.move("ready", by=make_user())
        answer = client.post(self.address(row), stale)
        assert answer.status_code == 422
        assert "Orang lain baru saja mengubahnya; sekarang siap" in answer.content.decode()
        assert "Anggaran habis." in answer.content.decode()
        assert f'value="{row.version}"' in answer.content.decode()
        assert client.post(self.address(row), {**stale, "version": row.version}).status_code == 302


class TestCommitmentList:
    @pytest.mark.parametrize("rows", [1, 20])
    def test_at_most_eight_queries_and_who_is_late_comes_first(
        self, client: Client, meeting: Meeting, rows: int, django_assert_max_num_queries: Any
    ) -> None:
        for number in range(rows):
            make_commitment(party=make_attendance(meeting, f"Pihak {number}"))
        make_commitment(party=make_attendance(meeting, "Zona terlambat"), due_on=today(-2))
        client.get("/kemitraan/rapat/tindak-lanjut/")
        with django_assert_max_num_queries(8):
            page = client.get("/kemitraan/rapat/tindak-lanjut/").content.decode()
        assert f"0 dari {rows + 1} selesai, 1 lewat tenggat" in page
        assert page.index("Zona terlambat") < page.index("Pihak 0")
