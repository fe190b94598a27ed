"""Gatherings: when and how people meet, who came, and the sheet they sign. Higher apps bring the tables.

A session is one row of `Gathering`; who came is one row of `Attendee`, a line of text such as people write on a sheet.
Statistics count lines and never name one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone

from accounts.models import Institution
from regions.calendar import zone_of
from regions.models import TimeZone
from regions.templatetags.regions import in_words

SMALLEST_CELL = 5  # a figure below it could tell who somebody is (domain.md 7b)
BLANK_ROWS = 20
LONGEST_LINE = 200
LONGEST_KEY = 300
# Short forms that people write for one and the same office.
SHORT_FORMS = {
    "prov": "provinsi",
    "propinsi": "provinsi",
    "kab": "kabupaten",
    "kec": "kecamatan",
    "kel": "kelurahan",
    "univ": "universitas",
    "rs": "rumah sakit",
}


def line_key(text: str) -> str:
    """What makes two lines the same: no capitals, accents, marks, doubled spaces or short forms."""
    letters = unicodedata.normalize("NFKD", text.replace("&", " dan ")).casefold()
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = re.sub(r"[\W_]+", " ", plain).split()
    return " ".join(SHORT_FORMS.get(word, word) for word in words)[:LONGEST_KEY]


# --- When and how ----------------------------------------------------------------------------------------------------
class GatheringMode(models.TextChoices):
    ONSITE = "onsite", "Tatap muka"
    VIRTUAL = "virtual", "Daring"
    HYBRID = "hybrid", "Gabungan"


class GatheringQuerySet(models.QuerySet[Any]):
    def to_come(self) -> Self:
        """Not over yet, soonest first."""
        return self.filter(ends_at__gt=timezone.now()).order_by("starts_at", "pk")

    def over(self) -> Self:
        return self.filter(ends_at__lte=timezone.now())


class Gathering(models.Model):
    """One session. A concrete table has `area_id`, its own column or its parent's: hours are by that area's clock."""

    if TYPE_CHECKING:
        area_id: str

    mode = models.CharField("cara bertemu", max_length=7, choices=GatheringMode.choices, default=GatheringMode.ONSITE)
    place = models.CharField("tempat", max_length=200, blank=True)
    link = models.URLField("tautan rapat daring", max_length=300, blank=True)
    platform = models.CharField("aplikasi rapat daring", max_length=60, blank=True)
    starts_at = models.DateTimeField("mulai")
    ends_at = models.DateTimeField("selesai")
    seats = models.PositiveIntegerField("jumlah kursi", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(mode__in=GatheringMode.values), name="%(app_label)s_%(class)s_mode_known"
            ),
            models.CheckConstraint(
                condition=Q(mode=GatheringMode.VIRTUAL) | ~Q(place=""),
                name="%(app_label)s_%(class)s_has_place",
                violation_error_message="Tulis tempat bertemu.",
            ),
            models.CheckConstraint(
                condition=Q(mode=GatheringMode.ONSITE) | ~Q(link="") | ~Q(platform=""),
                name="%(app_label)s_%(class)s_has_link",
                violation_error_message="Tulis tautan https atau nama aplikasi rapat daring.",
            ),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="https://"),
                name="%(app_label)s_%(class)s_link_is_https",
                violation_error_message="Tautan harus dimulai dengan https://.",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="%(app_label)s_%(class)s_ends_later",
                violation_error_message="Waktu selesai harus sesudah waktu mulai.",
            ),
            models.CheckConstraint(
                condition=Q(seats__isnull=True) | Q(seats__gte=1),
                name="%(app_label)s_%(class)s_has_seats",
                violation_error_message="Jumlah kursi sedikitnya satu.",
            ),
        ]

    def clean(self) -> None:
        """A link is not a place (the analog basis stands on that)."""
        self.place = " ".join(self.place.split())
        self.platform = " ".join(self.platform.split())
        if "://" in self.place or self.place.lower().startswith("www."):
            raise ValidationError({"place": "Tautan bukan tempat. Tulis tautannya di bagian daring."})

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def when(self) -> str:
        """ "9 Maret 2021 pukul 09.00–11.00 WITA", by the clock of the area."""
        zone = zone_of(self.area_id)
        start, end = self.starts_at.astimezone(zone), self.ends_at.astimezone(zone)
        last = f"{end:%H.%M}" if start.date() == end.date() else f"{in_words(end.date())} pukul {end:%H.%M}"
        joint = "–" if start.date() == end.date() else " sampai "
        return f"{in_words(start.date())} pukul {start:%H.%M}{joint}{last} {TimeZone(zone.key).label}"

    @property
    def where(self) -> str:
        """The place, the application, or both; the link is a page's affair."""
        parts = [self.place if self.mode != GatheringMode.VIRTUAL else ""]
        parts += [f"daring{f' lewat {self.platform}' if self.platform else ''}"] * (self.mode != GatheringMode.ONSITE)
        return ", juga ".join(filter(None, parts))


