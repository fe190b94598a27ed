"""What rests on a rule, and villages that have no code: legal bases and customary villages (desa adat)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from regions.models.area import Area
from regions.models.codes import Level, code_prefixes
from regions.models.located import Located, LocatedQuerySet

FIRST_YEAR = 1945


class LegalKind(models.TextChoices):
    ACT = "uu", "Undang-Undang"
    GOVERNMENT = "pp", "Peraturan Pemerintah"
    PRESIDENT = "perpres", "Peraturan Presiden"
    MINISTER = "permen", "Peraturan Menteri"
    REGIONAL = "perda", "Peraturan Daerah"
    GOVERNOR = "pergub", "Peraturan Gubernur"
    REGENT = "perbup", "Peraturan Bupati"
    MAYOR = "perwali", "Peraturan Wali Kota"
    VILLAGE = "perdes", "Peraturan Desa"
    DECREE = "decree", "Surat Keputusan (SK)"
    CIRCULAR = "circular", "Surat Edaran (SE)"


class LegalStatus(models.TextChoices):
    IN_FORCE = "in_force", "Berlaku"
    AMENDED = "amended", "Diubah, masih berlaku"
    REVOKED = "revoked", "Dicabut"


class LegalBasisQuerySet(models.QuerySet["LegalBasis"]):
    def in_force(self) -> Self:
        return self.exclude(status=LegalStatus.REVOKED)

    def covering(self, codes: Iterable[str]) -> Self:
        """Those that hold where `codes` are: of one of these areas, or of the whole country."""
        return self.filter(Q(issuer_area__in=list(codes)) | Q(issuer_area__isnull=True))


class LegalBasis(models.Model):
    """A law, regulation, decree or circular letter that something rests on. It imports nothing, and has no file."""

    kind = models.CharField("jenis", max_length=8, choices=LegalKind.choices)
    number = models.CharField("nomor", max_length=60)
    year = models.PositiveSmallIntegerField("tahun")
    about = models.CharField("tentang", max_length=300)
    issuer = models.CharField("diterbitkan oleh", max_length=120, help_text="Misalnya Bupati Kolaka.")
    issuer_area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="berlaku di wilayah",
        help_text="Kosong berarti berlaku di seluruh Indonesia.",
    )
    article = models.CharField("pasal", max_length=80, blank=True)
    url = models.URLField("alamat naskah", max_length=300, blank=True)
    status = models.CharField("keadaan", max_length=8, choices=LegalStatus.choices, default=LegalStatus.IN_FORCE)

    objects = LegalBasisQuerySet.as_manager()

    class Meta:
        verbose_name = "dasar hukum"
        verbose_name_plural = "dasar hukum"
        ordering = ["-year", "-id"]
        constraints = [
            models.UniqueConstraint(
                "kind",
                Lower("issuer"),
                Lower("number"),
                "year",
                name="legal_basis_once",
                violation_error_message="Dasar hukum dengan jenis, penerbit, nomor, dan tahun ini sudah tercatat.",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR),
                name="legal_basis_year",
                violation_error_message=f"Tahun paling awal {FIRST_YEAR}.",
            ),
            models.CheckConstraint(
                condition=~Q(number="") & ~Q(about="") & ~Q(issuer=""),
                name="legal_basis_named",
                violation_error_message="Isi nomor, tentang, dan penerbit.",
            ),
            models.CheckConstraint(condition=Q(kind__in=LegalKind.values), name="legal_basis_kind_known"),
            models.CheckConstraint(condition=Q(status__in=LegalStatus.values), name="legal_basis_status_known"),
        ]
        indexes = [models.Index(fields=["issuer_area", "-year", "-id"], name="legal_basis_area")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} Nomor {self.number} Tahun {self.year}"

    def clean(self) -> None:
        for name in ("number", "about", "issuer"):
            setattr(self, name, " ".join(getattr(self, name).split()))
        if self.year and self.year > timezone.localdate().year:
            raise ValidationError({"year": "Tahun tidak boleh di masa depan."})

    @property
    def is_in_force(self) -> bool:
        return self.status != LegalStatus.REVOKED

    def covers(self, code: str) -> bool:
        """Whether it holds in the area with this code."""
        return self.issuer_area_id is None or self.issuer_area_id in code_prefixes(code)


class CustomaryVillage(Located):
    """A desa adat that Kemendagri gives no code (those of Bali): it lies in a village that has one."""

    name = models.CharField("nama desa adat", max_length=80)

    objects = LocatedQuerySet.as_manager()

    class Meta:
        verbose_name = "desa adat"
        verbose_name_plural = "desa adat"
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                "area",
                name="customary_village_once",
                violation_error_message="Desa adat ini sudah tercatat di desa tersebut.",
            ),
        ]

    def __str__(self) -> str:
        return f"Desa Adat {self.name}"

    def clean(self) -> None:
        self.name = " ".join(self.name.split())
        if self.area_id and self.area.level != Level.VILLAGE:
            raise ValidationError({"area": "Pilih desa atau kelurahan tempat desa adat ini."})
