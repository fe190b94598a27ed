"""What is no password here although it is long enough: words that anybody would try at this portal first."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

# The portal, the offices that use it, and the roles in it (OWASP ASVS 5.0, V6.1.2 and V6.2.11).
WORDS = (
    *("diskominfo", "kominfo", "komdigi", "pemkab", "pemkot", "pemprov", "pemda", "kabupaten", "kota", "kecamatan"),
    *("kelurahan", "provinsi", "desa", "nagari", "dinas", "portal", "kimportal", "kim", "laporan", "lapor", "warga"),
    *("kelompok", "komunitas", "informasi", "masyarakat", "petugas", "admin", "verifikator", "koordinator"),
    *("pengelola", "perpustakaan", "kata", "sandi", "katasandi", "password", "rahasia", "indonesia"),
)
FEWEST_LETTERS = 4  # that must remain once those words are taken out
_KNOWN = re.compile("|".join(sorted(WORDS, key=len, reverse=True)))
EASY = "Kata sandi ini mudah ditebak, karena hanya memakai kata tentang portal ini. Tambahkan kata lain."


TOO_COMMON = "Kata sandi ini mudah ditebak, karena hanya kata sandi umum dengan angka atau tanda. Tambahkan kata lain."


class DressedCommonValidator(CommonPasswordValidator):
    """A common password between digits and signs: "password#2026". Django's list has few of ten letters and more."""

    def validate(self, password: str, user: Any = None) -> None:
        if re.sub(r"^[^a-z]+|[^a-z]+$", "", password.lower()) in self.passwords:
            raise ValidationError(TOO_COMMON, code="password_dressed_common")

    def get_help_text(self) -> str:
        return "Jangan hanya kata sandi umum dengan angka atau tanda."


class PortalWordsValidator:
    def validate(self, password: str, user: Any = None) -> None:
        rest = _KNOWN.sub("", password.lower())
        if rest != password.lower() and sum(letter.isalpha() for letter in rest) < FEWEST_LETTERS:
            raise ValidationError(EASY, code="password_portal_words")

    def get_help_text(self) -> str:
        return "Jangan hanya memakai kata tentang portal ini."
