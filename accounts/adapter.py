"""How allauth behaves here: addresses as digests only, redirects within the origin, sentences in plain words."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.limits import network_digest, secret_digest


class AccountAdapter(DefaultAccountAdapter):
    """Mail goes through the outbox; addresses are counted as digests only."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Akun ini tidak aktif.",
        "email_password_mismatch": "Alamat e-mail atau kata sandi salah.",
        "enter_current_password": "Kata sandi saat ini salah.",
        "invalid_login": "Alamat e-mail atau kata sandi salah.",
        "too_many_login_attempts": "Terlalu banyak percobaan yang gagal. Tunggu 15 menit, lalu coba lagi.",
        "rate_limited": "Terlalu banyak permintaan. Tunggu beberapa menit, lalu coba lagi.",
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """A digest that changes every day: allauth writes it into cache keys and mails, never the address."""
        return network_digest(request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Keyed, so that the cache does not tell who tried to sign in."""
        return secret_digest("login", str(credentials.get("email", "")).lower())

    def is_safe_url(self, url: str) -> bool:
        """`next=` never leaves the origin (quality.md B5): this host, this scheme or better, nothing else."""
        request = context.request
        return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())


class MFAAdapter(DefaultMFAAdapter):
    """The second factor of officers stays on where the portal requires one."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "Petugas wajib memakai pengaman kedua, jadi tidak dapat dimatikan.",
        "incorrect_code": "Kode salah. Pastikan jam di ponsel Anda tepat, lalu ketik kode yang baru.",
        "unverified_email": "Verifikasi dulu semua alamat e-mail Anda, baru pengaman kedua dapat dinyalakan.",
    }

    def build_totp_svg(self, url: str) -> str:
        """On white: allauth's own has no ground, and on a dark page no phone can read it."""
        picture = BytesIO()
        segno.make(url).save(picture, kind="svg", scale=4, light="#fff", xmldecl=False)
        return picture.getvalue().decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not (settings.REQUIRE_SECOND_FACTOR and authenticator.user.is_staff)
