from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Consent
from accounts.outbox import OutgoingMail
from libraries.models import ActivitySession, OtherContent, Registration
from libraries.models.registration import MOST_WAITING
from libraries.notifications import MAILS_A_DAY
from libraries.workflow import Seat
from tests.factories import make_user
from tests.libraries.agendas import begin, make_activity, make_session, session_values, take
from tests.together import together


@pytest.mark.django_db
class TestTake:
    def test_a_name_is_enough_and_nothing_else_is_kept(self) -> None:
        row = take(make_session()).row
        assert (row.status, row.email, row.phone, row.user, row.consent) == (Seat.SEATED, "", "", None, None)
        assert not Consent.objects.exists()
        assert not OutgoingMail.objects.exists()

    def test_a_contact_comes_with_a_consent_and_the_link_by_mail(self) -> None:
        taken = take(make_session(), email="Uni@Contoh.invalid")
        consent = Consent.objects.get()
        assert (taken.row.consent, consent.purpose, consent.text_version) == (consent, "activity", "kegiatan-1")
        mail = OutgoingMail.objects.get()
        assert (mail.to, taken.link in mail.body, "Uni Upik" in mail.body) == ("uni@contoh.invalid", True, False)

    def test_the_database_keeps_no_code(self) -> None:
        taken = take(make_session())
        assert taken.code not in repr(Registration.objects.values().get())

    def test_when_seats_are_gone_there_is_a_queue_and_then_a_refusal(self) -> None:
        session = make_session(seats=1)
        take(session)
        second, third = take(session).row, take(session).row
        assert (second.status, second.place_in_queue, third.place_in_queue) == (Seat.WAITING, 1, 2)
        for _ in range(MOST_WAITING - 2):
            take(session)
        with pytest.raises(ValidationError, match="daftar tunggu sesi ini sudah penuh"):
            take(session)

    def test_the_same_form_twice_is_one_place_with_one_code(self) -> None:
        session, key = make_session(), uuid4()
        first, second = (take(session, submission_id=key) for _ in range(2))
        assert (first.code, first.is_new, second.is_new) == (second.code, True, False)
        assert Registration.objects.count() == 1

    def test_the_same_key_with_another_name_learns_nothing(self) -> None:
        session, key = make_session(), uuid4()
        take(session, submission_id=key)
        with pytest.raises(OtherContent):
            take(session, "Uda Buyung", submission_id=key)

    def test_what_looks_automatic_waits_for_the_librarian_and_gets_no_mail(self) -> None:
        session = make_session(seats=5)
        row = take(session, email="uni@contoh.invalid", is_held=True).row
        assert (row.status, session.seats_left) == (Seat.WAITING, 5)
        assert not OutgoingMail.objects.exists()
        assert not session.fill_seats()
        row.admit(by=make_user())
        assert Registration.objects.get().status == Seat.SEATED

    def test_a_flood_that_looks_automatic_leaves_the_queue_to_people(self) -> None:
        session = make_session(seats=1)
        for _ in range(MOST_WAITING):
            take(session, is_held=True)
        with pytest.raises(ValidationError, match="sudah penuh"):
            take(session, is_held=True)
        assert [take(session).row.status for _ in range(2)] == [Seat.SEATED, Seat.WAITING]

    def test_an_address_gets_a_handful_of_letters_a_day_and_the_places_all_the_same(self) -> None:
        session = make_session()
        for _ in range(MAILS_A_DAY + 3):
            take(session, email="Korban@Contoh.invalid")
        assert OutgoingMail.objects.count() == MAILS_A_DAY
        assert session.registrations.seated().count() == MAILS_A_DAY + 3

    def test_closed_doors_say_why(self) -> None:
        begun, off = begin(make_session(), hours_ago=1), make_session()
        off.cancel(by=make_user(), reason="Hujan.")
        free = make_activity(takes_registrations=False).sessions.get()
        for session, words in ((begun, "sudah dimulai"), (off, "dibatalkan"), (free, "tanpa pendaftaran")):
            with pytest.raises(ValidationError, match=words):
                take(session)

    def test_a_librarian_writes_down_a_neighbour_while_the_session_runs(self) -> None:
        librarian, session = make_user(), begin(make_session(), hours_ago=1)
        take(session, by=librarian)
        event = session.activity.library.events.order_by("-sequence").first()
        assert (event.action, event.actor_key) == ("registered", librarian.pk)

    def test_the_event_names_nobody(self) -> None:
        session = make_session()
        take(session)
        event = session.activity.library.events.order_by("-sequence").first()
        assert (event.actor_label, event.actor_key) == ("Warga", None)
        assert "Upik" not in repr(event.__dict__)

    def test_a_contact_without_consent_is_refused_by_the_database(self) -> None:
        row = take(make_session()).row
        with pytest.raises(IntegrityError), transaction.atomic():
            Registration.objects.filter(pk=row.pk).update(email="uni@contoh.invalid")


