from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from accounts.outbox import OutgoingMail
from libraries.models import Activity, StaleActivity
from tests.factories import make_user
from tests.libraries.agendas import begin, make_activity, make_session, session_values, take
from tests.libraries.making import make_library


@pytest.mark.django_db
class TestPlan:
    def test_an_activity_comes_with_its_first_session_and_tags(self) -> None:
        row = make_activity(tags=["elders", "human_rights", "women"])
        assert row.sessions.get().area_id == row.library.area_id
        assert row.tag_labels == (["Perempuan", "Lansia"], ["Hak asasi manusia"])

    def test_one_form_makes_one_activity(self) -> None:
        library, key = make_library(), uuid4()
        values = {"kind": "culture", "title": "Pentas", "description": "Tari.", "takes_registrations": False}
        made = [
            Activity.plan(library, by=make_user(), session=session_values(), tags=(), submission_id=key, **values)
            for _ in range(2)
        ]
        assert made[0] == made[1]
        assert Activity.objects.count() == 1

    def test_it_says_what_it_is(self) -> None:
        with pytest.raises(ValidationError, match="description"):
            make_activity(description="")


@pytest.mark.django_db
class TestVisibleTo:
    def test_an_activity_of_a_library_off_the_list_is_for_its_keepers(self) -> None:
        library = make_library(is_listed=False)
        row, stranger = make_activity(library), make_user()
        assert not Activity.objects.visible_to(stranger).exists()
        assert Activity.objects.visible_to(make_user(is_superuser=True)).get() == row


@pytest.mark.django_db
class TestChange:
    def test_words_and_tags(self) -> None:
        row = make_activity(tags=["women"])
        row.change(by=make_user(), version=1, tags=["youth"], title="Kelas baru")
        stored = Activity.objects.get()
        assert (stored.title, stored.tag_labels, stored.version) == ("Kelas baru", (["Pemuda"], []), 2)

    def test_the_slower_of_two_writers_is_told(self) -> None:
        row = make_activity()
        row.change(by=make_user(), version=1, tags=(), title="Kelas baru")
        with pytest.raises(StaleActivity):
            Activity.objects.get().change(by=make_user(), version=1, tags=(), title="Kelas lama")

    def test_moving_into_a_taken_space_is_refused(self) -> None:
        library = make_library()
        make_activity(library, space="work_skills", title="Menjahit")
        row = make_activity(library)
        with pytest.raises(ValidationError, match="sudah dipakai “Menjahit”"):
            row.change(by=make_user(), version=1, tags=(), space="work_skills")
        assert Activity.objects.get(pk=row.pk).space == ""


@pytest.mark.django_db
class TestCancel:
    def test_whoever_registered_hears_why_and_nobody_else(self) -> None:
        session = make_session()
        over = make_session(session.activity, days=9)
        take(session, email="uni@contoh.invalid")
        take(over, email="lama@contoh.invalid")
        begin(over)
        session.activity.cancel(by=make_user(), reason="Pengajar sakit.")
        told = OutgoingMail.objects.filter(template="libraries/mail/session_cancelled.txt")
        assert [(mail.to, "Pengajar sakit." in mail.body) for mail in told] == [("uni@contoh.invalid", True)]

    def test_a_reason_is_needed_and_twice_is_once(self) -> None:
        row = make_activity()
        with pytest.raises(ValidationError, match="alasannya"):
            row.cancel(by=make_user(), reason=" ")
        for _ in range(2):
            row.cancel(by=make_user(), reason="Hujan.")
        assert row.library.events.filter(action="activity_cancelled").count() == 1
