"""From which share of its target a figure counts as reached."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from libraries.growth import Light, light_for
from regions.models import Policy


class LibraryPolicy(Policy):
    """The cut-offs of the lights, in percent of the target; agencies set their own (Babel shows the same colours)."""

    green_from = models.PositiveSmallIntegerField("tercapai mulai (% dari target)", default=100)
    yellow_from = models.PositiveSmallIntegerField("hampir mulai (% dari target)", default=75)

    class Meta:
        verbose_name = "aturan perpustakaan"
        verbose_name_plural = "aturan perpustakaan"
        constraints = [
            models.CheckConstraint(
                condition=Q(yellow_from__gte=1, green_from__gt=F("yellow_from"), green_from__lte=200),
                name="library_policy_order",
                violation_error_message="Batas “hampir” harus di bawah batas “tercapai”, keduanya antara 1 dan 200.",
            ),
        ]

    def light(self, figure: int | None, target: int | None) -> Light:
        return light_for(figure, target, green_from=self.green_from, yellow_from=self.yellow_from)
