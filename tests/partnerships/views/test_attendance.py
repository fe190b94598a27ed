"""Paste, look, save: nothing is stored before, and the text of 2021 ends as twelve."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from partnerships.models import Attendance, Meeting
from tests.factories import make_institution, make_kim, make_user
from tests.forms import shown_values
from tests.partnerships.meetings import make_attendance, make_commitment, make_liaison, make_meeting
from tests.partnerships.test_attendees import BALI, FIRST, SECOND

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(client: Client) -> Meeting:
    admin = make_user()
    client.force_login(admin)
    return make_meeting(make_kim(admin=admin))


def address(meeting: Meeting) -> str:
    return f"{meeting.get_absolute_url()}peserta/"


def paste(client: Client, meeting: Meeting, text: str) -> dict[str, Any]:
    """What the confirmation page would send back unchanged."""
    answer = client.post(address(meeting), {"text": text, "action": "check"})
    assert answer.status_code == 200, answer.content.decode()
    return shown_values(answer.content.decode())


def save(client: Client, meeting: Meeting, sent: dict[str, Any], **over: Any) -> Any:
    return client.post(address(meeting), {**sent, "action": "save", **over})


def lines(meeting: Meeting) -> list[str]:
    return list(meeting.attendance.values_list("line", flat=True))


class TestAttendanceCreate:
    def test_both_paragraphs_of_2021_lead_to_twelve_and_nothing_is_saved_before(
        self, client: Client, meeting: Meeting
    ) -> None:
        hospital = make_institution("RS Bali Mandara", area="13.07")
        sent = paste(client, meeting, f"{FIRST}\n\n{SECOND}")
        assert not Attendance.objects.exists()
        for _ in range(2):  # twice pressed
            assert save(client, meeting, sent).status_code == 302
        assert lines(meeting) == BALI
        assert meeting.attendance.get(institution__isnull=False).institution == hospital

    def test_the_words_before_the_list_are_shown(self, client: Client, meeting: Meeting) -> None:
        page = client.post(address(meeting), {"text": FIRST}).content.decode()
        assert "Ditemukan 12 peserta" in page
        assert "Peserta yang hadir terdiri dari" in page

    def test_each_line_is_edited_joined_dropped_or_added(self, client: Client, meeting: Meeting) -> None:
        sent = paste(client, meeting, "Camat Suliki; Universitas Contoh; Denpasar; Salah ketik")
        over = {"line_1": "Camat Mungka", "step_3": "merge", "step_4": "drop", "line_5": "PKK"}
        assert save(client, meeting, sent, **over).status_code == 302
        assert lines(meeting) == ["Camat Mungka", "Universitas Contoh, Denpasar", "PKK"]

    @pytest.mark.parametrize(
        ("over", "sentence"),
        [
            ({"line_2": "camat  suliki"}, "Sama dengan peserta 1."),
            ({"step_1": "merge"}, "Tidak ada baris yang disimpan di atasnya."),
            ({"line_1": "..."}, "Tulis nama lembaga atau kelompok"),
            ({"line_1": "a" * 201}, "200"),
            ({"step_2": "merge", "line_1": "a" * 150, "line_2": "b" * 150}, "Gabungannya lebih dari 200"),
            ({"step_1": "drop", "step_2": "drop"}, "Tidak ada peserta yang disimpan."),
            ({"step_1": "ledakkan"}, ""),
            ({"institution_1": "999999"}, ""),
            ({"count": ""}, "Tempel daftarnya sekali lagi."),
            ({"count": "1000000000"}, ""),
        ],
    )
    def test_a_mistake_is_named_beside_its_line_and_nothing_is_saved(
        self, client: Client, meeting: Meeting, over: dict[str, str], sentence: str
    ) -> None:
        sent = paste(client, meeting, "Camat Suliki; PKK")
        answer = save(client, meeting, sent, **over)
        page = unescape(answer.content.decode())
        assert answer.status_code == 422
        assert sentence in page
        assert over.get("line_1", "") in page
        assert not Attendance.objects.exists()

    def test_who_is_recorded_already_is_proposed_to_be_dropped(self, client: Client, meeting: Meeting) -> None:
        make_attendance(meeting, "PKK")
        sent = paste(client, meeting, "Camat Suliki; PKK")
        assert (sent["step_1"], sent["step_2"]) == ("keep", "drop")

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("", "Tempel atau tulis daftar peserta."),
            (" ,;. ", "Tidak ada nama lembaga"),
            ("; ".join(f"Kelompok {n}" for n in range(400)), "lebih dari 298 peserta"),
            ("a" * 20_001, "20000"),
        ],
    )
    def test_a_text_that_cannot_be_read_is_kept_and_answered(
        self, client: Client, meeting: Meeting, text: str, sentence: str
    ) -> None:
        answer = client.post(address(meeting), {"text": text})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert text.strip()[:50] in unescape(answer.content.decode())

    def test_the_text_comes_back_to_be_changed(self, client: Client, meeting: Meeting) -> None:
        sent = paste(client, meeting, "Camat Suliki; PKK")
        page = client.post(address(meeting), {**sent, "action": "back"}).content.decode()
        assert re.search(r"<textarea[^>]*>\s*Camat Suliki; PKK", page)

    def test_an_institution_of_another_province_cannot_be_chosen(self, client: Client, meeting: Meeting) -> None:
        foreign = make_institution("Dinas Jauh", area="33.73")
        sent = paste(client, meeting, "Camat Suliki")
        assert save(client, meeting, sent, institution_1=str(foreign.pk)).status_code == 422


class TestAttendanceRemove:
    def test_a_mistake_goes_and_a_promise_holds_its_party(self, client: Client, meeting: Meeting) -> None:
        mistake, party = make_attendance(meeting, "Salah"), make_attendance(meeting, "PKK")
        make_commitment(party=party)
        for row in (mistake, party):
            assert client.post(f"{address(meeting)}{row.pk}/hapus/").status_code == 302
        assert lines(meeting) == ["PKK"]

    def test_a_line_of_another_meeting_is_not_there(self, client: Client, meeting: Meeting) -> None:
        other = make_attendance(make_meeting())
        assert client.post(f"{address(meeting)}{other.pk}/hapus/").status_code == 404


class TestAttendanceCount:
    def test_each_figure_is_optional_and_small_cells_stay_with_the_host(self, client: Client) -> None:
        liaison, host = make_liaison()
        row = make_meeting(host)
        address = f"{row.get_absolute_url()}peserta/angka/"
        client.force_login(liaison)
        empty = client.post(address, {})
        assert empty.status_code == 422
        assert "Isi sedikitnya satu angka." in empty.content.decode()
        wrong = client.post(address, {"total": "3", "female": "9", "male": "1"})
        assert wrong.status_code == 422
        assert "Rinciannya lebih banyak" in wrong.content.decode()
        assert 'value="9"' in wrong.content.decode()
        data = {"female": "12", "male": "8", "disabled": "2", "able": "18"}
        assert client.post(address, data).status_code == 302
        assert "20 orang hadir" in client.get(row.get_absolute_url()).content.decode()
        assert "penyandang disabilitas 2" in client.get(row.get_absolute_url()).content.decode()
        client.logout()
        page = client.get(row.get_absolute_url()).content.decode()
        assert "perempuan 12, laki-laki 8" in page
        assert "penyandang disabilitas" not in page.lower()
        client.force_login(liaison)
        client.post(address, {"action": "clear"})
        assert "orang hadir" not in client.get(row.get_absolute_url()).content.decode()
