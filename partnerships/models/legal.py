"""What hangs on a legal basis: its scanned paper, and what it obliges an area to."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Sum
from django.utils.functional import cached_property

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

    @cached_property
    def figures(self) -> dict[str, int]:
        """Villages of the area, with and without an active KIM."""
        add_figures([self])
        return self.figures


def add_figures(rows: Iterable[Obligation]) -> None:
    """The figures of these, with one question a level and not one a row."""
    by_level: dict[int, list[Obligation]] = {}
    for row in rows:
        row.figures = {"villages": 0, "covered": 0, "lacking": 0}
        by_level.setdefault(row.area_id.count("."), []).append(row)
    for depth, each in by_level.items():
        column = ("province_code", "regency_code", "area")[depth]
        found = DistrictCoverage.objects.filter(**{f"{column}__in": [row.area_id for row in each]})
        sums = {
            code: {"villages": villages, "covered": covered, "lacking": villages - covered}
            for code, villages, covered in found.values_list(column).annotate(Sum("villages"), Sum("covered"))
        }
        for row in each:
            row.figures = sums.get(row.area_id, row.figures)
