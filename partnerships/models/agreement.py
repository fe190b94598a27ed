"""What the sides put in writing: a joint agreement or memorandum, and cooperation agreements that hang on it.

PP 28/2018 and Permendagri 22/2020: first the Kesepakatan Bersama, then the Perjanjian Kerja Sama (PKS).
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Institution, User
from groups.models import Kim
from partnerships import notifications
from partnerships.models.agreement_record import HOLDING, AgreementKind, AgreementQuerySet, AgreementRecord
from partnerships.models.partnership import SYSTEM, Partnership
from partnerships.models.record import Side
from partnerships.workflow import PUBLIC, AgreementStatus, can_move_agreement

if TYPE_CHECKING:
    from uploads.models import Document

logger = logging.getLogger("partnerships.calendar")


class StaleAgreement(Exception):  # noqa: N818  a state of affairs that a page explains
    """Somebody else changed the agreement after the form was made."""


class Agreement(AgreementRecord):
    """A paper between two sides. Nobody else assigns `status`."""

    def clean(self) -> None:
        for name in ("subject", "number", "first_signer", "second_signer"):
            setattr(self, name, " ".join(getattr(self, name).split()))
        if self.signed_on and self.signed_on > timezone.localdate():
            raise ValidationError({"signed_on": "Tanggal tanda tangan tidak boleh di masa depan."})
        if self.umbrella and (self.umbrella.kind == AgreementKind.COOPERATION or not self.is_of_ours(self.umbrella)):
            raise ValidationError({"umbrella": "Pilih MoU atau Nota Kesepakatan kedua pihak ini."})
        if self.renews and (self.renews.kind != self.kind or not self.is_of_ours(self.renews)):
            raise ValidationError({"renews": "Perpanjangan harus sejenis dengan yang diperpanjang."})
        if self.meeting and self.meeting.host not in (self.first, self.second):
            raise ValidationError("Penyelenggara rapat itu bukan pihak perjanjian ini.")

    def is_of_ours(self, other: AgreementRecord) -> bool:
        return self.siblings().filter(pk=other.pk).exists()

    def siblings(self) -> AgreementQuerySet:
        """What else these two put in writing: in this partnership, and between them without one."""
        rows = type(self).objects.exclude(pk=self.pk)
        own = Q(partner=self.second) | Q(partner__merged_into=self.second)
        if isinstance(self.first, Kim):
            own &= Q(kim=self.first)
        else:
            own &= Q(institution=self.first) | Q(institution__merged_into=self.first)
        return rows.filter(own | Q(partnership=self.partnership) if self.partnership else own)

    def side_name(self, side: Side) -> str:
        return str(self.first if side == Side.FIRST else self.second)

    # --- Actions -----------------------------------------------------------------------------------------------------
    @classmethod
    def begin(
        cls, partnership: Partnership, side: Side, *, by: User, is_hoped: bool = False, **values: Any
    ) -> Agreement:
        """One between the sides of a partnership."""
        with transaction.atomic():
            partnership.lock()
            row = cls(partnership=partnership, area_id=partnership.area_id, status=first_status(is_hoped), **values)
            return row.insert(side, by)

    @classmethod
    def between(
        cls,
        first: Kim | Institution,
        second: Institution,
        side: Side,
        *,
        by: User,
        is_hoped: bool = True,
        **values: Any,
    ) -> Agreement:
        """One of two that have no partnership yet, as a meeting hopes for it; the other side is told."""
        own: dict[str, Any] = {"kim": first} if isinstance(first, Kim) else {"institution": first.resolved}
        row = cls(partner=second.resolved, area_id=first.area_id, status=first_status(is_hoped), **own, **values)
        with transaction.atomic():
            list(Institution._base_manager.select_for_update().filter(pk__in=[row.partner_id, row.institution_id or 0]))
            stored = row.insert(side, by)
            if stored is row:
                notifications.agreement_changed(row, "")
        return stored

    def insert(self, side: Side, by: User) -> Agreement:
        """Store it, or give back the one that the first press of the same button made."""
        self.copy_codes()
        self.full_clean()
        words = {"kind": self.kind, "subject": self.subject, "scope": self.scope, "umbrella": self.umbrella}
        if before := self.siblings().filter(partnership=self.partnership, status=self.status, **words).first():
            return before
        self.save()
        self.record("begun", by, self.side_name(side))
        return self

    def lock(self, version: int | None = None) -> None:
        if self.partnership:
            self.partnership.lock()
        fields = [field.name for field in self._meta.concrete_fields if field.name != "partnership"]
        self.refresh_from_db(fields=fields, from_queryset=type(self)._base_manager.select_for_update())
        if version is not None and self.version != version:
            raise StaleAgreement

    def store(self) -> None:
        self.version += 1
        self.full_clean()
        self.save()

    def record(self, action: str, by: User | None, label: str, text: str = "", **data: Any) -> None:
        """In the partnership's history; one that stands alone has its own. The caller holds the lock."""
        if self.partnership:
            self.partnership.record(f"agreement_{action}", by, label, text, agreement=self.pk, **data)
        else:
            self.events.model.append(self, f"agreement_{action}", actor=by, actor_label=label, text=text, **data)

    def move(self, to: AgreementStatus, *, by: User | None, label: str, text: str = "") -> None:
        """Change the state, under the lock the caller holds."""
        if not can_move_agreement(self.status, to):
            raise ValidationError(f"Perjanjian yang {self.get_status_display().lower()} tidak dapat {VERBS[to]}.")
        self.status = to
        self.store()
        self.record(to.value, by, label, text)
        notifications.agreement_changed(self, text)

    def change(self, side: Side, *, by: User, version: int | None = None, **values: Any) -> None:
        with transaction.atomic():
            self.lock(version)
            if not self.is_open:
                raise ValidationError("Naskah yang sudah ditandatangani tidak dapat diubah. Buat perpanjangannya.")
            for name, value in values.items():
                setattr(self, name, value)
            self.store()
            self.record("changed", by, self.side_name(side))

    def start_draft(self, side: Side, *, by: User) -> None:
        with transaction.atomic():
            self.lock()
            self.move(AgreementStatus.DRAFTING, by=by, label=self.side_name(side))

    def sign(
        self,
        side: Side,
        *,
        by: User,
        file: Document | None,
        version: int | None = None,
        signers: dict[int, tuple[str, str]] | None = None,
        **values: Any,
    ) -> None:
        """Record the signatures. Without number, dates, a signer of every party and the paper it is unsigned."""
        from partnerships.models.agreement_party import write_signers

        with transaction.atomic():
            self.lock(version)
            for name, value in values.items():
                setattr(self, name, value)
            self.file = file
            if missing := self.missing() + write_signers(self, signers or {}):
                raise ValidationError(f"Belum ada {', '.join(missing)}. Tanpa itu perjanjian belum ditandatangani.")
            self.check_place()
            self.move(AgreementStatus.SIGNED, by=by, label=self.side_name(side))

    def missing(self) -> list[str]:
        """What a signed agreement still lacks, in words."""
        has = {
            "nomor": self.number.strip(),
            "tanggal tanda tangan": self.signed_on,
            "awal masa berlaku": self.valid_from,
            "akhir masa berlaku": self.valid_until,
            "penanda tangan pihak pertama": self.first_signer.strip(),
            "penanda tangan pihak kedua": self.second_signer.strip(),
            "berkas naskah": self.file,
        }
        return [name for name, value in has.items() if not value]

    def check_place(self) -> None:
        """Both sides stand behind it, a PKS has its MoU in hand, and two papers of one kind do not run at one time."""
        if self.partnership and self.partnership.status not in PUBLIC:
            raise ValidationError("Kedua pihak belum menyetujui kemitraan ini, jadi belum ada yang ditandatangani.")
        if self.umbrella and self.umbrella.status not in HOLDING:
            raise ValidationError("MoU yang menaungi PKS ini belum ditandatangani, atau sudah tidak berlaku.")
        others = self.siblings().filter(partnership=self.partnership_id, kind=self.kind, umbrella=self.umbrella)
        others = others.filter(status__in=HOLDING, valid_from__lte=self.valid_until, valid_until__gte=self.valid_from)
        if self.kind != AgreementKind.COOPERATION and (twin := others.first()):
            raise ValidationError(
                f"Masa berlaku ini bertumpuk dengan naskah nomor {twin.number} ({twin.valid_from:%d-%m-%Y} sampai "
                f"{twin.valid_until:%d-%m-%Y}). Mulailah sesudahnya, atau akhiri yang lama lebih dulu."
            )

    def terminate(self, side: Side, *, by: User, text: str) -> None:
        with transaction.atomic():
            self.lock()
            if not text.strip():
                raise ValidationError("Tulis alasan mengakhiri perjanjian.")
            self.move(AgreementStatus.TERMINATED, by=by, label=self.side_name(side), text=text)

    # --- What follows by itself --------------------------------------------------------------------------------------
    def settle(self, to: AgreementStatus) -> bool:
        """Follow the calendar; False where another worker was faster, or one row cannot be stored (it is logged)."""
        try:
            with transaction.atomic():
                self.lock()
                if not can_move_agreement(self.status, to):
                    return False
                self.move(to, by=None, label=SYSTEM)
        except ValidationError as error:
            logger.error("Perjanjian %s tidak dapat disesuaikan: %s", self.pk, ", ".join(error.messages))
            return False
        return True

    def remind(self) -> bool:
        with transaction.atomic():
            self.lock()
            if self.status not in HOLDING or self.reminded_for == self.valid_until:
                return False
            type(self).objects.filter(pk=self.pk).update(reminded_for=self.valid_until)
            self.record("reminded", None, SYSTEM, valid_until=f"{self.valid_until:%Y-%m-%d}")
            notifications.agreement_ends_soon(self)
        return True


def first_status(is_hoped: bool) -> AgreementStatus:
    return AgreementStatus.HOPED if is_hoped else AgreementStatus.DRAFTING


VERBS = {
    AgreementStatus.DRAFTING: "disusun",
    AgreementStatus.SIGNED: "ditandatangani",
    AgreementStatus.IN_EFFECT: "mulai berlaku",
    AgreementStatus.EXPIRED: "kedaluwarsa",
    AgreementStatus.TERMINATED: "diakhiri",
}
