from __future__ import annotations

from contextlib import suppress
from functools import partial

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError

from accounts import personal_data
from accounts.models import Consent, Role, User
from libraries.models import ImpactStory, Registration
from libraries.workflow import StoryStatus
from tests.factories import make_grant, make_user
from tests.libraries.agendas import make_session, take
from tests.libraries.making import make_library
from tests.libraries.models.test_synergy import make_bridge
from tests.libraries.stories import REAL, make_story
from tests.together import together

NAME = "pendaftaran kegiatan"


@pytest.fixture
def person(db: None) -> User:
    user = make_user("uni@contoh.invalid")
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


class TestRegistered:
    def test_the_copy_has_what_was_registered_signed_in_or_under_a_proven_address(self, person: User) -> None:
        session = make_session()
        take(session, "Uni", user=person)
        take(session, "Upik", email=person.email)
        take(session, "Orang lain", email="lain@contoh.invalid")
        assert [row["nama"] for row in personal_data.copy_of(person)[NAME]] == ["Uni", "Upik"]

    def test_erasure_gives_the_place_back(self, person: User) -> None:
        session = make_session(seats=1)
        take(session, "Uni", email=person.email)
        personal_data.erase(person)
        row = Registration.objects.get()
        assert (row.name, row.email, session.seats_left) == ("", "", 1)

    def test_a_withdrawn_consent_takes_the_contact_and_leaves_the_place(self, person: User) -> None:
        take(make_session(), "Uni", email=person.email, user=person)
        Consent.objects.get().withdraw(person)
        row = Registration.objects.get()
        assert (row.name, row.email, row.status) == ("Uni", "", "seated")

    def test_the_copy_has_the_partners_a_consultant_brought_together(self, person: User) -> None:
        make_grant(person, Role.TPBIS_CONSULTANT, "13")
        bridge = make_bridge(consultant=person)
        (row,) = personal_data.copy_of(person)["mitra yang dijembatani"]
        assert (row["hasil"], row["tanggal"]) == (bridge.about, bridge.bridged_on)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_to_cancel_and_to_withdraw_do_not_wait_for_each_other(self, person: User) -> None:
        """Only a server that locks rows can show the fault."""
        keys = [take(make_session(), "Uni", email=person.email, user=person).row.pk for _ in range(6)]
        rows = [Registration.objects.with_session().get(pk=key) for key in keys]
        consents = [Consent.objects.get(pk=row.consent_id) for row in rows]
        steps = [*(row.cancel for row in rows), *(partial(each.withdraw, person) for each in consents)]

        def step() -> None:
            with suppress(ValidationError):  # withdrawn already by the other
                steps.pop(len(steps) // 2)()

        together(12, step)
        assert not Registration.objects.exclude(email="", name="").exists()
        assert not Consent.objects.filter(withdrawn_at__isnull=True).exists()


@pytest.fixture
def told(db: None) -> tuple[User, ImpactStory]:
    user, story = make_user(), make_story(make_library())
    story.consent.user = user
    story.consent.save()
    make_story(make_library())  # somebody else's
    return user, story


class TestStories:
    def test_a_copy_holds_the_own_story_alone(self, told: tuple[User, ImpactStory]) -> None:
        rows = personal_data.copy_of(told[0])["cerita dampak"]
        assert [row["nama asli"] for row in rows] == [REAL]

    def test_a_withdrawn_consent_takes_the_story_off_at_once(self, told: tuple[User, ImpactStory]) -> None:
        user, story = told
        story.consent.withdraw(user)
        story.refresh_from_db()
        assert story.status == StoryStatus.WITHDRAWN
        assert ImpactStory.objects.published().count() == 1

    def test_erasure_takes_it_too(self, told: tuple[User, ImpactStory]) -> None:
        personal_data.erase(told[0])
        assert ImpactStory.objects.published().count() == 1
