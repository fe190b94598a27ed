"""The area tree itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from regions.folding import fold, plain_key, sound_key
from regions.models.codes import (
    CODE_PATTERN,
    Kind,
    Level,
    Supply,
    TimeZone,
    code_prefixes,
    is_code,
    kind_of,
    level_of,
    parent_code,
)
from regions.models.naming import AreaAlias, LocalTerm, Terms
from regions.models.searching import Found, search, words_above

# Derived from code, name, terms and aliases; rewritten whenever one of these changes.
NAMING_FIELDS = ("level", "kind", "parent", "term", "head_title", "full_name", "plain", "sound", "above")
NAMING_COLUMNS = tuple("parent_id" if field == "parent" else field for field in NAMING_FIELDS)


class AreaQuerySet(models.QuerySet["Area"]):
    def in_use(self) -> Self:
        """Areas that exist today, not those that were split or merged away."""
        return self.filter(retired_on__isnull=True)

    def within(self, code: str) -> Self:
        """The area with this code and all below it. For this small table only; others compare copied codes."""
        return self.filter(code__prefix=code) if is_code(code) else self.none()

    def at_level(self, level: Level | str | None) -> Self:
        """This level only, or all four: named, because the indexes of the names begin with the level."""
        return self.filter(level=level) if level else self.filter(level__in=Level.values)

    def provinces(self) -> Self:
        return self.in_use().filter(level=Level.PROVINCE)

    def search(self, words: str, level: Level | str | None = None, limit: int = 20) -> Found:
        """Areas in use whose name or code matches these words, best first; see `regions/models/searching.py`."""
        return search(self.in_use(), self.in_use().at_level(level), words, limit)

    def rename(self) -> int:
        """Write the naming fields of these areas anew, and say how many changed. Ancestors are taken as they are."""
        terms, aliases = LocalTerm.objects.terms(), AreaAlias.objects.by_area()
        areas = {area.code: area for area in self.order_by("code")}
        above = Area.objects.in_bulk({code for code in map(parent_code, areas) if code} - areas.keys())
        changed = [
            a for a in areas.values() if a.derive(areas.get(a.up or "") or above.get(a.up or ""), terms, aliases)
        ]
        Area.objects.write(changed, NAMING_FIELDS)
        return len(changed)

    def write(self, areas: Iterable[Area], fields: Iterable[str]) -> None:
        """Insert these areas, or update `fields` of those that exist: one statement a thousand rows, not one a row."""
        rows: list[Any] = list(areas)
        self.bulk_create(
            rows, batch_size=1000, update_conflicts=True, unique_fields=["code"], update_fields=list(fields)
        )


class Area(models.Model):
    """A province, regency or city, district or village. The Kemendagri code is the key: names repeat."""

    code = models.CharField(
        "kode wilayah",
        max_length=13,
        primary_key=True,
        validators=[RegexValidator(CODE_PATTERN, "Kode wilayah ditulis seperti 13.07.11.2004.")],
    )
    name = models.CharField("nama", max_length=80)
    level = models.CharField("tingkat", max_length=10, choices=Level.choices, editable=False)
    kind = models.CharField("jenis", max_length=10, choices=Kind.choices, editable=False)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="induk"
    )
    # Kept beside the name so that a list shows "Nagari" and the place in full without walking up the tree.
    term = models.CharField("sebutan", max_length=30, editable=False)
    head_title = models.CharField("sebutan kepala", max_length=40, editable=False)
    full_name = models.CharField("nama lengkap", max_length=240, editable=False)
    # What search reads: the name as spelled, as it sounds, and all names above it.
    plain = models.CharField(max_length=80, editable=False)
    sound = models.CharField(max_length=80, editable=False)
    above = models.CharField(max_length=400, editable=False, blank=True)
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
        indexes = [  # pattern_ops: a prefix search uses the index under any collation of PostgreSQL
            models.Index(
                fields=["level", "plain"], name="area_plain", opclasses=["varchar_ops", "varchar_pattern_ops"]
            ),
            models.Index(
                fields=["level", "sound"], name="area_sound", opclasses=["varchar_ops", "varchar_pattern_ops"]
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(successor=models.F("code")),
                name="area_not_its_own_successor",
                violation_error_message="Wilayah tidak dapat menggantikan dirinya sendiri.",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(retired_on__isnull=False),
                name="area_replaced_is_retired",
                violation_error_message="Isi tanggal berakhirnya wilayah yang digantikan.",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.sound:
            self.parent_id = self.up
            aliases = AreaAlias.objects.filter(area__in=code_prefixes(self.code)).by_area()
            self.derive(self.parent, LocalTerm.objects.terms(), aliases)
        super().save(*args, **kwargs)

    @property
    def up(self) -> str | None:
        """The code of the area above; none above a province."""
        return parent_code(self.code)

    @property
    def label(self) -> str:
        """The name with its word: "Nagari Talang Maur", "Kabupaten Agam", "Bali"; never "Kampung Kampung Baru"."""
        has_word = self.level in (Level.PROVINCE, Level.REGENCY) or self.name.startswith(f"{self.term} ")
        return self.name if has_word else f"{self.term} {self.name}"

    def derive(self, parent: Area | None, terms: Terms, aliases: dict[str, list[str]]) -> bool:
        """Set the naming fields from code and name; says whether any of them changed."""
        before = [getattr(self, field) for field in NAMING_COLUMNS]
        self.level, self.kind = level_of(self.code), kind_of(self.code)
        self.parent_id = parent.code if parent else None
        self.term, self.head_title = terms.name(self.code, self.kind)
        bare = self._bare_name()
        self.plain, self.sound = plain_key(bare), sound_key(bare)
        self.full_name, self.above = self.label, ""
        if parent:
            self.full_name = f"{self.label}, {parent.full_name}"
            names = (parent.label, *aliases.get(parent.code, ()))
            self.above = f"{words_above(names)}{parent.above}"
        return [getattr(self, field) for field in NAMING_COLUMNS] != before

    def _bare_name(self) -> str:
        """Regencies are listed with their word ("Kabupaten Agam"); people search for "agam"."""
        bare = self.name.removeprefix(f"{self.term} ") if self.level == Level.REGENCY else self.name
        return bare if fold(bare) else self.name

    @property
    def current(self) -> Area:
        """The area that holds today: itself, or what replaced it."""
        area, seen = self, {self.code}
        while area.successor and area.successor.code not in seen:
            area = area.successor
            seen.add(area.code)
        return area

    def ancestors(self) -> AreaQuerySet:
        """The areas above, province first."""
        return Area.objects.filter(code__in=code_prefixes(self.code)[:-1]).order_by("code")

    def parts(self) -> AreaQuerySet:
        """The areas directly below that exist today, by name."""
        return Area.objects.in_use().filter(parent=self.code).order_by("name", "code")

    @property
    def tzinfo(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def zone_label(self) -> str:
        """WIB, WITA or WIT."""
        return TimeZone(self.time_zone).label

    def local(self, moment: datetime) -> datetime:
        """`moment` as a clock in this area shows it."""
        return moment.astimezone(self.tzinfo)
