"""Open invitations wait on the account's page for the holder of the address, and for nobody else."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation, Role, RoleGrant, User
from accounts.offers import offers_for, seal, unseal
from groups.models import MemberInvitation
from tests.cast import REGENCY, Cast
from tests.factories import make_area, make_kim, make_membership, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "baru@contoh.invalid"


def as_user(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def invite_to_role(cast: Cast) -> Invitation:
    return Invitation.send(cast.officer, ADDRESS, Role.REPORT_COORDINATOR, area=make_area(REGENCY))[0]


def invite_to_kim(by: User) -> MemberInvitation:
    member = make_membership(make_kim(name="KIM Cahaya", admin=by), name="Tuti")
    MemberInvitation.send(member, ADDRESS, makes_admin=True, by=by)
    return MemberInvitation.objects.get(membership=member)


class TestOffersFor:
    def test_both_kinds_wait_on_the_account_and_open_from_there(self, cast: Cast) -> None:
        invite_to_role(cast)
        invite_to_kim(make_user())
        person = make_user(ADDRESS.title())
        client = as_user(person)
        html = client.get("/akun/").content.decode()
        assert "Admin Koordinator laporan" in html
        assert "KIM Cahaya" in html
        [role] = re.findall(r'href="(/akun/undangan/[^"]+)"', html)
        [kim] = re.findall(r'href="(/kim/kelola/undangan/[^"]+)"', html)
        assert client.post(role).headers["Location"] == "/akun/"
        assert client.post(kim).headers["Location"] == "/kim/kelola/"
        assert RoleGrant.objects.filter(user=person).count() == 1
        assert offers_for(person) == []
        assert "Undangan untuk Anda" not in client.get("/akun/").content.decode()

    def test_an_address_not_proven_yet_is_nobodys(self, cast: Cast) -> None:
        invite_to_role(cast)
        person = make_user(ADDRESS, verified=False)
        assert offers_for(person) == []
        EmailAddress.objects.filter(user=person).update(verified=True)
        assert len(offers_for(person)) == 1

    def test_others_see_none(self, cast: Cast) -> None:
        invite_to_role(cast)
        for user in (cast.owner, cast.superuser, cast.officer):
            assert offers_for(user) == []

    def test_what_ended_or_was_cancelled_is_gone(self, cast: Cast) -> None:
        person, ended, cancelled, member = (
            make_user(ADDRESS),
            invite_to_role(cast),
            invite_to_role(cast),
            invite_to_kim(make_user()),
        )
        past = timezone.now() - timedelta(minutes=1)
        Invitation.objects.filter(pk=ended.pk).update(expires_at=past)
        MemberInvitation.objects.filter(pk=member.pk).update(expires_at=past)
        cancelled.cancel(cast.officer)
        assert offers_for(person) == []


class TestSeal:
    def test_opens_its_own_kind_only(self) -> None:
        assert unseal("role", seal("role", 7)) == 7
        assert unseal("member", seal("role", 7)) is None
        assert unseal("role", "7") is None
        assert unseal("role", signing.dumps("x", salt="offer.role")) is None

    def test_ends_after_a_day(self, monkeypatch: pytest.MonkeyPatch) -> None:
        sealed = seal("role", 7)
        monkeypatch.setattr("accounts.offers.SEAL_SECONDS", -1)
        assert unseal("role", sealed) is None

    def test_gives_no_right_to_another_account(self, cast: Cast) -> None:
        role, member = invite_to_role(cast), invite_to_kim(make_user())
        stranger = as_user(make_user())
        assert stranger.post(reverse("accounts:invitation", args=[seal("role", role.pk)])).status_code == 403
        page = stranger.post(reverse("groups:invitation", args=[seal("member", member.pk)])).content.decode()
        assert "Undangan untuk alamat lain" in page
        assert "Tuti" not in page
        assert MemberInvitation.objects.filter(pk=member.pk).exists()
