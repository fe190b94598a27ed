"""How much one person may record in a day: some of it sends letters to others, some of it fills the disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from accounts.limits import count, hit
from accounts.models import User

DAY = 24 * 3600
# More than any person has to agree or to write down in a day.
A_DAY = {"partnership_proposal": 20, "commitment": 100, "agreement": 30, "evidence": 60, "scan": 60}
WORDS = {
    "partnership_proposal": "Hari ini Anda sudah {} kali mengirim usulan atau perubahan. Salin isian ini; kirim besok.",
    "commitment": "Hari ini Anda sudah mencatat {} tindak lanjut. Salin isian ini; lanjutkan besok.",
    "agreement": "Hari ini Anda sudah mencatat {} perjanjian. Salin isian ini; lanjutkan besok.",
    "evidence": "Hari ini Anda sudah mencatat {} rekam jejak dan bukti. Salin isian ini; lanjutkan besok.",
    "scan": "Hari ini Anda sudah mengunggah {} berkas. Simpan berkasnya; unggah lagi besok.",
}


@contextmanager
def counted(scope: str, user: User) -> Iterator[None]:
    with within_day(scope, user, A_DAY[scope], WORDS[scope]):
        yield


@contextmanager
def within_day(scope: str, user: User, limit: int, words: str) -> Iterator[None]:
    """Refuse when the day is used up; what went through counts, what the action refused does not."""
    if count(scope, str(user.pk), DAY) >= limit:
        raise ValidationError(words.format(limit), code="quota")
    yield
    hit(scope, str(user.pk), limit=limit, seconds=DAY)


def status_of(form: forms.BaseForm) -> int:
    """The answer's status: 200 before it is sent, 429 over the day's number, 422 for what is to be mended."""
    if not form.is_bound:
        return 200
    return 429 if form.has_error(NON_FIELD_ERRORS, "quota") else 422
