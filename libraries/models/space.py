"""The three rooms of a library, and what happens in each at which hour of the week."""

from __future__ import annotations

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q

from accounts.models import User
from libraries.models.library import Library
from libraries.strategy import SpaceKind

MOST_HOURS = 60


class Weekday(models.IntegerChoices):
    """As in ISO 8601."""

    MONDAY = 1, "Senin"
    TUESDAY = 2, "Selasa"
    WEDNESDAY = 3, "Rabu"
    THURSDAY = 4, "Kamis"
    FRIDAY = 5, "Jumat"
    SATURDAY = 6, "Sabtu"
    SUNDAY = 7, "Minggu"


class StaleHour(Exception):  # noqa: N818  it is a state of affairs that a page explains, not a fault
    """Somebody else changed this line of the timetable after the form was made."""


class SpaceHourQuerySet(models.QuerySet["SpaceHour"]):
    def of(self, library: Library) -> Self:
        return self.filter(library=library).order_by("weekday", "starts", "space", "pk")

    def by_space(self) -> list[tuple[SpaceKind, list[SpaceHour]]]:
        """Each of the three spaces with its hours, also one that has none (one query)."""
        rows = list(self)
        return [(space, [row for row in rows if row.space == space]) for space in SpaceKind]


class SpaceHour(models.Model):
    """One line of a timetable: on this weekday from then to then, this happens in this space."""

    library = models.ForeignKey(Library, models.PROTECT, related_name="space_hours", editable=False)
    space = models.CharField("ruang", max_length=19, choices=SpaceKind.choices)
    weekday = models.PositiveSmallIntegerField("hari", choices=Weekday.choices)
    starts = models.TimeField("mulai")
    ends = models.TimeField("selesai")
    what = models.CharField("kegiatan", max_length=120)
    place = models.CharField("tempat", max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SpaceHourQuerySet.as_manager()

    class Meta:
        verbose_name = "jam ruang"
        verbose_name_plural = "jam ruang"
        constraints = [
            models.CheckConstraint(condition=Q(space__in=SpaceKind.values), name="space_hour_space_known"),
            models.CheckConstraint(condition=Q(weekday__gte=1, weekday__lte=7), name="space_hour_weekday"),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")),
                name="space_hour_ends_later",
                violation_error_message="Jam selesai harus sesudah jam mulai.",
            ),
            models.CheckConstraint(
                condition=~Q(what=""), name="space_hour_says_what", violation_error_message="Tulis kegiatannya."
            ),
            models.UniqueConstraint(  # overlaps in general: `_check_free`, under the library's lock
                fields=["library", "space", "weekday", "starts"],
                name="space_hour_once",
                violation_error_message="Ruang ini sudah terisi pada hari dan jam itu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.clock}: {self.what}"

    def clean(self) -> None:
        self.what, self.place = " ".join(self.what.split()), " ".join(self.place.split())

    @property
    def clock(self) -> str:
        """ "09.00–11.00"."""
        return f"{self.starts:%H.%M}–{self.ends:%H.%M}"

    @property
    def facts(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("space", "weekday", "starts", "ends", "what", "place")}

    # --- Actions: under the library's lock, so that two people cannot fill one hour at once --------------------------
    def keep(self, *, by: User, version: int = 0) -> None:
        """Store a new line, or a changed one made from `version`. The same new line twice is stored once."""
        with transaction.atomic():
            self.library.lock()
            self.full_clean(exclude=["library"], validate_constraints=False)
            others = SpaceHour.objects.of(self.library).exclude(pk=self.pk)
            if self.pk is None and (twin := others.filter(**self.facts).first()):
                self.pk = twin.pk
                return
            self._check_version(version)
            if self.pk is None and others.count() >= MOST_HOURS:
                raise ValidationError(f"Paling banyak {MOST_HOURS} baris jadwal.")
            self._check_free(others)
            self.full_clean()
            self.save()
            self.library.record("timetable_changed", by, hour=self.pk)

    def drop(self, *, by: User) -> None:
        with transaction.atomic():
            self.library.lock()
            number = self.pk
            if SpaceHour.objects.filter(pk=number).delete()[0]:
                self.library.record("timetable_changed", by, dropped=number)

    def _check_version(self, version: int) -> None:
        if self.pk is None:
            return
        if not SpaceHour.objects.filter(pk=self.pk, version=version).exists():
            raise StaleHour
        self.version = version + 1

    def _check_free(self, others: SpaceHourQuerySet) -> None:
        """No two things in one space at one time; one may begin when the other ends."""
        same = others.filter(space=self.space, weekday=self.weekday, starts__lt=self.ends, ends__gt=self.starts)
        if taken := same.first():
            sentence = f"{self.get_space_display()} sudah terisi: {taken}. Pilih hari, jam, atau ruang lain."
            raise ValidationError({"starts": sentence})
