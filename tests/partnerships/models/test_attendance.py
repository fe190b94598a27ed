from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from partnerships.attendees import parse
from partnerships.models import Attendance, Chosen
from partnerships.models.attendance import MOST_ATTENDEES, alike, as_known, known_to
from tests.factories import make_institution, make_user
from tests.partnerships.meetings import make_attendance, make_commitment, make_meeting
from tests.partnerships.test_attendees import BALI, FIRST

pytestmark = pytest.mark.django_db


class TestRecord:
    def test_all_lines_or_none(self) -> None:
        meeting = make_meeting()
        with pytest.raises(ValidationError):
            Attendance.record(meeting, [Chosen("BPS"), Chosen("...")], by=make_user())
        assert not meeting.attendance.exists()

    def test_twice_pressed_records_once(self) -> None:
        meeting, by = make_meeting(), make_user()
        lines = [Chosen(line) for line in BALI]
        assert (Attendance.record(meeting, lines, by=by), Attendance.record(meeting, lines, by=by)) == (12, 0)
        assert [row.line for row in meeting.attendance.all()] == BALI

    def test_the_database_refuses_a_second_line_of_one_party(self) -> None:
        row = make_attendance(make_meeting(), "Universitas Ganesha")
        with pytest.raises(IntegrityError), transaction.atomic():
            Attendance.objects.create(gathering=row.gathering, line="univ. ganesha")

    def test_too_many_are_refused_in_words(self) -> None:
        with pytest.raises(ValidationError, match="Paling banyak"):
            Attendance.record(
                make_meeting(), [Chosen(f"Kelompok {n}") for n in range(MOST_ATTENDEES + 1)], by=make_user()
            )

    def test_a_merged_institution_is_recorded_as_the_one_that_stands(self) -> None:
        old, new = make_institution(), make_institution()
        old.merge_into(new, make_user(is_superuser=True))
        old.refresh_from_db()
        assert make_attendance(make_meeting(), "Dinas lama", old).institution == new


class TestRemove:
    def test_a_mistake_goes_a_party_with_a_promise_stays(self) -> None:
        meeting = make_meeting()
        make_attendance(meeting, "Salah ketik").remove(by=make_user())
        party = make_attendance(meeting)
        make_commitment(party=party)
        with pytest.raises(ValidationError, match="memegang tindak lanjut"):
            party.remove(by=make_user())
        assert list(meeting.attendance.all()) == [party]


class TestKnown:
    def test_institutions_of_the_province_are_found_with_and_without_its_name(self) -> None:
        office = make_institution("Dinas Komunikasi, Informatika dan Statistik", area="51")
        hospital = make_institution("RS Bali Mandara", area="51.71")
        make_institution("Universitas Ganesha", area="33.73")
        meeting = make_meeting(make_institution(area="51"))
        found = {line.text: line.institution for line in parse(FIRST, as_known(known_to(meeting))).lines}
        assert found[BALI[0]] == office.pk
        assert found["RS Bali Mandara"] == hospital.pk
        assert found["Universitas Ganesha"] is None
        assert list(found) == BALI

    def test_those_that_sound_alike_are_offered_best_first(self) -> None:
        near = make_institution("Dinas Kesehatan Kabupaten Agam", area="13.06")
        make_institution("Kantor Pos", area="13.06")
        assert alike("Dinas Kesehatan Kab Agam", [near]) == [near]
        assert alike("Kantor Pos", [near]) == []
