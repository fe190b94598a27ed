"""How often one person may write to others in a day through what they record here: each such record sends letters."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from accounts.limits import count, hit
from accounts.models import User

DAY = 24 * 3600
# More than any person has to agree or to write down in a day.
A_DAY = {"partnership_proposal": 20, "commitment": 100}
WORDS = {
    "partnership_proposal": "Hari ini Anda sudah {} kali mengirim usulan atau perubahan. Salin isian ini; kirim besok.",
    "commitment": "Hari ini Anda sudah mencatat {} tindak lanjut. Salin isian ini; lanjutkan besok.",
}


@contextmanager
def counted(scope: str, user: User) -> Iterator[None]:
    """Refuse when the day is used up; what went through counts, what the action refused does not."""
    if count(scope, str(user.pk), DAY) >= A_DAY[scope]:
        raise ValidationError(WORDS[scope].format(A_DAY[scope]), code="quota")
    yield
    hit(scope, str(user.pk), limit=A_DAY[scope], seconds=DAY)


def status_of(form: forms.BaseForm) -> int:
    """The answer's status: 200 before it is sent, 429 over the day's number, 422 for what is to be mended."""
    if not form.is_bound:
        return 200
    return 429 if form.has_error(NON_FIELD_ERRORS, "quota") else 422
