"""What hangs on a legal basis: its scanned paper, and what it obliges an area to."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from groups.models import DistrictCoverage
from regions.models import LegalBasis, Level, Located, LocatedQuerySet


class LegalPaper(models.Model):
    """The scanned text of a legal basis; `regions`, where the basis lives, knows no files."""

    legal_basis = models.OneToOneField(LegalBasis, models.PROTECT, related_name="paper", verbose_name="dasar hukum")
    file = models.ForeignKey("uploads.Document", models.PROTECT, related_name="+", verbose_name="berkas")

    class Meta:
        verbose_name = "berkas dasar hukum"
        verbose_name_plural = "berkas dasar hukum"

    def __str__(self) -> str:
        return f"Berkas {self.legal_basis}"


class Obligation(Located):
    """ "KIM wajib ada di setiap desa": a rule of one area, with the document behind it (Natuna, Jembrana have one)."""

    legal_basis = models.ForeignKey(LegalBasis, models.PROTECT, related_name="obligations", verbose_name="dasar hukum")

    objects = LocatedQuerySet.as_manager()

    class Meta:
        verbose_name = "kewajiban KIM di setiap desa"
        verbose_name_plural = "kewajiban KIM di setiap desa"
        ordering = ["area"]
        constraints = [
            models.UniqueConstraint(
                fields=["area"],
                name="obligation_once_an_area",
                violation_error_message="Kewajiban untuk wilayah ini sudah tercatat.",
            )
        ]

    def __str__(self) -> str:
        return f"KIM wajib di setiap desa, {self.area}"

    def clean(self) -> None:
        if not self.area_id or not self.legal_basis_id:
            return
        if self.area.level == Level.VILLAGE:
            raise ValidationError({"area": "Pilih provinsi, kabupaten, kota, atau kecamatan."})
        if not self.legal_basis.covers(self.area_id):
            raise ValidationError({"legal_basis": "Dasar hukum ini tidak berlaku di wilayah tersebut."})
        if not self.legal_basis.is_in_force:
            raise ValidationError({"legal_basis": "Dasar hukum ini sudah dicabut."})

    @property
    def figures(self) -> dict[str, int]:
        """Villages of the area, with and without an active KIM."""
        total = DistrictCoverage.objects.within(self.area_id).total()
        return {**total, "lacking": total["villages"] - total["covered"]}
