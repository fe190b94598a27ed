from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from libraries.models import ActivityAttendee, ActivitySession, MonthlyFigures, Registration, SessionCount
from libraries.models.attendance import MOST_LINES
from libraries.months import first_day
from tests.libraries.agendas import begin, make_session, take
from tests.libraries.making import make_librarian, make_library_officer
from tests.libraries.views.test_month import browser


def address(name: str, session: ActivitySession, *more: Any) -> str:
    activity = session.activity
    return reverse(f"libraries:{name}", args=[activity.library.slug, activity.public_id, session.pk, *more])


def rows(*lines: dict[str, str]) -> dict[str, str]:
    sent = {f"hadir-{place}-{name}": value for place, line in enumerate(lines) for name, value in line.items()}
    return {"hadir-TOTAL_FORMS": str(len(lines)), "hadir-INITIAL_FORMS": "0", **sent}


@pytest.fixture
def librarian(db: None) -> Client:
    return browser(make_librarian())


class TestParticipantList:
    def test_a_neighbour_is_written_down_once(self, librarian: Client) -> None:
        session, key = make_session(seats=1), str(uuid4())
        for _ in range(2):
            sent = {"submission_id": key, "name": "Uni Upik"}
            assert librarian.post(address("participant_list", session), sent).status_code == 302
        page = librarian.get(address("participant_list", session)).content.decode()
        assert ("Uni Upik" in page, Registration.objects.count()) == (True, 1)

    def test_the_agency_reads_figures_and_no_names(self, librarian: Client) -> None:
        session, officer = make_session(), browser(make_library_officer())
        take(session, "Uni Upik")
        for name in ("participant_list", "attendance_edit", "attendance_sheet"):
            assert officer.get(address(name, session)).status_code == 403
        assert officer.get(address("attendance_count", session)).status_code == 200

    def test_two_buttons(self, librarian: Client) -> None:
        session = make_session(seats=5)
        held, other = take(session, is_held=True).row, take(session, "Uda").row
        librarian.post(address("participant_act", session, held.pk), {"action": "admit"})
        librarian.post(address("participant_act", session, other.pk), {"action": "drop"})
        assert [row.pk for row in session.registrations.seated()] == [held.pk]

    def test_a_post_without_a_button_takes_nobody_off(self, librarian: Client) -> None:
        session = make_session(seats=5)
        row = take(session, "Uda").row
        librarian.post(address("participant_act", session, row.pk))
        assert [each.pk for each in session.registrations.seated()] == [row.pk]

    def test_a_registration_of_another_session_is_not_there(self, librarian: Client) -> None:
        session, foreign = make_session(), take(make_session()).row
        assert librarian.post(address("participant_act", session, foreign.pk)).status_code == 404

    @pytest.mark.parametrize("number", [1, 20])
    def test_queries_do_not_grow(self, librarian: Client, number: int, django_assert_max_num_queries: Any) -> None:
        session = make_session()
        for _ in range(number):
            take(session)
        with django_assert_max_num_queries(9):
            librarian.get(address("participant_list", session))


