"""What an area asks of its KIM."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from regions.models import Policy


class KimPolicy(Policy):
    """Sizes differ from regency to regency (3-8, 3-30, at least 10): a row an area may set, 3-30 where none does."""

    min_members = models.PositiveSmallIntegerField("paling sedikit anggota", default=3)
    max_members = models.PositiveSmallIntegerField("paling banyak anggota", default=30)
    warning_days = models.PositiveSmallIntegerField("hari peringatan sebelum SK berakhir", default=60)

    class Meta:
        verbose_name = "aturan KIM"
        verbose_name_plural = "aturan KIM"
        constraints = [
            models.CheckConstraint(
                condition=Q(min_members__gte=3, max_members__gte=F("min_members")),
                name="kim_policy_sizes",
                violation_error_message="Paling sedikit 3 anggota, dan batas atas tidak boleh di bawah batas bawah.",
            ),
        ]
