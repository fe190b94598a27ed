from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts import personal_data
from accounts.events import AccountEvent
from accounts.models import Invitation, Role, User
from tests.cast import REGENCY, Cast
from tests.factories import PASSWORD, make_area, make_grant, make_user


def sign_in(user: User) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("accounts:overview")).status_code == 200


class TestUser:
    def test_email_is_unique_whatever_its_case(self, db: None) -> None:
        make_user("ani@contoh.invalid")
        with pytest.raises(ValidationError, match="sudah terdaftar"):
            User.objects.create_user("ANI@contoh.invalid")

    def test_label_names_the_office_never_the_person(self, cast: Cast) -> None:
        assert cast.superuser.label == "Pengelola portal"
        assert cast.owner.label == "Pemilik akun"
        assert cast.officer.label.startswith("Admin Koordinator laporan · ")
        cast.officer.name = "Siti Uji"
        assert "Siti" not in cast.officer.label

    def test_librarian_is_no_officer(self, db: None) -> None:
        user = make_user()
        make_grant(user, Role.LIBRARIAN, REGENCY)
        assert not user.is_staff

    @pytest.mark.parametrize("phone", ["abc", "08", "+62 812\n3456"])
    def test_phone_is_a_number(self, db: None, phone: str) -> None:
        with pytest.raises(ValidationError, match="Nomor telepon"):
            User(email="a@contoh.invalid", phone=phone).full_clean(exclude=["password"])


class TestClose:
    def test_ends_every_session_and_says_so_in_the_history(self, cast: Cast) -> None:
        phone, laptop = sign_in(cast.owner), sign_in(cast.owner)
        neighbour = sign_in(cast.other)
        cast.owner.close(cast.superuser, "Diminta pemiliknya.")
        assert not is_signed_in(phone)
        assert not is_signed_in(laptop)
        assert is_signed_in(neighbour)
        assert Session.objects.count() == 1  # gone, so that they do not come back when the account reopens
        assert AccountEvent.objects.get(subject=cast.owner, action="closed").actor_key == cast.superuser.pk

    def test_opens_again_with_the_old_password(self, cast: Cast) -> None:
        cast.owner.close(cast.superuser, "Keliru.")
        assert not is_signed_in(sign_in(cast.owner))
        cast.owner.reopen(cast.superuser, "Sudah jelas.")
        assert is_signed_in(sign_in(cast.owner))

    def test_twice_is_refused(self, cast: Cast) -> None:
        cast.owner.close(cast.superuser, "x")
        with pytest.raises(ValidationError):
            cast.owner.close(cast.superuser, "x")


class TestErase:
    def test_nothing_is_left_that_tells_who_it_was(self, cast: Cast) -> None:
        user = make_user("hapus@contoh.invalid", "Nama Rahasia", phone="0812 3456 7890")
        offer, _ = Invitation.send(cast.officer, user.email, Role.REPORT_COORDINATOR, area=make_area(REGENCY))
        offer.accept(user)
        TOTP.activate(user, generate_totp_secret())
        client = sign_in(user)
        user.erase(cast.superuser)
        assert (user.name, user.phone, user.is_active, user.last_login) == ("", "", False, None)
        assert user.email == f"terhapus-{user.pk}@akun.invalid"
        assert not user.has_usable_password()
        assert str(user) == f"Akun terhapus nomor {user.pk}"
        assert not EmailAddress.objects.filter(user=user).exists()
        assert not Authenticator.objects.filter(user=user).exists()
        assert not Invitation.objects.filter(email="hapus@contoh.invalid").exists()
        assert not is_signed_in(client)

    def test_history_stays_rights_end(self, cast: Cast) -> None:
        make_grant(cast.other, Role.LIBRARIAN, REGENCY)
        number = cast.other.pk
        cast.other.erase(cast.superuser)
        assert User.objects.get(pk=number).role_grants.get().revoked_at
        rows = AccountEvent.objects.filter(subject=number).order_by("sequence")
        assert [row.action for row in rows] == ["grant_revoked", "erased"]
        assert rows[0].is_text_erased
        assert AccountEvent.verify_chain(cast.other)

    def test_erasers_of_other_apps_are_called_in_the_same_transaction(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(user: User) -> None:
            raise RuntimeError("not possible")

        monkeypatch.setattr(personal_data, "_erasers", {"laporan": fail})
        with pytest.raises(RuntimeError):
            cast.owner.erase(cast.superuser)
        assert User.objects.get(pk=cast.owner.pk).name == "Pemilik Uji"

    def test_twice_does_nothing_more(self, cast: Cast) -> None:
        cast.owner.erase(cast.superuser)
        cast.owner.erase(cast.superuser)
        assert AccountEvent.objects.filter(subject=cast.owner, action="erased").count() == 1


class TestCopy:
    def test_copy_holds_what_apps_registered(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(personal_data, "_sources", dict(personal_data._sources))
        personal_data.register_personal_data("laporan", lambda user: [{"nomor": user.pk}])
        copy = personal_data.copy_of(cast.officer)
        assert copy["laporan"] == [{"nomor": cast.officer.pk}]
        assert copy["akun"][0]["alamat e-mail"] == cast.officer.email
        assert copy["peran"][0]["area"] == REGENCY
        assert not any("password" in str(row) for rows in copy.values() for row in rows)
