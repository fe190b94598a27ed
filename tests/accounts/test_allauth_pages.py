"""Every page of the included account URLconf: our look, plain Indonesian, nothing the security policy forbids."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailConfirmationHMAC
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import get_resolver, reverse

from accounts.models import User
from tests.factories import PASSWORD, make_user

PUBLIC = [
    "account_login",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
]
OWN = [
    "account_logout",
    "account_email",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
]
WITH_FACTOR = [
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
]
# Covered by a test of their own, or a step that only ever redirects here.
SEPARATE = {
    "account_confirm_email",
    "account_reset_password_from_key",
    "account_set_password",
    "account_confirm_login_code",
    "mfa_authenticate",
    "mfa_download_recovery_codes",
}
ENGLISH = re.compile(
    r"\b(the|your|you|please|password|sign|email address|submit|change|remove|verify|account|forgot|log ?in|log ?out|"
    r"enter|code is|invalid|required|must|this field|authenticator|recovery)\b",
    re.IGNORECASE,
)


def text_of(html: str) -> str:
    """What a person reads: without tags, addresses and typed values."""
    visible = re.sub(r"<(script|style)\b.*?</\1>", " ", html, flags=re.S)
    visible = re.sub(r"Google Authenticator", " ", visible)
    return re.sub(r"<[^>]*>|\S+@\S+|https?://\S+", " ", visible)


def assert_ours(html: str) -> None:
    assert '<html lang="id">' in html
    assert 'class="site-header"' in html
    assert html.count("<h1>") == 1
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", html)
    assert not ENGLISH.search(text_of(html)), ENGLISH.findall(text_of(html))


@pytest.fixture
def user(db: None) -> User:
    return make_user("ani@contoh.invalid", "Ani Uji")


@pytest.fixture
def signed_in(user: User) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})  # pages of the second factor ask again
    return client


def give_factor(user: User) -> None:
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)


class TestPages:
    def test_every_page_of_allauth_is_on_a_list(self) -> None:
        names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
        theirs = {name for name in names if name.startswith(("account_", "mfa_"))}
        assert theirs == {*PUBLIC, *OWN, *WITH_FACTOR, *SEPARATE}

    @pytest.mark.parametrize("name", PUBLIC)
    def test_public_page_is_ours(self, db: None, client: Client, name: str) -> None:
        assert_ours(client.get(reverse(name)).content.decode())

    @pytest.mark.parametrize("name", OWN)
    def test_page_of_a_signed_in_person_is_ours(self, signed_in: Client, name: str) -> None:
        response = signed_in.get(reverse(name))
        assert response.status_code == 200
        assert_ours(response.content.decode())

    @pytest.mark.parametrize("name", WITH_FACTOR)
    def test_page_of_the_second_factor_is_ours(self, signed_in: Client, user: User, name: str) -> None:
        give_factor(user)
        response = signed_in.get(reverse(name))
        assert response.status_code == 200
        assert_ours(response.content.decode())

    def test_recovery_codes_download_in_indonesian(self, signed_in: Client, user: User) -> None:
        give_factor(user)
        text = signed_in.get(reverse("mfa_download_recovery_codes")).content.decode()
        assert "Kode pemulihan" in text
        assert not ENGLISH.search(text)

    def test_sign_in_asks_for_the_second_factor(self, client: Client, user: User) -> None:
        give_factor(user)
        response = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD}, follow=True)
        assert response.redirect_chain[-1][0] == reverse("mfa_authenticate")
        assert_ours(response.content.decode())
        wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
        assert "Kode salah" in wrong.content.decode()
        assert_ours(wrong.content.decode())

    def test_confirmation_link_is_ours_good_and_bad(self, db: None, client: Client) -> None:
        user = make_user(verified=False)
        key = EmailConfirmationHMAC(user.emailaddress_set.get()).key
        for one in (key, "salah"):
            assert_ours(client.get(reverse("account_confirm_email", args=[one])).content.decode())

    def test_bad_reset_link_is_ours(self, db: None, client: Client) -> None:
        response = client.get(reverse("account_reset_password_from_key", args=["1", "salah-salah"]))
        assert "Minta tautan baru" in response.content.decode()
        assert_ours(response.content.decode())

    def test_account_without_password_can_set_one(self, user: User, client: Client) -> None:
        user.set_unusable_password()
        user.save()
        client.force_login(user)
        assert_ours(client.get(reverse("account_set_password")).content.decode())


class TestErrors:
    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("account_login", {"login": "bukan", "password": ""}),
            ("account_login", {"login": "ani@contoh.invalid", "password": "salah"}),
            ("account_signup", {"email": "bukan", "password1": "123"}),
            ("account_signup", {"email": "ani2@contoh.invalid", "password1": "ani2@contoh.invalid"}),
            ("account_reset_password", {"email": "bukan"}),
        ],
    )
    def test_public_form_says_what_is_wrong_in_indonesian(
        self, db: None, client: Client, name: str, data: dict[str, str]
    ) -> None:
        html = client.post(reverse(name), data).content.decode()
        assert "data-error-summary" in html
        assert_ours(html)

    def test_the_commonest_mistakes_are_said_in_our_words(self, db: None, client: Client) -> None:
        html = client.post(reverse("account_signup"), {"email": "bukan"}).content.decode()
        assert "Alamat e-mail tidak lengkap. Contoh: nama@contoh.id." in html
        assert "Isi bagian ini." in html

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("account_change_password", {"oldpassword": "salah", "password1": "123", "password2": "456"}),
            ("account_email", {"action_add": "1", "email": "bukan"}),
            ("account_email", {"action_add": "1", "email": "ani@contoh.invalid"}),
            ("account_reauthenticate", {"password": "salah"}),
            ("mfa_activate_totp", {"code": "123"}),
        ],
    )
    def test_own_form_says_what_is_wrong_in_indonesian(
        self, signed_in: Client, name: str, data: dict[str, str]
    ) -> None:
        html = signed_in.post(reverse(name), data).content.decode()
        assert "data-error-summary" in html
        assert_ours(html)
