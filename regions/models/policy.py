"""Rules that differ by area."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from regions.models.area import Area
from regions.models.codes import code_prefixes


class Policy(models.Model):
    """A rule that differs by area: the row of the nearest area upward holds; without any, the fields' defaults."""

    area = models.OneToOneField(
        Area,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="wilayah",
        help_text="Kosong berarti berlaku di seluruh Indonesia.",
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name}: {self.area or 'Indonesia'}"

    @classmethod
    def for_area(cls, code: str) -> Self:
        """The policy that holds in the area with this code (one query); an unsaved row of defaults where none is."""
        rows = cls._default_manager.filter(Q(area__in=code_prefixes(code)) | Q(area__isnull=True))
        return max(rows, key=cls._depth, default=cls())

    def _depth(self) -> int:
        return len(getattr(self, "area_id", None) or "")


class KimExpansion(models.TextChoices):
    """The ministry now says Komunitas; many decrees still say Kelompok."""

    COMMUNITY = "community", "Komunitas Informasi Masyarakat"
    GROUP = "group", "Kelompok Informasi Masyarakat"


# Free of charge from every telephone: police, fire, search and rescue, ambulance.
EMERGENCY_NUMBERS = (("110", "Polisi"), ("113", "Pemadam kebakaran"), ("115", "SAR"), ("119", "Ambulans"))
SINGLE_NUMBER = ("112", "Darurat, satu nomor untuk semua")  # Permenkominfo 10/2016: run by each region


class AreaPolicy(Policy):
    """What KIM stands for here, and which emergency numbers answer."""

    kim_expansion = models.CharField(
        "kepanjangan KIM", max_length=10, choices=KimExpansion.choices, default=KimExpansion.COMMUNITY
    )
    has_112 = models.BooleanField(
        "layanan 112 berjalan", default=False, help_text="Centang hanya bila pemerintah daerah menjalankannya."
    )

    class Meta:
        verbose_name = "aturan wilayah"
        verbose_name_plural = "aturan wilayah"
        constraints = [
            models.UniqueConstraint(
                Coalesce("area", Value("")),
                name="area_policy_one_per_area",
                violation_error_message="Aturan untuk wilayah ini sudah ada.",
            ),
        ]

    def emergency_numbers(self) -> list[tuple[str, str]]:
        """Number and who answers, 112 first and only where it is run."""
        return [*([SINGLE_NUMBER] if self.has_112 else []), *EMERGENCY_NUMBERS]
