"""Sign-in, sign-up and reset tell nothing about who has an account, and redirects stay here."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any
from unittest.mock import patch

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.models import EmailAddress
from django.contrib.auth import hashers
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.adapter import MFAAdapter
from accounts.models import Consent, Role, User
from accounts.outbox import OutgoingMail
from tests.accounts.test_allauth_pages import assert_ours
from tests.factories import PASSWORD, make_grant, make_user

KNOWN, UNKNOWN = "kenal@contoh.invalid", "asing@contoh.invalid"
NEW_PASSWORD = "pintu-kayu-lama"


@pytest.fixture(autouse=True)
def _as_in_life(db: None, settings: Settings) -> None:
    """Limits start at zero; mails go to the outbox, where Django's test runner puts a list of its own."""
    cache.clear()
    settings.EMAIL_BACKEND = "accounts.outbox.OutboxBackend"


@pytest.fixture
def known(db: None) -> User:
    return make_user(KNOWN, "Kenal Uji")


def shape(response: HttpResponse, email: str) -> tuple[int, str, bytes]:
    """Status, address and bytes, without the two things that differ by themselves: the CSRF token, what was typed."""
    content = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", response.content).replace(email.encode(), b"")
    return response.status_code, response.headers.get("Location", ""), content


def answers(url: str, data: dict[str, str], field: str) -> list[tuple[Any, ...]]:
    """What a known and an unknown address get, first and on the page it leads to, and how often a password was
    hashed."""
    found = []
    for email in (KNOWN, UNKNOWN):
        client, hashed = Client(), []
        real = hashers.MD5PasswordHasher.encode

        def count(self: Any, *args: Any, real: Any = real, hashed: list[int] = hashed) -> str:
            hashed.append(1)
            return real(self, *args)

        with patch.object(hashers.MD5PasswordHasher, "encode", count):
            first = client.post(url, {**data, field: email})
        mails = OutgoingMail.objects.filter(to=email).count()
        cookies = sorted(first.cookies)
        then = client.get(first.headers["Location"]) if first.status_code == 302 else first
        found.append((shape(first, email), shape(then, email), len(hashed), mails, cookies))
    return found


class TestEnumeration:
    def test_sign_in_with_a_wrong_password(self, known: User) -> None:
        one, other = answers(reverse("account_login"), {"password": "salah-semua"}, "login")
        assert one == other
        assert one[2] == 1

    def test_sign_up(self, known: User) -> None:
        data = {"password1": NEW_PASSWORD, "consent": "on"}
        one, other = answers(reverse("account_signup"), data, "email")
        assert one == other
        assert one[0][0] == 302
        assert one[2:4] == (1, 1)
        assert "sudah punya akun" in OutgoingMail.objects.get(to=KNOWN).body

    def test_sign_up_with_an_error(self, known: User) -> None:
        one, other = answers(reverse("account_signup"), {"password1": "123"}, "email")
        assert one == other

    def test_reset(self, known: User) -> None:
        one, other = answers(reverse("account_reset_password"), {}, "email")
        assert one == other
        assert one[3] == 1
        assert "belum punya akun" in OutgoingMail.objects.get(to=UNKNOWN).body

    def test_request_about_personal_data(self, known: User) -> None:
        one, other = answers(reverse("accounts:data_request"), {"kind": "access"}, "email")
        assert one == other
        assert one[3] == 1


class TestSignUp:
    def test_consent_is_required_and_recorded_with_its_version(self, db: None, client: Client) -> None:
        data = {"email": UNKNOWN, "password1": NEW_PASSWORD, "name": "Asing Uji"}
        response = client.post(reverse("account_signup"), data)
        assert "Beri tanda setuju" in response.content.decode()
        assert not User.objects.exists()
        client.post(reverse("account_signup"), {**data, "consent": "on"})
        consent = Consent.objects.get()
        assert (consent.user.email, consent.user.name, consent.purpose) == (UNKNOWN, "Asing Uji", "account")
        assert consent.text_version

    def test_asks_nothing_else(self, db: None, client: Client) -> None:
        names = set(
            re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', client.get("/akun/signup/").content.decode())
        )
        assert names == {"csrfmiddlewaretoken", "email", "password1", "name", "consent"}

    def test_forged_fields_change_nothing(self, db: None, client: Client) -> None:
        forged = {"is_superuser": "on", "is_staff": "on", "is_active": "", "phone": "0812345678", "id": "99"}
        client.post(reverse("account_signup"), {"email": UNKNOWN, "password1": NEW_PASSWORD, "consent": "on", **forged})
        user = User.objects.get()
        assert (user.is_superuser, user.is_active, user.phone) == (False, True, "")
        assert user.pk != 99

    def test_nobody_signs_in_before_the_address_is_verified(self, db: None, client: Client) -> None:
        make_user(UNKNOWN, verified=False)
        client.post(reverse("account_login"), {"login": UNKNOWN, "password": PASSWORD})
        assert "_auth_user_id" not in client.session
        link = re.search(r"/akun/confirm-email/\S+", OutgoingMail.objects.get(to=UNKNOWN).body)
        assert link
        client.post(link.group())
        client.post(reverse("account_login"), {"login": UNKNOWN, "password": PASSWORD})
        assert "_auth_user_id" in client.session


