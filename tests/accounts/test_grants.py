from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.events import AccountEvent
from accounts.models import Invitation, Role, RoleGrant, User
from accounts.models.grants import token_digest
from accounts.outbox import OutgoingMail
from tests.cast import OTHER_REGENCY, REGENCY, Cast
from tests.factories import make_area, make_grant, make_user

TODAY = timezone.localdate
DAY = timedelta(days=1)


def actions(user: User) -> list[str]:
    return list(AccountEvent.objects.filter(subject=user).order_by("sequence").values_list("action", flat=True))


@pytest.fixture
def officer(db: None) -> User:
    user = make_user("petugas@contoh.invalid")
    make_grant(user, Role.REPORT_COORDINATOR, REGENCY)
    return user


class TestCurrent:
    """A right begins and ends with its date, without anybody pressing a button."""

    def test_grant_of_today_makes_staff(self, db: None) -> None:
        user = make_user()
        make_grant(user, Role.REPORT_COORDINATOR, REGENCY, valid_from=TODAY(), valid_until=TODAY())
        assert user.is_staff
        assert user.has_role(Role.REPORT_COORDINATOR, ["13", "13.07", "13.07.11"])

    @pytest.mark.parametrize(
        "dates",
        [
            {"valid_from": timezone.localdate() - 9 * DAY, "valid_until": timezone.localdate() - DAY},
            {"valid_from": timezone.localdate() + DAY},
            {"revoked_at": timezone.now()},
        ],
        ids=["expired", "future", "revoked"],
    )
    def test_other_grants_hold_nothing(self, db: None, dates: dict[str, object]) -> None:
        user = make_user()
        make_grant(user, Role.REPORT_COORDINATOR, REGENCY, **dates)
        assert not user.is_staff
        assert not user.has_role(Role.REPORT_COORDINATOR, [REGENCY])
        assert not User.objects.filter(user.scope(Role.REPORT_COORDINATOR)).exists()

    def test_state_in_words(self, db: None) -> None:
        user = make_user()
        grants = [
            make_grant(user, Role.LIBRARIAN, REGENCY, **dates)
            for dates in (
                {},
                {"valid_from": TODAY() + DAY},
                {"valid_from": TODAY() - 2 * DAY, "valid_until": TODAY() - DAY},
                {"revoked_at": timezone.now()},
            )
        ]
        assert [grant.state for grant in grants] == ["berlaku", "belum mulai", "sudah berakhir", "dicabut"]


class TestConstraints:
    def test_liaison_needs_an_institution(self, officer: User) -> None:
        with pytest.raises(ValidationError, match="memerlukan lembaga"):
            RoleGrant.give(officer, make_user(), Role.LIAISON, area=make_area(REGENCY))
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleGrant.objects.create(user=officer, role=Role.LIAISON)

    def test_end_before_begin_is_refused(self, officer: User) -> None:
        with pytest.raises(ValidationError, match="Tanggal akhir"):
            RoleGrant.give(officer, make_user(), Role.LIBRARIAN, area=make_area(REGENCY), valid_until=TODAY() - DAY)


class TestGive:
    def test_gives_writes_event_and_mails(self, officer: User) -> None:
        user = make_user("baru@contoh.invalid")
        grant = RoleGrant.give(officer, user, Role.REPORT_COORDINATOR, area=make_area(REGENCY))
        assert grant.granted_by == officer
        event = AccountEvent.objects.get(subject=user)
        assert (event.action, event.actor_key) == ("grant_given", officer.pk)
        assert event.data == {"grant": grant.pk, "role": "report_coordinator", "area": REGENCY, "institution": None}
        assert OutgoingMail.objects.get().to == user.email

    def test_same_right_twice_is_refused(self, officer: User) -> None:
        user = make_user()
        RoleGrant.give(officer, user, Role.LIBRARIAN, area=make_area(REGENCY))
        with pytest.raises(ValidationError, match="sudah memegang"):
            RoleGrant.give(officer, user, Role.LIBRARIAN, area=make_area(REGENCY))
        assert actions(user) == ["grant_given"]


