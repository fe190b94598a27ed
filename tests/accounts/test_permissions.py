"""Who may give, take back, accept, merge and answer: by role, area and day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Consent, DataRequest, Invitation, Role, User
from accounts.permissions import (
    can_accept,
    can_answer,
    can_cancel,
    can_edit_institution,
    can_give,
    can_grant,
    can_merge,
    can_read_consents,
    can_revoke,
    can_withdraw,
)
from tests.cast import OTHER_REGENCY, REGENCY, Cast
from tests.factories import make_area, make_grant, make_institution, make_user

DAY = timedelta(days=1)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


class TestCanGive:
    @pytest.mark.parametrize(
        ("giver", "role", "area", "expected"),
        [
            ("officer", Role.REPORT_COORDINATOR, REGENCY, True),
            ("officer", Role.REPORT_COORDINATOR, "13.07.11", True),
            ("officer", Role.REPORT_COORDINATOR, "13", False),
            ("officer", Role.REPORT_COORDINATOR, OTHER_REGENCY, False),
            ("officer", Role.REPORT_COORDINATOR, None, False),
            ("officer", Role.CONFIDENTIALITY_OFFICER, REGENCY, False),
            ("officer", Role.PERSONAL_DATA_OFFICER, REGENCY, False),
            ("confidentiality", Role.CONFIDENTIALITY_OFFICER, REGENCY, True),
            ("confidentiality", Role.REPORT_COORDINATOR, REGENCY, False),
            ("province_reader", Role.PROVINCE_READER, "13", False),
            ("national_reader", Role.NATIONAL_READER, None, False),
            ("personal_data_officer", Role.PERSONAL_DATA_OFFICER, None, True),
            ("owner", Role.LIBRARIAN, REGENCY, False),
            ("superuser", Role.NATIONAL_READER, None, True),
            ("superuser", Role.PROVINCE_READER, "13", True),
        ],
    )
    def test_role_and_area(self, cast: Cast, giver: str, role: Role, area: str | None, expected: bool) -> None:
        place = make_area(area) if area else None
        assert can_give(getattr(cast, giver), role, place, None) is expected

    def test_liaison_is_given_for_an_institution_of_the_own_area(self, cast: Cast) -> None:
        foreign = make_institution("Dinas Lain", area=OTHER_REGENCY)
        assert can_give(cast.officer, Role.LIAISON, None, cast.institution)
        assert can_give(cast.liaison, Role.LIAISON, None, cast.institution)
        assert not can_give(cast.officer, Role.LIAISON, None, foreign)
        assert not can_give(cast.liaison, Role.LIAISON, None, foreign)
        assert not can_give(cast.confidentiality, Role.LIAISON, None, cast.institution)

    def test_shape_is_checked_for_superusers_too(self, cast: Cast) -> None:
        assert not can_give(cast.superuser, Role.LIAISON, make_area(REGENCY), None)
        assert not can_give(cast.superuser, Role.LIBRARIAN, None, cast.institution)

    @pytest.mark.parametrize("days", [(-9, -1), (1, 9)], ids=["expired", "future"])
    def test_right_out_of_its_days_gives_nothing(self, db: None, days: tuple[int, int]) -> None:
        today = timezone.localdate()
        user = make_user()
        make_grant(
            user,
            Role.REPORT_COORDINATOR,
            REGENCY,
            valid_from=today + days[0] * DAY,
            valid_until=today + days[1] * DAY,
        )
        assert not can_give(user, Role.REPORT_COORDINATOR, make_area(REGENCY), None)

    def test_closed_account_gives_nothing(self, cast: Cast) -> None:
        for user in (cast.officer, cast.superuser):
            user.is_active = False
            assert not can_give(user, Role.REPORT_COORDINATOR, make_area(REGENCY), None)
        cast.liaison.is_active = False
        assert not can_give(cast.liaison, Role.LIAISON, None, cast.institution)


class TestCanGrant:
    def test_nobody_adds_to_their_own_rights(self, cast: Cast) -> None:
        area = make_area(REGENCY)
        assert can_grant(cast.officer, cast.other, Role.REPORT_COORDINATOR, area, None)
        assert not can_grant(cast.officer, cast.officer, Role.REPORT_COORDINATOR, area, None)
        assert can_grant(cast.superuser, cast.superuser, Role.REPORT_COORDINATOR, area, None)

    def test_nothing_for_a_closed_account(self, cast: Cast) -> None:
        cast.other.is_active = False
        assert not can_grant(cast.officer, cast.other, Role.REPORT_COORDINATOR, make_area(REGENCY), None)


class TestCanRevoke:
    def test_whoever_could_give_it_and_the_holder(self, cast: Cast) -> None:
        grant = make_grant(cast.other, Role.REPORT_COORDINATOR, "13.07.11")
        assert can_revoke(cast.officer, grant)
        assert can_revoke(cast.other, grant)
        assert not can_revoke(cast.foreign_officer, grant)
        assert not can_revoke(cast.owner, grant)

    def test_nobody_takes_from_above(self, cast: Cast) -> None:
        assert not can_revoke(cast.officer, make_grant(cast.other, Role.REPORT_COORDINATOR, "13"))


class TestCanAccept:
    def offer(self, cast: Cast, email: str) -> Invitation:
        return Invitation.send(cast.officer, email, Role.REPORT_COORDINATOR, area=make_area(REGENCY))[0]

    def test_holder_of_the_verified_address(self, cast: Cast) -> None:
        offer = self.offer(cast, cast.owner.email.upper())
        assert can_accept(cast.owner, offer)
        assert not can_accept(cast.other, offer)

    def test_unverified_address_is_no_proof(self, cast: Cast) -> None:
        user = make_user("calon@contoh.invalid", verified=False)
        assert not can_accept(user, self.offer(cast, user.email))

    def test_inviter_must_still_hold_the_right(self, cast: Cast) -> None:
        offer = self.offer(cast, cast.owner.email)
        cast.officer.grants[0].revoke(cast.superuser)
        offer.invited_by = fresh(cast.officer)
        assert not can_accept(cast.owner, offer)

    def test_nobody_invites_themselves(self, cast: Cast) -> None:
        offer = self.offer(cast, cast.officer.email)
        assert not can_accept(fresh(cast.officer), offer)

    def test_cancelled_by_whoever_could_give_it(self, cast: Cast) -> None:
        offer = self.offer(cast, cast.owner.email)
        assert can_cancel(cast.officer, offer)
        assert not can_cancel(cast.foreign_officer, offer)


class TestInstitutions:
    def test_kept_by_officers_of_the_area(self, cast: Cast) -> None:
        allowed = {name for name, user in cast.people.items() if user and can_edit_institution(user, cast.institution)}
        assert allowed == {"officer", "superuser"}

    def test_both_sides_of_a_merger_lie_in_the_own_area(self, cast: Cast) -> None:
        near, far = make_institution("Dinas Dekat", REGENCY), make_institution("Dinas Jauh", OTHER_REGENCY)
        assert can_merge(cast.officer, cast.institution, near)
        assert not can_merge(cast.officer, cast.institution, far)
        assert not can_merge(cast.foreign_officer, cast.institution, far)


class TestPersonalData:
    def test_answered_by_the_officer_for_it(self, cast: Cast) -> None:
        request = DataRequest.file("access", "", user=cast.owner)
        allowed = {name for name, user in cast.people.items() if user and can_answer(user, request)}
        assert allowed == {"personal_data_officer", "superuser"}

    def test_never_about_oneself(self, cast: Cast) -> None:
        request = DataRequest.file("access", "", user=cast.personal_data_officer)
        assert not can_answer(cast.personal_data_officer, request)

    def test_officer_of_one_regency_does_not_answer_for_the_portal(self, cast: Cast) -> None:
        make_grant(cast.other, Role.PERSONAL_DATA_OFFICER, REGENCY)
        assert not can_answer(cast.other, DataRequest.file("access", "", user=cast.owner))

    def test_consents_are_read_by_the_same(self, cast: Cast) -> None:
        allowed = {name for name, user in cast.people.items() if user and can_read_consents(user)}
        assert allowed == {"personal_data_officer", "superuser"}

    def test_consent_is_withdrawn_by_its_giver_once(self, cast: Cast) -> None:
        consent = Consent(user=cast.owner, purpose="report", text_version="x")
        assert can_withdraw(cast.owner, consent)
        assert not can_withdraw(cast.superuser, consent)
        consent.withdrawn_at = timezone.now()
        assert not can_withdraw(cast.owner, consent)
