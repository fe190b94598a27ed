"""The decree that recognises a KIM (SK)."""

from __future__ import annotations

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from groups.models.kim import BOARD_OF_KIM, Kim


class Issuer(models.TextChoices):
    VILLAGE_HEAD = "village_head", "Kepala Desa, Lurah, atau Wali Nagari"
    DISTRICT_HEAD = "district_head", "Camat"
    AGENCY = "agency", "Kepala Dinas"
    REGENT = "regent_mayor", "Bupati atau Wali Kota"


class DecreeQuerySet(models.QuerySet["Decree"]):
    def in_force(self) -> Self:
        today = timezone.localdate()
        return self.filter(valid_from__lte=today, valid_until__gte=today)


class Decree(models.Model):
    """A decree with its term. Numbers follow no single pattern: they are text as it stands on the paper."""

    kim = models.ForeignKey(Kim, models.PROTECT, related_name="decrees", editable=False)
    number = models.CharField("nomor SK", max_length=80)
    decided_on = models.DateField("tanggal SK")
    about = models.CharField("tentang", max_length=200, blank=True)
    issuer = models.CharField("diterbitkan oleh", max_length=13, choices=Issuer.choices)
    valid_from = models.DateField("berlaku sejak")
    valid_until = models.DateField("berlaku sampai")
    file = models.ForeignKey(
        "uploads.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="berkas SK"
    )

    objects = DecreeQuerySet.as_manager()

    class Meta:
        verbose_name = "SK"
        verbose_name_plural = "SK"
        ordering = ["-valid_until", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kim", "number", "decided_on"],
                name="decree_once",
                violation_error_message="SK dengan nomor dan tanggal ini sudah tercatat.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("valid_from")),
                name="decree_ends_after_it_begins",
                violation_error_message="SK tidak dapat berakhir sebelum mulai berlaku.",
            ),
            models.CheckConstraint(condition=~Q(number=""), name="decree_has_number"),
        ]

    def __str__(self) -> str:
        return f"SK {self.number}"

    def clean(self) -> None:
        if self.decided_on and self.decided_on > timezone.localdate():
            raise ValidationError({"decided_on": "Tanggal SK tidak boleh di masa depan."})

    @property
    def is_in_force(self) -> bool:
        return self.valid_from <= timezone.localdate() <= self.valid_until

    @property
    def is_over(self) -> bool:
        return self.valid_until < timezone.localdate()

    @classmethod
    def add(cls, kim: Kim, *, by: User | None, label: str = BOARD_OF_KIM, **values: Any) -> Decree:
        """Record a decree; the KIM's state follows. Terms never overlap: which decree holds must be plain."""
        with transaction.atomic():
            kim.lock()
            row = cls(kim=kim, **values)
            row.full_clean()
            row.check_overlap()
            row.save()
            kim.record("decree_added", by, label, decree=row.pk, valid_until=row.valid_until.isoformat())
            kim.settle()
        return row

    def check_overlap(self) -> None:
        others = self.kim.decrees.filter(valid_from__lte=self.valid_until, valid_until__gte=self.valid_from)
        if other := others.exclude(pk=self.pk).first():
            raise ValidationError(
                f"Masa berlaku ini bertumpuk dengan {other} ({other.valid_from:%d-%m-%Y} sampai "
                f"{other.valid_until:%d-%m-%Y}). Periksa tanggalnya."
            )