# --- Who came --------------------------------------------------------------------------------------------------------
class Sex(models.TextChoices):
    FEMALE = "female", "Perempuan"
    MALE = "male", "Laki-laki"


class AgeBand(models.TextChoices):
    """Children, youth (UU 40/2009: until 30), adults, elders (UU 13/1998: from 60)."""

    CHILD = "child", "Di bawah 18 tahun"
    YOUTH = "youth", "18–30 tahun"
    ADULT = "adult", "31–59 tahun"
    ELDER = "elder", "60 tahun ke atas"


@dataclass(frozen=True)
class Headcount:
    """How many came, in figures only."""

    total: int
    institutions: int
    breakdowns: dict[str, dict[str, int]]  # title -> label -> number

    @property
    def for_public(self) -> dict[str, dict[str, int]]:
        """The breakdowns without any that has a small figure: with the total it would give the person away."""
        return {title: cells for title, cells in self.breakdowns.items() if min(cells.values()) >= SMALLEST_CELL}

    @property
    def known(self) -> dict[str, dict[str, int]]:
        """For those who hold the sheet anyway: the breakdowns about which anything was said."""
        return {title: cells for title, cells in self.breakdowns.items() if sum(cells.values())}


class AttendeeQuerySet(models.QuerySet[Any]):
    def headcount(self) -> Headcount:
        """Count these lines (one query)."""
        asked: dict[str, dict[str, Q]] = {
            "Jenis kelamin": {str(each.label): Q(sex=each.value) for each in Sex},
            "Umur": {str(each.label): Q(age_band=each.value) for each in AgeBand},
            "Disabilitas": {"Penyandang disabilitas": Q(has_disability=True), "Bukan": Q(has_disability=False)},
        }
        cells = [(title, label, condition) for title, each in asked.items() for label, condition in each.items()]
        counts = {f"cell{place}": Count("pk", filter=cell[2]) for place, cell in enumerate(cells)}
        found = self.aggregate(all=Count("pk"), institutions=Count("institution", distinct=True), **counts)
        breakdowns: dict[str, dict[str, int]] = {title: {} for title in asked}
        for place, (title, label, _) in enumerate(cells):
            breakdowns[title][label] = found[f"cell{place}"]
        return Headcount(found["all"], found["institutions"], breakdowns)


class Attendee(models.Model):
    """One line of an attendance list. A concrete table has the foreign key `gathering` to what was attended."""

    if TYPE_CHECKING:
        gathering: models.ForeignKey[Any, Any]
        gathering_id: Any

    line = models.CharField("lembaga atau kelompok", max_length=LONGEST_LINE)
    key = models.CharField(max_length=LONGEST_KEY, blank=True, editable=False)  # what `line` is compared by
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lembaga terdaftar"
    )
    # For counting only, and only of people who said so themselves.
    sex = models.CharField("jenis kelamin", max_length=6, choices=Sex.choices, blank=True)
    age_band = models.CharField("umur", max_length=5, choices=AgeBand.choices, blank=True)
    has_disability = models.BooleanField("penyandang disabilitas", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "key"],
                name="%(app_label)s_%(class)s_once",
                violation_error_message="Peserta ini sudah tercatat. Bila memang lain, beri keterangan pembeda.",
            ),
            models.CheckConstraint(
                condition=~Q(key=""),
                name="%(app_label)s_%(class)s_named",
                violation_error_message="Tulis nama lembaga atau kelompok.",
            ),
        ]

    def __str__(self) -> str:
        return self.line

    def clean(self) -> None:
        self.line = " ".join(self.line.split())
        self.key = line_key(self.line)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = line_key(self.line)
        super().save(*args, **kwargs)

    @property
    def is_person(self) -> bool:
        """Whether the line is about one person: then it is counted in public and shown to nobody there."""
        return bool(self.sex or self.age_band or self.has_disability is not None)


# --- The sheet -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Sheet:
    """An attendance sheet to print and sign: `templates/groups/_attendance_sheet.html`.

    `is_of_people`: the lines are names of persons, who may tick what they want to be counted as.
    """

    title: str
    host: str
    sessions: Sequence[Gathering]
    lines: Sequence[str] = ()
    blank_rows: int = BLANK_ROWS
    is_of_people: bool = False

    @property
    def rows(self) -> Iterable[str]:
        """The lines known already, then empty ones to write in."""
        return [*self.lines, *[""] * self.blank_rows]
