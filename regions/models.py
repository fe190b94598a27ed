"""The area tree of Indonesia, and what every app that lives in an area stands on."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from regions.folding import fold

CODE_PATTERN = r"^\d{2}(\.\d{2}(\.\d{2}(\.[123]\d{3})?)?)?$"
CODE_LENGTHS = {2: "province", 5: "regency", 8: "district", 13: "village"}


class Level(models.TextChoices):
    PROVINCE = "province", "Provinsi"
    REGENCY = "regency", "Kabupaten/Kota"
    DISTRICT = "district", "Kecamatan"
    VILLAGE = "village", "Desa/Kelurahan"


class Kind(models.TextChoices):
    PROVINCE = "province", "Provinsi"
    KABUPATEN = "kabupaten", "Kabupaten"
    KOTA = "kota", "Kota"
    DISTRICT = "district", "Kecamatan"
    KELURAHAN = "kelurahan", "Kelurahan"
    DESA = "desa", "Desa"
    DESA_ADAT = "desa_adat", "Desa adat"


class TimeZone(models.TextChoices):
    WIB = "Asia/Jakarta", "WIB"
    WITA = "Asia/Makassar", "WITA"
    WIT = "Asia/Jayapura", "WIT"


class Supply(models.TextChoices):
    """How far a village has a thing: connectivity, or the skill to use it. Unknown is null, never a guess."""

    NONE = "none", "Tidak ada"
    LIMITED = "limited", "Terbatas"
    ADEQUATE = "adequate", "Memadai"


def code_prefixes(code: str) -> list[str]:
    """The codes from the province down to `code` itself: "13.07.11" -> ["13", "13.07", "13.07.11"]."""
    parts = code.split(".")
    return [".".join(parts[: length + 1]) for length in range(len(parts))]


class AreaQuerySet(models.QuerySet["Area"]):
    def in_use(self) -> Self:
        """Areas that exist today, not those that were split or merged away."""
        return self.filter(retired_on__isnull=True)

    def within(self, code: str) -> Self:
        """The area with this code and all below it. For this small table only; others compare copied codes."""
        return self.filter(Q(code=code) | Q(code__startswith=f"{code}."))


class Area(models.Model):
    """A province, regency or city, district or village. The Kemendagri code is the key: names repeat."""

    code = models.CharField(
        "kode wilayah",
        max_length=13,
        primary_key=True,
        validators=[RegexValidator(CODE_PATTERN, "Kode wilayah ditulis seperti 13.07.11.2004.")],
    )
    name = models.CharField("nama", max_length=80)
    level = models.CharField("tingkat", max_length=10, choices=Level.choices)
    kind = models.CharField("jenis", max_length=10, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="induk"
    )
    # Kept beside the name so that a choice is shown in full without walking up the tree.
    full_name = models.CharField("nama lengkap", max_length=240, editable=False)
    folded = models.CharField(max_length=120, editable=False)
    time_zone = models.CharField("zona waktu", max_length=20, choices=TimeZone.choices, default=TimeZone.WIB)
    connectivity = models.CharField("sambungan internet", max_length=10, choices=Supply.choices, null=True, blank=True)
    literacy = models.CharField("literasi digital", max_length=10, choices=Supply.choices, null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name="digantikan oleh"
    )
    retired_on = models.DateField("tidak berlaku sejak", null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = "wilayah"
        verbose_name_plural = "wilayah"
        ordering = ["code"]
        indexes = [
            models.Index(fields=["level", "folded"], name="area_level_folded"),
            models.Index(fields=["folded"], name="area_folded"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(successor=models.F("code")),
                name="area_not_its_own_successor",
                violation_error_message="Wilayah tidak dapat menggantikan dirinya sendiri.",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold(self.name)
        super().save(*args, **kwargs)

    @property
    def tzinfo(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def local(self, moment: datetime) -> datetime:
        """`moment` as a clock in this area shows it."""
        return moment.astimezone(self.tzinfo)


class LocatedQuerySet(models.QuerySet):
    def within(self, area: Area | str) -> Self:
        """Rows in the area or below it, by an equality on a copied code (never a prefix search)."""
        return self.filter(within(area))


def within(area: Area | str, prefix: str = "") -> Q:
    """The condition "lies in `area` or below it" on a `Located` model; `prefix` walks a relation ("report__")."""
    code = area if isinstance(area, str) else area.code
    field = {2: "province_code", 5: "regency_code", 8: "district_code"}.get(len(code), "area_id")
    return Q(**{f"{prefix}{field}": code})


class Located(models.Model):
    """Something that lives in an area. The codes above it are copied so that every list is one indexed equality."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="wilayah")
    province_code = models.CharField(max_length=2, editable=False)
    regency_code = models.CharField(max_length=5, editable=False, blank=True)
    district_code = models.CharField(max_length=8, editable=False, blank=True)

    class Meta:
        abstract = True

    def copy_codes(self) -> None:
        """Set the copied codes from `area_id`; a regency's own row has no district, and so on."""
        code = self.area_id
        self.province_code = code[:2]
        self.regency_code = code[:5] if len(code) >= 5 else ""
        self.district_code = code[:8] if len(code) >= 8 else ""

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.copy_codes()
        if (fields := kwargs.get("update_fields")) is not None and "area" in fields:
            kwargs["update_fields"] = {*fields, "province_code", "regency_code", "district_code"}
        super().save(*args, **kwargs)

    @property
    def area_codes(self) -> list[str]:
        """The codes of this row's area and all above it, province first."""
        return code_prefixes(self.area_id)


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

    @classmethod
    def for_area(cls, code: str) -> Self:
        """The policy that holds in the area with this code (one query); an unsaved row of defaults where none is."""
        rows = cls._default_manager.filter(Q(area__in=code_prefixes(code)) | Q(area__isnull=True))
        return max(rows, key=cls._depth, default=cls())

    def _depth(self) -> int:
        return len(getattr(self, "area_id", None) or "")
