"""What each side says of the partnership, once a year."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from partnerships.models.partnership import Partnership
from partnerships.models.record import Side
from partnerships.workflow import PUBLIC


class Outcome(models.TextChoices):
    GOOD = "good", "Berjalan baik"
    FAIR = "fair", "Berjalan, perlu perbaikan"
    POOR = "poor", "Tidak berjalan"


class Evaluation(models.Model):
    """One side's word on one year. Both sides read each other's."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="evaluations", editable=False)
    side = models.CharField(max_length=7, choices=Side.choices, editable=False)
    year = models.PositiveSmallIntegerField("tahun", editable=False)
    outcome = models.CharField("penilaian", max_length=4, choices=Outcome.choices)
    achieved = models.TextField("hasil yang dicapai", max_length=1000)
    to_improve = models.TextField("yang perlu diperbaiki", max_length=1000, blank=True)

    class Meta:
        verbose_name = "evaluasi"
        verbose_name_plural = "evaluasi"
        ordering = ["-year", "side"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "side", "year"],
                name="evaluation_once_a_year",
                violation_error_message="Pihak Anda sudah mengisi evaluasi tahun ini.",
            ),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="evaluation_outcome_known"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="evaluation_side_known"),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.get_outcome_display()}"

    @classmethod
    def give(cls, partnership: Partnership, side: Side, *, by: User, **values: Any) -> Evaluation:
        with transaction.atomic():
            partnership.lock()
            if partnership.status not in PUBLIC:
                raise ValidationError("Kemitraan yang belum berjalan tidak dapat dievaluasi.")
            row = cls(partnership=partnership, side=side, year=timezone.localdate().year, **values)
            row.full_clean()
            row.save()
            partnership.record("evaluated", by, partnership.side_name(side), year=row.year, outcome=row.outcome)
        return row
