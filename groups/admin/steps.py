"""What a verifier can do with a KIM: each step once, with its words, its form, and in which state.

The change page shows the steps that `is_open` allows; the model's method asks the table again under the lock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from groups.admin_forms import InviteForm, ReasonForm, RemarkForm, StepForm
from groups.models import Kim, MemberInvitation
from groups.models.kim import OFFICE
from groups.workflow import Status, can_move

READ_BY_ADMINS = "Dikirim kepada admin KIM lewat e-mail dan dibaca di mejanya."


@dataclass(frozen=True)
class Step:
    """`code` stands in the address, `event` is what the history calls it."""

    code: str
    label: str
    event: str
    take: Callable[[Kim, User, dict[str, Any]], object]
    is_possible: Callable[[Kim], bool]
    form: type[StepForm] = ReasonForm
    words: str = "Alasan"
    hint: str = READ_BY_ADMINS
    done: str = "Tersimpan."
    style: str = "quiet"

    def make_form(self, kim: Kim, data: Any = None, **initial: Any) -> StepForm:
        return self.form(data, kim=kim, code=self.code, words=self.words, hint=self.hint, **initial)


def move(code: str, label: str, to: Status, method: str, **more: Any) -> Step:
    """A change of state by the model's method of this name."""

    def take(kim: Kim, by: User, data: dict[str, Any]) -> None:
        getattr(kim, method)(by=by, text=data["text"], version=data["version"])

    def is_possible(kim: Kim) -> bool:
        return can_move(kim.status, to)

    return Step(code, label, to.value, take, is_possible, **more)


def invite(kim: Kim, by: User, data: dict[str, Any]) -> None:
    if not has_no_admin(kim):
        raise ValidationError("KIM ini sudah punya admin, atau belum terverifikasi.")
    MemberInvitation.send(data["member"], data["email"], makes_admin=True, by=by, label=OFFICE)


def has_no_admin(kim: Kim) -> bool:
    """A KIM from a list, or one whose last admin lost the account: nobody can run its desk."""
    is_at_work = kim.status in {Status.VERIFIED, Status.ACTIVE, Status.INACTIVE}
    return is_at_work and not kim.memberships.current().filter(is_admin=True).exists()


STEPS = (
    move(
        *("setujui", "Setujui", Status.VERIFIED, "approve"),
        form=RemarkForm,
        words="Catatan untuk KIM",
        done="KIM terverifikasi.",
        style="",
    ),
    move(
        *("minta-perbaikan", "Minta perbaikan", Status.REVISION, "ask_changes"),
        words="Apa yang perlu diperbaiki?",
        done="Permintaan perbaikan terkirim.",
    ),
    move(
        *("tolak", "Tolak", Status.REJECTED, "reject"),
        words="Alasan menolak",
        hint=f"{READ_BY_ADMINS} KIM dapat mengajukan lagi.",
        done="Pendaftaran ditolak, alasannya terkirim.",
    ),
    Step(
        *("undang-admin", "Undang admin KIM", "member_invited", invite, has_no_admin),
        form=InviteForm,
        done="Undangan terkirim.",
    ),
    move(
        *("bubarkan", "Nyatakan bubar", Status.DISSOLVED, "dissolve"),
        words="Alasan",
        hint="Tidak dapat dibatalkan. Halaman KIM tetap ada dan menyebut bahwa KIM bubar.",
        done="KIM dinyatakan bubar.",
        style="danger",
    ),
)
BY_CODE = {step.code: step for step in STEPS}
