"""Days that a region works or rests differently from the national calendar."""

from __future__ import annotations

from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce

from regions.models.area import Area


class CalendarOverride(models.Model):
    """A day on which an area (or all of Indonesia) works or rests, whatever the national calendar says."""

    area = models.ForeignKey(
        Area,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="wilayah",
        help_text="Kosong berarti berlaku di seluruh Indonesia.",
    )
    date = models.DateField("tanggal")
    is_working = models.BooleanField("hari kerja", default=False)
    name = models.CharField("keterangan", max_length=120)

    class Meta:
        verbose_name = "hari khusus"
        verbose_name_plural = "hari khusus"
        ordering = ["-date"]
        constraints = [
            models.UniqueConstraint(
                "date",
                Coalesce("area", Value("")),
                name="override_one_per_day_and_area",
                violation_error_message="Tanggal ini sudah diatur untuk wilayah tersebut.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.date:%d-%m-%Y})"