class TestSessions:
    def sign_in(self) -> Client:
        client = Client()
        client.get(reverse("account_login"))
        client.post(reverse("account_login"), {"login": KNOWN, "password": PASSWORD})
        return client

    def test_key_is_new_after_sign_in(self, known: User) -> None:
        client = Client()
        session = client.session
        session["x"] = 1
        session.save()
        before = session.session_key
        client.cookies["sessionid"] = before
        client.post(reverse("account_login"), {"login": KNOWN, "password": PASSWORD})
        assert client.session.session_key not in (None, before)

    def test_an_officer_signs_in_anew_each_working_day(self, known: User) -> None:
        assert self.sign_in().session.get_expiry_age() == 14 * 24 * 3600
        make_grant(known, Role.REPORT_COORDINATOR)
        assert self.sign_in().session.get_expiry_age() == 12 * 3600

    def test_an_address_is_added_only_after_the_password_was_typed_again(self, known: User) -> None:
        """Whoever finds an open session must not make the account the own one."""
        client = self.sign_in()
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY][0]["at"] -= 3600
        session.save()
        answer = client.post(reverse("account_email"), {"action_add": "", "email": UNKNOWN})
        assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
        assert not EmailAddress.objects.filter(email=UNKNOWN).exists()

    def test_new_password_ends_the_other_sessions(self, known: User) -> None:
        here, there = self.sign_in(), self.sign_in()
        key = here.session.session_key
        here.post(
            reverse("account_change_password"),
            {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
        )
        assert here.get("/akun/").status_code == 200
        assert here.session.session_key != key
        assert there.get("/akun/").status_code == 302

    def test_reset_ends_all(self, known: User) -> None:
        here = self.sign_in()
        client = Client()
        client.post(reverse("account_reset_password"), {"email": KNOWN})
        link = re.search(r"/akun/password/reset/key/\S+", OutgoingMail.objects.get(to=KNOWN).body)
        assert link
        form = client.get(link.group(), follow=True)
        client.post(form.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
        assert here.get("/akun/").status_code == 302
        assert User.objects.get().check_password(NEW_PASSWORD)


class TestRedirects:
    @pytest.mark.parametrize(
        "target",
        [
            "https://jahat.invalid/",
            "//jahat.invalid/",
            "/\\jahat.invalid",
            "javascript:alert(1)",
            "https://jahat.invalid@testserver/",
            "http://testserver.jahat.invalid/",
            "https://lain.contoh.invalid/",
        ],
    )
    def test_next_never_leaves_the_origin(self, known: User, client: Client, target: str, settings: Settings) -> None:
        settings.ALLOWED_HOSTS = ["testserver", "lain.contoh.invalid"]
        settings.CSRF_TRUSTED_ORIGINS = ["https://lain.contoh.invalid"]
        response = client.post(reverse("account_login"), {"login": KNOWN, "password": PASSWORD, "next": target})
        assert response.headers["Location"] == "/akun/"
        response = client.post(reverse("account_logout"), {"next": target})
        assert response.headers["Location"] == "/"

    def test_next_within_is_followed(self, known: User, client: Client) -> None:
        data = {"login": KNOWN, "password": PASSWORD, "next": "/akun/data-saya/"}
        assert client.post(reverse("account_login"), data).headers["Location"] == "/akun/data-saya/"


class TestLimits:
    def test_ninth_wrong_password_in_a_quarter_of_an_hour_is_refused(self, known: User) -> None:
        for _ in range(8):
            Client().post(reverse("account_login"), {"login": KNOWN, "password": "salah"})
        html = Client().post(reverse("account_login"), {"login": KNOWN, "password": PASSWORD}).content.decode()
        assert "Terlalu banyak percobaan" in html

    def test_page_of_the_limit_is_ours(self, db: None, settings: Settings) -> None:
        settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
        data = {"login": KNOWN, "password": "salah"}
        responses = [Client().post(reverse("account_login"), data) for _ in range(2)]
        assert [response.status_code for response in responses] == [200, 429]
        assert_ours(responses[1].content.decode())

    def test_cache_holds_neither_address(self, known: User) -> None:
        client = Client(REMOTE_ADDR="203.0.113.77")
        client.post(reverse("account_login"), {"login": KNOWN, "password": "salah"})
        client.post(reverse("account_reset_password"), {"email": KNOWN})
        client.post(reverse("account_signup"), {"email": UNKNOWN, "password1": NEW_PASSWORD, "consent": "on"})
        with connection.cursor() as cursor:
            cursor.execute("SELECT cache_key FROM cache")
            keys = " ".join(row[0] for row in cursor.fetchall())
        assert keys
        assert not any(sha256(email.encode()).hexdigest() in keys for email in (KNOWN, UNKNOWN)), "can be guessed"
        assert not re.search(r"203\.0\.113|kenal|asing|contoh", keys)

    def test_mails_of_the_account_hold_no_network_address(self, known: User) -> None:
        client = Client(REMOTE_ADDR="203.0.113.77")
        client.force_login(known)
        client.post(
            reverse("account_change_password"),
            {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
        )
        body = OutgoingMail.objects.get(to=KNOWN).body
        assert "Kata sandi akun Anda diganti." in body
        assert "203.0.113" not in body


class TestQr:
    def test_stands_on_white_so_that_a_dark_page_can_be_scanned(self) -> None:
        svg = MFAAdapter().build_totp_svg("otpauth://totp/Portal%20KIM:ani?secret=ABC")
        assert 'xmlns="http://www.w3.org/2000/svg"' in svg
        assert 'fill="#fff"' in svg
        assert "style=" not in svg


class TestCsrf:
    @pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password", "account_logout"])
    def test_post_without_token_is_refused(self, db: None, name: str) -> None:
        assert Client(enforce_csrf_checks=True).post(reverse(name), {}).status_code == 403
