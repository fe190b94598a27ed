"""What the sides put in writing: a joint agreement or memorandum, and cooperation agreements that hang on it.

PP 28/2018 and Permendagri 22/2020: first the Kesepakatan Bersama, then the Perjanjian Kerja Sama (PKS).
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from partnerships import notifications
from partnerships.models.partnership import SYSTEM, Partnership
from partnerships.models.record import Side
from partnerships.workflow import PUBLIC, SIGNED_ONCE, AgreementStatus, can_move_agreement

if TYPE_CHECKING:
    from uploads.models import Document

logger = logging.getLogger("partnerships.calendar")
REMIND_DAYS = 60
BATCH = 500
HOLDING = (AgreementStatus.SIGNED, AgreementStatus.IN_EFFECT)


class AgreementKind(models.TextChoices):
    JOINT = "joint_agreement", "Nota Kesepahaman (MoU) / Kesepakatan Bersama"
    COOPERATION = "cooperation", "Perjanjian Kerja Sama (PKS)"
    MEMORANDUM = "memorandum", "Nota Kesepakatan"


class StaleAgreement(Exception):  # noqa: N818  a state of affairs that a page explains
    """Somebody else changed the agreement after the form was made."""


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def settle_due(self) -> int:
        """Let the states follow the calendar, whenever this was last done; how many changed."""
        today = timezone.localdate()
        begins = self.filter(status=AgreementStatus.SIGNED, valid_from__lte=today)
        ends = self.filter(status=AgreementStatus.IN_EFFECT, valid_until__lt=today)
        number = sum(row.settle(AgreementStatus.IN_EFFECT) for row in begins.iterator(BATCH))
        return number + sum(row.settle(AgreementStatus.EXPIRED) for row in ends.iterator(BATCH))

    def remind_due(self) -> int:
        """Write about those that end within the days of warning and were not written about yet; how many."""
        today = timezone.localdate()
        ending = self.filter(status__in=HOLDING, valid_until__gte=today)
        ending = ending.filter(valid_until__lte=today + timedelta(days=REMIND_DAYS))
        ending = ending.exclude(reminded_for=F("valid_until")).exclude(renewal__status__in=HOLDING)
        return sum(row.remind() for row in ending.iterator(BATCH))


class Agreement(models.Model):
    """A paper between the two sides of a partnership. Nobody else assigns `status`."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="agreements", editable=False)
    kind = models.CharField("jenis", max_length=15, choices=AgreementKind.choices)
    subject = models.CharField("tentang", max_length=200)
    scope = models.TextField("ruang lingkup", max_length=2000)
    number = models.CharField("nomor", max_length=120, blank=True)
    signed_on = models.DateField("tanggal tanda tangan", null=True, blank=True)
    valid_from = models.DateField("berlaku sejak", null=True, blank=True)
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    first_signer = models.CharField("penanda tangan pihak pertama", max_length=80, blank=True)
    first_position = models.CharField("jabatannya", max_length=120, blank=True)
    second_signer = models.CharField("penanda tangan pihak kedua", max_length=80, blank=True)
    second_position = models.CharField("jabatannya", max_length=120, blank=True)
    file = models.ForeignKey(
        "uploads.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="naskah",
        editable=False,
    )
    umbrella = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="cooperations", verbose_name="MoU yang menaungi"
    )
    renews = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="renewal", verbose_name="memperpanjang"
    )
    status = models.CharField(
        max_length=10, choices=AgreementStatus.choices, default=AgreementStatus.HOPED, editable=False
    )
    reminded_for = models.DateField(null=True, editable=False)  # the end for which a reminder was sent
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = "perjanjian"
        verbose_name_plural = "perjanjian"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=sorted(SIGNED_ONCE))
                | (
                    Q(signed_on__isnull=False, valid_from__isnull=False, valid_until__isnull=False, file__isnull=False)
                    & ~(Q(number="") | Q(first_signer="") | Q(second_signer=""))
                ),
                name="agreement_signed_is_complete",
                violation_error_message="Perjanjian yang ditandatangani memerlukan nomor, tanggal, masa berlaku, "
                "berkas, dan dua penanda tangan.",
            ),
            models.CheckConstraint(
                condition=Q(kind=AgreementKind.COOPERATION, umbrella__isnull=False)
                | (~Q(kind=AgreementKind.COOPERATION) & Q(umbrella__isnull=True)),
                name="agreement_cooperation_has_umbrella",
                violation_error_message="PKS berdiri di atas sebuah MoU. Pilih MoU yang menaunginya.",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="agreement_ends_after_it_begins",
                violation_error_message="Perjanjian tidak dapat berakhir sebelum mulai berlaku.",
            ),
            models.CheckConstraint(condition=Q(status__in=AgreementStatus.values), name="agreement_status_known"),
            models.CheckConstraint(condition=Q(kind__in=AgreementKind.values), name="agreement_kind_known"),
        ]
        indexes = [models.Index(fields=["status", "valid_until"], name="agreement_status_until")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} tentang {self.subject}"

    def clean(self) -> None:
        for name in ("subject", "number", "first_signer", "second_signer"):
            setattr(self, name, " ".join(getattr(self, name).split()))
        if self.signed_on and self.signed_on > timezone.localdate():
            raise ValidationError({"signed_on": "Tanggal tanda tangan tidak boleh di masa depan."})
        if self.umbrella and (self.umbrella.kind == AgreementKind.COOPERATION or not self.is_of_ours(self.umbrella)):
            raise ValidationError({"umbrella": "Pilih MoU atau Nota Kesepakatan dari kemitraan ini."})
        if self.renews and (self.renews.kind != self.kind or not self.is_of_ours(self.renews)):
            raise ValidationError({"renews": "Perpanjangan harus sejenis dengan yang diperpanjang."})

    def is_of_ours(self, other: Agreement) -> bool:
        return other.partnership_id == self.partnership_id and other.pk != self.pk

    @property
    def is_open(self) -> bool:
        """Whether its words can still be changed."""
        return self.status in {AgreementStatus.HOPED, AgreementStatus.DRAFTING}

    # --- Actions -----------------------------------------------------------------------------------------------------
    @classmethod
    def begin(
        cls, partnership: Partnership, side: Side, *, by: User, is_hoped: bool = False, **values: Any
    ) -> Agreement:
        status = AgreementStatus.HOPED if is_hoped else AgreementStatus.DRAFTING
        row = cls(partnership=partnership, status=status, **values)
        with transaction.atomic():
            partnership.lock()
            row.full_clean()
            row.save()
            row.record("begun", by, partnership.side_name(side))
        return row

    def lock(self, version: int | None = None) -> None:
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
        self.partnership.record(f"agreement_{action}", by, label, text, agreement=self.pk, **data)

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
            self.record("changed", by, self.partnership.side_name(side))

    def start_draft(self, side: Side, *, by: User) -> None:
        with transaction.atomic():
            self.lock()
            self.move(AgreementStatus.DRAFTING, by=by, label=self.partnership.side_name(side))

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
            self.move(AgreementStatus.SIGNED, by=by, label=self.partnership.side_name(side))

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
        if self.partnership.status not in PUBLIC:
            raise ValidationError("Kedua pihak belum menyetujui kemitraan ini, jadi belum ada yang ditandatangani.")
        if self.umbrella and self.umbrella.status not in HOLDING:
            raise ValidationError("MoU yang menaungi PKS ini belum ditandatangani, atau sudah tidak berlaku.")
        others = type(self).objects.filter(partnership=self.partnership_id, kind=self.kind, umbrella=self.umbrella)
        others = others.filter(status__in=HOLDING, valid_from__lte=self.valid_until, valid_until__gte=self.valid_from)
        if self.kind != AgreementKind.COOPERATION and (twin := others.exclude(pk=self.pk).first()):
            raise ValidationError(
                f"Masa berlaku ini bertumpuk dengan naskah nomor {twin.number} ({twin.valid_from:%d-%m-%Y} sampai "
                f"{twin.valid_until:%d-%m-%Y}). Mulailah sesudahnya, atau akhiri yang lama lebih dulu."
            )

    def terminate(self, side: Side, *, by: User, text: str) -> None:
        with transaction.atomic():
            self.lock()
            if not text.strip():
                raise ValidationError("Tulis alasan mengakhiri perjanjian.")
            self.move(AgreementStatus.TERMINATED, by=by, label=self.partnership.side_name(side), text=text)

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


VERBS = {
    AgreementStatus.DRAFTING: "disusun",
    AgreementStatus.SIGNED: "ditandatangani",
    AgreementStatus.IN_EFFECT: "mulai berlaku",
    AgreementStatus.EXPIRED: "kedaluwarsa",
    AgreementStatus.TERMINATED: "diakhiri",
}
