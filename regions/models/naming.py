"""What people call an area: the local word for a village, its head's title, other names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction

from regions.folding import plain_key, sound_key
from regions.models.codes import Kind, code_prefixes

# Where no local term holds (UU 23/2014, UU 6/2014).
DEFAULT_TERMS = {
    Kind.PROVINCE: ("Provinsi", "Gubernur"),
    Kind.KABUPATEN: ("Kabupaten", "Bupati"),
    Kind.KOTA: ("Kota", "Wali Kota"),
    Kind.DISTRICT: ("Kecamatan", "Camat"),
    Kind.KELURAHAN: ("Kelurahan", "Lurah"),
    Kind.DESA: ("Desa", "Kepala Desa"),
    Kind.DESA_ADAT: ("Desa Adat", "Kepala Desa Adat"),
}


class Terms:
    """The local terms in memory: naming 91,599 areas asks no database."""

    def __init__(self, rows: Iterable[tuple[str, str, str, str]]) -> None:
        self.rows = {(prefix, kind): (term, head) for prefix, kind, term, head in rows}

    def name(self, code: str, kind: str) -> tuple[str, str]:
        """The term and the head's title that hold for this code; the longest prefix wins."""
        for prefix in reversed(code_prefixes(code)):
            if (prefix, kind) in self.rows:
                return self.rows[prefix, kind]
        return DEFAULT_TERMS[Kind(kind)]


class LocalTermQuerySet(models.QuerySet["LocalTerm"]):
    def terms(self) -> Terms:
        return Terms(self.values_list("prefix", "kind", "term", "head_title"))

    def add_missing(self, rows: Iterable[LocalTerm]) -> int:
        """Add the rows whose prefix and kind are not there yet; says how many. Areas are not renamed."""
        present = set(self.values_list("prefix", "kind"))
        missing: list[Any] = [row for row in rows if (row.prefix, row.kind) not in present]
        return len(self.bulk_create(missing))


class LocalTerm(models.Model):
    """What a kind of area is called from a code down: "nagari" in 13, "desa" again in 13.09. Most specific wins."""

    prefix = models.CharField(
        "kode wilayah",
        max_length=8,
        validators=[RegexValidator(r"^\d{2}(\.\d{2}){0,2}\Z", "Tulis kode provinsi, kabupaten/kota atau kecamatan.")],
        help_text="Berlaku untuk wilayah ini dan semua di bawahnya.",
    )
    kind = models.CharField("jenis", max_length=10, choices=Kind.choices)
    term = models.CharField("sebutan", max_length=30)
    head_title = models.CharField("sebutan kepala", max_length=40)

    objects = LocalTermQuerySet.as_manager()

    class Meta:
        verbose_name = "istilah setempat"
        verbose_name_plural = "istilah setempat"
        ordering = ["prefix", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["prefix", "kind"],
                name="local_term_unique",
                violation_error_message="Istilah untuk wilayah dan jenis ini sudah ada.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term} ({self.prefix})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The words are kept on each area, so a new word is written to all areas it reaches, or reached until now."""
        with transaction.atomic():
            before = LocalTerm.objects.filter(pk=self.pk).values_list("prefix", flat=True)
            prefixes = {self.prefix, *before}
            super().save(*args, **kwargs)
            rename_within(prefixes)


class AreaAliasQuerySet(models.QuerySet["AreaAlias"]):
    def by_area(self) -> dict[str, list[str]]:
        """The other names of each area that has any, by its code."""
        names: dict[str, list[str]] = {}
        for code, name in self.values_list("area_id", "name"):
            names.setdefault(code, []).append(name)
        return names

    def add_missing(self, rows: Iterable[AreaAlias]) -> int:
        """Add the names that are not there yet; says how many. Search words of areas below are not rewritten."""
        present = set(self.values_list("area_id", "plain"))
        missing: list[Any] = [row for row in rows if (row.area_id, row.plain) not in present]
        return len(self.bulk_create(missing))


class AreaAlias(models.Model):
    """Another name people write for an area: "50 Kota", "Sumbar"."""

    area = models.ForeignKey("regions.Area", models.CASCADE, related_name="aliases", verbose_name="wilayah")
    name = models.CharField("nama lain", max_length=80)
    plain = models.CharField(max_length=80, editable=False)
    sound = models.CharField(max_length=80, editable=False)

    objects = AreaAliasQuerySet.as_manager()

    class Meta:
        verbose_name = "nama lain wilayah"
        verbose_name_plural = "nama lain wilayah"
        ordering = ["name"]
        indexes = [models.Index(fields=["sound"], name="alias_sound", opclasses=["varchar_pattern_ops"])]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "plain"],
                name="area_alias_unique",
                violation_error_message="Wilayah ini sudah mempunyai nama lain itu.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def set_keys(self) -> Self:
        self.plain, self.sound = plain_key(self.name), sound_key(self.name)
        return self

    def clean(self) -> None:
        if not self.set_keys().sound:
            raise ValidationError({"name": "Nama lain harus memuat huruf atau angka."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The villages below are found by this name as well, so it is written to their search words."""
        self.set_keys()
        with transaction.atomic():
            before = AreaAlias.objects.filter(pk=self.pk).values_list("area_id", flat=True)
            prefixes = {self.area_id, *before}
            super().save(*args, **kwargs)
            rename_within(prefixes)


def rename_within(prefixes: Iterable[str]) -> None:
    """Write the names of these areas, and of all below them, anew."""
    from regions.models.area import Area

    for prefix in prefixes:
        Area.objects.within(prefix).rename()
