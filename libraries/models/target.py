"""Where a library began, and where it wants to be by the end of a year."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.db.models import Q

from accounts.models import User
from libraries.models.library import Library


class Indicator(models.TextChoices):
    """The four indicators of the founding text (Perpusnas 3/2023; seed 002)."""

    VISITS = "visits", "Kunjungan"
    INVOLVEMENT = "involvement", "Pelibatan masyarakat"
    MEDIA = "media", "Ekspos media"
    PARTNERSHIPS = "partnerships", "Jumlah kemitraan"


class Target(models.Model):
    """The baseline and the target of one indicator in one year."""

    library = models.ForeignKey(Library, models.PROTECT, related_name="targets", editable=False)
    year = models.PositiveSmallIntegerField("tahun")
    indicator = models.CharField("indikator", max_length=12, choices=Indicator.choices)
    baseline = models.PositiveIntegerField("keadaan awal", null=True, blank=True)
    target = models.PositiveIntegerField("target")

    class Meta:
        verbose_name = "target"
        verbose_name_plural = "target"
        ordering = ["year", "indicator"]
        constraints = [
            models.UniqueConstraint(fields=["library", "year", "indicator"], name="target_once_a_year"),
            models.CheckConstraint(
                condition=Q(year__gte=2010, year__lte=2100),
                name="target_year",
                violation_error_message="Tulis tahun dengan empat angka.",
            ),
            models.CheckConstraint(
                condition=Q(target__gte=1),
                name="target_above_zero",
                violation_error_message="Target paling sedikit 1.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_indicator_display()} {self.year}: {self.target}"

    @classmethod
    def set_for(cls, library: Library, year: int, *, by: User, targets: dict[str, dict[str, Any]]) -> None:
        """Write a year: {indicator: {"baseline": n or None, "target": n or None}}; no target takes the row away."""
        with transaction.atomic():
            library.lock()
            for indicator, values in targets.items():
                kept = cls.objects.filter(library=library, year=year, indicator=indicator)
                if values["target"] is None:
                    kept.delete()
                    continue
                row = kept.first() or cls(library=library, year=year, indicator=indicator)
                row.baseline, row.target = values["baseline"], values["target"]
                row.full_clean()
                row.save()
            library.record("target_set", by, year=year)