@pytest.mark.django_db
class TestCancel:
    def test_everything_about_the_person_goes_and_the_next_one_is_seated(self) -> None:
        session = make_session(seats=1)
        first = take(session, email="uni@contoh.invalid", phone="0812 0000 0000", user=make_user()).row
        second = take(session, "Uda Buyung", email="uda@contoh.invalid").row
        first.cancel()
        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.name, first.email, first.phone, first.user) == ("", "", "", None)
        assert first.consent
        assert first.consent.withdrawn_at
        assert second.status == Seat.SEATED
        assert OutgoingMail.objects.filter(to="uda@contoh.invalid", template__contains="seat_given").exists()

    def test_twice_is_once(self) -> None:
        row = take(make_session()).row
        row.cancel()
        row.cancel()
        assert row.session.activity.library.events.filter(action="registration_cancelled").count() == 1

    def test_nobody_is_seated_in_a_session_that_runs(self) -> None:
        session = make_session(seats=1)
        first, second = take(session).row, take(session).row
        begin(session, hours_ago=1)
        first.cancel()
        second.refresh_from_db()
        assert second.status == Seat.WAITING

    def test_the_contact_alone(self) -> None:
        row = take(make_session(), email="uni@contoh.invalid").row
        row.drop_contact()
        row.refresh_from_db()
        assert (row.name, row.email, row.status) == ("Uni Upik", "", Seat.SEATED)
        assert row.consent
        assert row.consent.withdrawn_at


@pytest.mark.django_db
class TestAdmit:
    def test_not_beyond_the_seats(self) -> None:
        session = make_session(seats=1)
        take(session)
        waiting = take(session).row
        with pytest.raises(ValidationError, match="Semua kursi"):
            waiting.admit(by=make_user())

    def test_who_gave_the_place_back_gets_none(self) -> None:
        row = take(make_session()).row
        row.cancel()
        with pytest.raises(ValidationError, match="tidak sedang menunggu"):
            row.admit(by=make_user())


@pytest.mark.django_db
class TestForgetEnded:
    def test_a_week_after_the_session_nobody_is_left(self) -> None:
        old, new = make_session(), make_session()
        for session, days in ((old, 8), (new, 6)):
            take(session, email="uni@contoh.invalid")
            ends = timezone.now() - timedelta(days=days)
            ActivitySession.objects.filter(pk=session.pk).update(starts_at=ends - timedelta(hours=2), ends_at=ends)
        assert Registration.objects.forget_ended() == 1
        assert Registration.objects.get().session == new


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_the_last_seat_is_given_once(self) -> None:
        key = make_session(seats=2).pk
        session = ActivitySession.objects.get(pk=key)
        take(session)

        def register() -> str:
            return take(ActivitySession.objects.select_related("activity__library").get(pk=key)).row.status

        assert sorted(map(str, together(4, register))) == ["seated", "waiting", "waiting", "waiting"]

    def test_a_form_sent_four_times_at_once_is_one_place(self) -> None:
        key, form = make_session(seats=5).pk, uuid4()
        codes = together(4, lambda: take(ActivitySession.objects.get(pk=key), submission_id=form).code)
        assert len(set(codes)) == 1
        assert Registration.objects.count() == 1

    def test_two_sessions_do_not_take_one_space_at_once(self) -> None:
        library = make_activity().library

        def plan() -> bool:
            try:
                make_activity(type(library).objects.get(), space="work_skills", session=session_values(days=30))
            except ValidationError:
                return False
            return True

        assert sorted(together(2, plan)) == [False, True]