class TestAttendanceEdit:
    def test_who_registered_is_offered_and_ticked_lines_are_kept(self, librarian: Client) -> None:
        session = make_session()
        take(session, "Uni Upik")
        begin(session)
        assert 'value="Uni Upik"' in librarian.get(address("attendance_edit", session)).content.decode()
        sent = rows(
            {"name": "Uni Upik", "came": "on", "sex": "female", "age_band": "elder", "disability": "no"},
            {"name": "Uda Buyung"},
            {"name": ""},
        )
        assert librarian.post(address("attendance_edit", session), sent).status_code == 302
        row = ActivityAttendee.objects.get()
        assert (row.line, row.sex, row.age_band, row.has_disability) == ("Uni Upik", "female", "elder", False)

    def test_a_full_hall_fits_on_one_list(self, librarian: Client) -> None:
        session = begin(make_session())
        line = {"came": "on", "sex": "female", "age_band": "elder", "disability": "no"}
        sent = rows(*({"name": f"Ibu nomor {number}", **line} for number in range(MOST_LINES)))
        assert librarian.post(address("attendance_edit", session), sent).status_code == 302
        assert session.attendees.count() == MOST_LINES

    @pytest.mark.parametrize(
        ("line", "words"),
        [
            ({"name": " ", "came": "on"}, "Tulis nama atau alias orang yang hadir"),
            ({"name": "Uni", "sex": "male"}, "Beri tanda hadir"),
            ({"name": "Uni", "came": "on", "sex": "x"}, "x"),
        ],
    )
    def test_bad_input_gets_a_sentence_and_nothing_typed_is_lost(
        self, librarian: Client, line: dict[str, str], words: str
    ) -> None:
        session = begin(make_session())
        answer = librarian.post(address("attendance_edit", session), rows(line, {"name": "Uda Buyung", "came": "on"}))
        page = answer.content.decode()
        assert (answer.status_code, words in page, "Uda Buyung" in page) == (422, True, True)
        assert not ActivityAttendee.objects.exists()

    def test_not_before_the_session(self, librarian: Client) -> None:
        session = make_session()
        answer = librarian.post(address("attendance_edit", session), rows({"name": "Uni", "came": "on"}))
        assert (answer.status_code, "belum dimulai" in answer.content.decode()) == (422, True)

    @pytest.mark.parametrize("name", ["attendance_edit", "attendance_count"])
    def test_the_form_says_so_before_anything_is_typed(self, librarian: Client, name: str) -> None:
        session = make_session()
        assert "belum berlangsung" in librarian.get(address(name, session)).content.decode()
        assert "belum berlangsung" not in librarian.get(address(name, begin(session))).content.decode()


class TestAttendanceCount:
    def test_sums_of_the_paper_sheet(self, librarian: Client) -> None:
        session = begin(make_session())
        sent = {"total": "12", "female": "7", "male": "5"}
        assert librarian.post(address("attendance_count", session), sent).status_code == 302
        assert SessionCount.objects.get().headcount.breakdowns["Jenis kelamin"] == {"Perempuan": 7, "Laki-laki": 5}
        librarian.post(address("attendance_count", session), {"action": "clear"})
        assert not SessionCount.objects.exists()

    @pytest.mark.parametrize(
        ("sent", "words"),
        [
            ({"total": ""}, "Tulis 0 bila tidak ada"),
            ({"total": "-3"}, "paling sedikit 0"),
            ({"total": "5", "female": "6"}, "lebih banyak daripada jumlah"),
            ({"total": "100001"}, "terlalu besar untuk satu sesi"),
        ],
    )
    def test_bad_input_gets_a_sentence(self, librarian: Client, sent: dict[str, str], words: str) -> None:
        answer = librarian.post(address("attendance_count", begin(make_session())), {"elder": "4", **sent})
        page = answer.content.decode()
        assert (answer.status_code, words in page, 'value="4"' in page) == (422, True, True)


class TestAttendanceSheet:
    def test_names_to_sign_beside(self, librarian: Client) -> None:
        session = make_session()
        take(session, "Uni Upik")
        page = librarian.get(address("attendance_sheet", session)).content.decode()
        assert ("<td>Uni Upik</td>" in page, "L/P, umur, difabel" in page) == (True, True)


class TestMonthPrefill:
    def month(self, session: ActivitySession) -> str:
        code = f"{first_day(timezone.localtime(session.starts_at).date()):%Y-%m}"
        return reverse("libraries:month_edit", args=[session.activity.library.slug, code])

    def test_who_came_is_offered_for_a_month_not_entered(self, librarian: Client) -> None:
        session = begin(make_session())
        SessionCount.write(session, by=make_librarian(), total=12)
        page = librarian.get(self.month(session)).content.decode()
        assert 'name="participants" value="12"' in page
        assert "1 kegiatan (1 sesi), 12 kehadiran" in page

    def test_what_was_entered_stays(self, librarian: Client) -> None:
        session = begin(make_session())
        SessionCount.write(session, by=make_librarian(), total=12)
        library, month = session.activity.library, first_day(timezone.localtime(session.starts_at).date())
        numbers = {"visits_onsite": 1, "visits_online": 0, "activities": 3, "participants": 50}
        MonthlyFigures.of_month(library, month).enter(by=make_librarian(), version=0, **numbers)
        page = librarian.get(self.month(session)).content.decode()
        assert ('name="participants" value="50"' in page, "12 kehadiran" in page) == (True, True)

    def test_what_nobody_counted_is_named(self, librarian: Client) -> None:
        session = begin(make_session())
        assert "Belum dihitung hadirnya" in librarian.get(self.month(session)).content.decode()
