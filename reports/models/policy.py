"""Deadlines, which differ by area."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from regions.models import Policy

_DAYS = [MinValueValidator(1, "Paling sedikit 1 hari kerja."), MaxValueValidator(120, "Paling banyak 120 hari kerja.")]


class ReportPolicy(Policy):
    """Working days for each stage. The defaults are those SP4N-LAPOR! promises; the law changes, so they are rows."""

    verify_days = models.PositiveSmallIntegerField("hari kerja untuk verifikasi", default=3, validators=_DAYS)
    follow_up_days = models.PositiveSmallIntegerField("hari kerja untuk tindak lanjut", default=5, validators=_DAYS)
    reply_days = models.PositiveSmallIntegerField("hari kerja menunggu balasan pelapor", default=10, validators=_DAYS)
    dispute_days = models.PositiveSmallIntegerField("hari kerja untuk menyanggah", default=10, validators=_DAYS)

    class Meta:
        verbose_name = "aturan laporan"
        verbose_name_plural = "aturan laporan"
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(area__isnull=True),
                name="report_policy_one_national",
                violation_error_message="Aturan nasional sudah ada.",
            ),
        ]

    def __str__(self) -> str:
        return f"Aturan laporan {self.area or 'Indonesia'}"