class TestRevoke:
    def test_ends_at_once_and_is_an_event(self, officer: User) -> None:
        user = make_user()
        grant = RoleGrant.give(officer, user, Role.REPORT_COORDINATOR, area=make_area(REGENCY))
        grant.revoke(officer, "Pindah tugas.")
        assert not User.objects.get(pk=user.pk).is_staff
        assert actions(user) == ["grant_given", "grant_revoked"]
        assert AccountEvent.objects.get(action="grant_revoked").text == "Pindah tugas."

    def test_twice_is_refused(self, officer: User) -> None:
        grant = RoleGrant.give(officer, make_user(), Role.LIBRARIAN, area=make_area(REGENCY))
        grant.revoke(officer)
        with pytest.raises(ValidationError, match="sudah dicabut"):
            grant.revoke(officer)


class TestVisibleTo:
    def test_officer_sees_the_own_subtree_only(self, cast: Cast) -> None:
        village = make_grant(cast.other, Role.LIBRARIAN, "13.07.11.2004")
        seen = set(RoleGrant.objects.visible_to(cast.officer))
        assert village in seen
        assert cast.liaison.grants[0] in seen
        assert all(grant.area_id and grant.area_id.startswith(REGENCY) or grant.institution_id for grant in seen)
        assert village not in set(RoleGrant.objects.visible_to(cast.foreign_officer))

    def test_liaison_sees_the_own_institution_only(self, cast: Cast) -> None:
        assert {grant.institution for grant in RoleGrant.objects.visible_to(cast.liaison)} == {cast.institution}

    def test_resident_sees_none(self, cast: Cast) -> None:
        assert not RoleGrant.objects.visible_to(cast.owner).exists()


class TestInvitation:
    def invite(self, officer: User, email: str = "Calon@Contoh.invalid") -> tuple[Invitation, str]:
        return Invitation.send(officer, email, Role.REPORT_COORDINATOR, area=make_area(REGENCY))

    def test_keeps_a_digest_and_mails_the_link(self, officer: User) -> None:
        invitation, token = self.invite(officer)
        assert invitation.email == "calon@contoh.invalid"
        assert invitation.token_digest == token_digest(token) != token
        assert token in OutgoingMail.objects.get().body
        assert Invitation.find(token) == invitation
        assert Invitation.find(token + "x") is None
        assert actions(officer) == ["invited"]

    def test_event_holds_no_address(self, officer: User) -> None:
        self.invite(officer)
        assert "calon" not in str(AccountEvent.objects.get().data)

    def test_accepted_once_becomes_a_grant(self, officer: User) -> None:
        invitation, _ = self.invite(officer)
        user = make_user("calon@contoh.invalid")
        grant = invitation.accept(user)
        assert (grant.user, grant.role, grant.granted_by) == (user, Role.REPORT_COORDINATOR, officer)
        assert invitation.state == "diterima"
        with pytest.raises(ValidationError, match="sudah dipakai"):
            invitation.accept(user)
        assert RoleGrant.objects.filter(user=user).count() == 1

    def test_ends_after_seven_days(self, officer: User) -> None:
        invitation, _ = self.invite(officer)
        assert timedelta(days=6) < invitation.expires_at - timezone.now() <= timedelta(days=7)
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        invitation.refresh_from_db()
        assert invitation.state == "kedaluwarsa"
        with pytest.raises(ValidationError):
            invitation.accept(make_user("calon@contoh.invalid"))

    def test_cancelled_is_not_accepted(self, officer: User) -> None:
        invitation, _ = self.invite(officer)
        invitation.cancel(officer)
        with pytest.raises(ValidationError):
            invitation.accept(make_user("calon@contoh.invalid"))
        with pytest.raises(ValidationError):
            invitation.cancel(officer)
        assert actions(officer) == ["invited", "invitation_cancelled"]


@pytest.mark.django_db(transaction=True)
class TestParallelAcceptance:
    def test_eight_presses_make_one_grant(self) -> None:
        officer = make_user("petugas@contoh.invalid", is_superuser=True)
        user = make_user("calon@contoh.invalid")
        invitation, _ = Invitation.send(officer, user.email, Role.REPORT_COORDINATOR, area=make_area(OTHER_REGENCY))

        def press(_: int) -> bool:
            try:
                Invitation.objects.get(pk=invitation.pk).accept(user)
            except ValidationError:
                return False
            finally:
                connection.close()
            return True

        with ThreadPoolExecutor(8) as pool:
            accepted = list(pool.map(press, range(8)))
        assert accepted.count(True) == 1
        assert RoleGrant.objects.filter(user=user).count() == 1
