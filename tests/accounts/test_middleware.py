"""Where a second factor is required, staff see nothing before they have one."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.middleware import OPEN_PAGES
from accounts.models import User
from tests.cast import Cast
from tests.factories import PASSWORD, make_user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def _required(settings: Settings) -> None:
    settings.REQUIRE_SECOND_FACTOR = True


class TestLoginRequiredMiddleware:
    def test_a_public_page_reads_no_session_and_no_person(self, db: None, django_assert_num_queries: Any) -> None:
        client = signed_in(make_user())
        with django_assert_num_queries(0):
            assert client.get(reverse("pages:about")).status_code == 200

    def test_any_other_page_asks_who_it_is(self, db: None) -> None:
        assert signed_in(make_user()).get(reverse("accounts:overview")).status_code == 200
        assert Client().get(reverse("accounts:overview")).url == "/akun/login/?next=/akun/"


class TestPrivatePagesMiddleware:
    @pytest.mark.parametrize("name", ["account_email", "account_change_password", "mfa_index", "accounts:overview"])
    def test_page_of_an_account_is_kept_by_nobody(self, db: None, name: str) -> None:
        assert "no-store" in signed_in(make_user()).get(reverse(name)).headers["Cache-Control"]


@pytest.mark.usefixtures("_required")
class TestSecondFactorMiddleware:
    @pytest.mark.parametrize("name", ["officer", "liaison", "national_reader", "superuser"])
    @pytest.mark.parametrize("address", ["/", "/akun/", "/admin/", "/akun/data-saya/", "/tidak-ada/"])
    def test_staff_without_one_are_sent_to_set_it_up(self, cast: Cast, name: str, address: str) -> None:
        client = signed_in(getattr(cast, name))
        for response in (client.get(address), client.post(address, {"name": "x"})):
            assert response.status_code == 302
            assert response.headers["Location"] == reverse("mfa_activate_totp")

    def test_set_up_page_says_why(self, cast: Cast) -> None:
        client = signed_in(cast.officer)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        assert "Petugas wajib memakai pengaman kedua" in client.get(reverse("mfa_activate_totp")).content.decode()

    def test_leaving_is_possible(self, cast: Cast) -> None:
        client = signed_in(cast.officer)
        assert client.get(reverse("account_logout")).status_code == 200
        client.post(reverse("account_logout"))
        assert "_auth_user_id" not in client.session

    def test_staff_with_one_and_residents_pass(self, cast: Cast) -> None:
        TOTP.activate(cast.officer, generate_totp_secret())
        for user in (cast.officer, cast.owner):
            assert signed_in(user).get(reverse("accounts:overview")).status_code == 200

    def test_officer_cannot_switch_it_off(self, cast: Cast) -> None:
        TOTP.activate(cast.officer, generate_totp_secret())
        RecoveryCodes.activate(cast.officer)
        client = signed_in(cast.officer)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        response = client.post(reverse("mfa_deactivate_totp"))
        assert "Petugas wajib memakai pengaman kedua" in response.content.decode()
        assert cast.officer.authenticator_set.filter(type="totp").exists()

    def test_open_pages_show_nothing_of_the_portal(self) -> None:
        assert all(name.startswith(("account_", "mfa_")) or name == "healthz" for name in OPEN_PAGES)


class TestDemo:
    def test_off_and_the_page_says_so(self, cast: Cast, settings: Settings) -> None:
        settings.REQUIRE_SECOND_FACTOR = False
        html = signed_in(cast.officer).get(reverse("accounts:overview")).content.decode()
        assert "Situs percobaan: petugas tidak wajib memakai pengaman kedua" in html
