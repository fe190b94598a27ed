from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Role
from partnerships.models import Meeting, MeetingEvent, MeetingSession, StaleMeeting
from tests.factories import make_document, make_grant, make_institution, make_kim, make_user
from tests.partnerships.meetings import BALI_DAY, make_attendance, make_liaison, make_meeting, session_values

pytestmark = pytest.mark.django_db


class TestCall:
    def test_a_meeting_lies_where_its_host_is_and_begins_with_its_first_session(self) -> None:
        host = make_institution(area="51")
        meeting = make_meeting(
            host, session={"starts_at": BALI_DAY, "mode": "virtual", "place": "", "platform": "Zoom"}
        )
        assert (meeting.area_id, meeting.host, meeting.starts_at) == ("51", host, BALI_DAY)
        assert meeting.sessions.get().when == "9 Maret 2021 pukul 09.00–11.00 WITA"
        assert [event.action for event in meeting.events.order_by("sequence")] == ["called", "session_added"]

    def test_a_session_that_cannot_be_leaves_no_meeting(self) -> None:
        with pytest.raises(ValidationError, match="Tulis tempat bertemu"):
            make_meeting(session={"place": ""})
        assert not Meeting.objects.exists()

    @pytest.mark.parametrize("name", ["title", "chair_position", "agenda"])
    def test_the_database_keeps_what_a_meeting_says(self, name: str) -> None:
        meeting = make_meeting()
        with pytest.raises(IntegrityError), transaction.atomic():
            Meeting.objects.filter(pk=meeting.pk).update(**{name: ""})

    def test_one_host_neither_none_nor_two(self) -> None:
        meeting = make_meeting()
        for values in ({"kim": None}, {"institution": make_institution()}, {"kind": "pesta"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Meeting.objects.filter(pk=meeting.pk).update(**values)


class TestChange:
    def test_a_stale_form_changes_nothing(self) -> None:
        meeting, by = make_meeting(), make_user()
        meeting.change(by=by, version=meeting.version, title="Nama baru")
        with pytest.raises(StaleMeeting):
            meeting.change(by=by, version=1, title="Nama lain")
        meeting.refresh_from_db()
        assert meeting.title == "Nama baru"

    def test_minutes_are_an_event_of_their_own_and_nothing_changed_is_none(self) -> None:
        meeting, by = make_meeting(), make_user()
        meeting.change(by=by, version=None, minutes="Disepakati.")
        meeting.change(by=by, version=None, minutes="Disepakati.")
        assert [event.action for event in meeting.events.order_by("sequence")][2:] == ["minutes_written"]


class TestSessions:
    def test_the_lists_follow_the_earliest_session(self) -> None:
        meeting, by = make_meeting(), make_user()
        first = meeting.sessions.get()
        early = MeetingSession(meeting=meeting, **session_values(starts_at=BALI_DAY))
        meeting.keep_session(early, by=by)
        assert meeting.starts_at == BALI_DAY
        meeting.drop_session(early, by=by)
        assert meeting.starts_at == first.starts_at
        with pytest.raises(ValidationError, match="sedikitnya satu sesi"):
            meeting.drop_session(first, by=by)


class TestCancel:
    def test_only_what_is_to_come_and_with_a_reason(self) -> None:
        coming, over = make_meeting(session={"starts_at": timezone.now() + timedelta(days=3)}), make_meeting()
        with pytest.raises(ValidationError, match="Tulis alasannya"):
            coming.cancel(by=make_user(), reason=" ")
        coming.cancel(by=make_user(), reason="Hujan lebat.")
        assert coming.events.order_by("-sequence")[0].text == "Hujan lebat."
        with pytest.raises(ValidationError, match="tidak dapat dibatalkan"):
            over.cancel(by=make_user(), reason="Terlambat.")


class TestMaterials:
    def test_a_paper_taken_away_is_gone_with_its_file(self) -> None:
        meeting, by = make_meeting(), make_user()
        document = make_document()
        row = meeting.add_material("Paparan", document, by=by)
        meeting.drop_material(row, by=by)
        assert not type(document).objects.filter(pk=document.pk).exists()


class TestVisibleTo:
    def seen(self, user: Any) -> set[Meeting]:
        return set(Meeting.objects.visible_to(user))

    def test_hosts_parties_and_officers_of_the_area_see_what_is_not_public(self) -> None:
        admin, officer, stranger = make_user(), make_user(), make_user()
        meeting = make_meeting(make_kim(admin=admin), is_public=False)
        make_grant(officer, Role.KIM_VERIFIER, area="13.07")
        make_grant(stranger, Role.KIM_VERIFIER, area="33.73")
        liaison, institution = make_liaison()
        assert self.seen(liaison) == set()
        make_attendance(meeting, "Dinas yang hadir", institution)
        for user, rows in ((admin, {meeting}), (officer, {meeting}), (liaison, {meeting}), (stranger, set())):
            assert self.seen(user) == rows
        assert set(Meeting.objects.listed()) == set()

    def test_an_institution_that_took_over_holds_its_meetings(self) -> None:
        liaison, new = make_liaison()
        old = make_institution()
        meeting = make_meeting(old, is_public=False)
        old.merge_into(new, make_user(is_superuser=True))
        meeting.refresh_from_db()
        assert meeting.host == new
        assert self.seen(type(liaison).objects.get(pk=liaison.pk)) == {meeting}


def test_events_are_whole() -> None:
    meeting = make_meeting()
    assert MeetingEvent.verify_chain(meeting)
