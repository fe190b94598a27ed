from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.outbox import OutgoingMail
from libraries.models import ActivitySession, Registration, StaleSession
from libraries.workflow import Seat
from tests.factories import make_user
from tests.libraries.agendas import begin, make_activity, make_session, moment, session_values, take
from tests.libraries.making import make_library

MOVED = "libraries/mail/session_moved.txt"


def keep(session: ActivitySession, version: int | None = None) -> None:
    session.activity.keep_session(session, by=make_user(), version=session.version if version is None else version)


@pytest.mark.django_db
class TestStore:
    def test_another_time_is_told_to_whoever_left_an_address(self) -> None:
        session = make_session()
        take(session, email="uni@contoh.invalid")
        take(session)
        session.starts_at, session.ends_at = moment(8), moment(8, 11)
        keep(session)
        assert [mail.to for mail in OutgoingMail.objects.filter(template=MOVED)] == ["uni@contoh.invalid"]
        assert ActivitySession.objects.get().changed_at

    def test_more_seats_are_nobodys_news_but_fill_from_the_queue(self) -> None:
        session = make_session(seats=1)
        take(session)
        waiting = take(session, "Uda Buyung", email="uda@contoh.invalid").row
        session.seats = 2
        keep(session)
        waiting.refresh_from_db()
        assert waiting.status == Seat.SEATED
        assert not OutgoingMail.objects.filter(template=MOVED).exists()
        assert OutgoingMail.objects.filter(template="libraries/mail/seat_given.txt").count() == 1

    def test_one_seat_more_is_given_to_one_who_waits_however_the_row_was_read(self) -> None:
        session = make_session(seats=1)
        for _ in range(4):
            take(session)
        session = ActivitySession.objects.with_taken().get()
        session.seats = 2
        keep(session)
        assert ActivitySession.objects.with_taken().get().taken == 2

    def test_one_space_holds_one_session_at_a_time(self) -> None:
        library = make_library()
        make_activity(library, space="work_skills", title="Menjahit")
        with pytest.raises(ValidationError, match="sudah dipakai “Menjahit”"):
            make_activity(library, space="work_skills", session=session_values(hour=10))
        make_activity(library, space="work_skills", session=session_values(hour=11))
        make_activity(library, space="contextual_learning")
        make_activity(make_library(), space="work_skills")

    def test_a_cancelled_session_leaves_its_space(self) -> None:
        library = make_library()
        make_activity(library, space="work_skills").cancel(by=make_user(), reason="Hujan.")
        make_activity(library, space="work_skills")

    def test_the_slower_of_two_writers_is_told(self) -> None:
        session = make_session()
        session.seats = 9
        keep(session)
        with pytest.raises(StaleSession):
            keep(session, version=1)

    def test_the_same_new_session_twice_is_one(self) -> None:
        session = make_session()
        for _ in range(2):
            make_session(session.activity, days=9)
        assert session.activity.sessions.count() == 2

    def test_what_is_over_is_not_moved(self) -> None:
        session = begin(make_session())
        session.starts_at = moment(3)
        session.ends_at = session.starts_at + timedelta(hours=1)
        with pytest.raises(ValidationError, match="tidak dapat dipindah"):
            keep(session)

    def test_a_session_lasts_a_day_at_most(self) -> None:
        with pytest.raises(ValidationError, match="paling lama satu hari"):
            make_session(ends_at=moment(9))


@pytest.mark.django_db
class TestCancel:
    def test_told_once_with_the_reason(self) -> None:
        session = make_session()
        take(session, email="uni@contoh.invalid")
        for _ in range(2):
            session.cancel(by=make_user(), reason="Pengajar sakit.")
        assert OutgoingMail.objects.filter(template="libraries/mail/session_cancelled.txt").count() == 1
        assert ActivitySession.objects.get().is_off

    def test_what_is_over_stays(self) -> None:
        session = begin(make_session())
        with pytest.raises(ValidationError, match="sudah selesai"):
            session.cancel(by=make_user(), reason="Hujan.")


@pytest.mark.django_db
class TestQueries:
    def test_the_agenda_shows_what_is_not_over_of_listed_libraries(self) -> None:
        coming = make_session(days=2)
        begin(make_session())
        make_activity(make_library(is_listed=False))
        assert list(ActivitySession.objects.listed().coming()) == [coming]

    def test_taken_seats_are_counted_in_one_query(self) -> None:
        session = make_session(seats=3)
        take(session)
        take(make_session(session.activity, days=8))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            rows = {row.pk: row.taken for row in ActivitySession.objects.with_taken()}
        assert (rows[session.pk], len(rows), len(queries)) == (1, 2, 1)

    def test_a_registration_given_back_takes_no_seat(self) -> None:
        session = make_session(seats=1)
        take(session).row.cancel()
        assert session.seats_left == 1
        assert Registration.objects.count() == 1
