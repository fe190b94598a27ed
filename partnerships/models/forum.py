"""The analog basis: people who meet at a place, at a time, again and again."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from accounts.models.people import PHONE

LINK = re.compile(
    r"://|\bwww\.|\b(?:zoom|meet|teams|wa)\.\w+|\b[\w-]+\.(?:com|net|org|id|us|me|gl|link|app|info)\b", re.I
)
NOT_A_PLACE = "Tulis tempat yang dapat didatangi. Tautan rapat daring bukan tempat."


class ForumKind(models.TextChoices):
    FACE_TO_FACE = "face_to_face", "Tatap muka"
    COMMUNITY_FORUM = "community_forum", "Forum komunitas"
    OUTREACH = "outreach", "Penyuluhan langsung"


class Repeats(models.TextChoices):
    NONE = "none", "Satu kali"
    WEEKLY = "weekly", "Setiap minggu"
    MONTHLY = "monthly", "Setiap bulan"


class Forum(models.Model):
    """Where and when the two sides of one analog partnership meet (its detail: it goes when the basis changes)."""

    kind = models.CharField("bentuk pertemuan", max_length=16, choices=ForumKind.choices)
    name = models.CharField("nama forum", max_length=120)
    place = models.CharField("tempat", max_length=160, help_text="Tempat yang dapat didatangi, bukan tautan.")
    first_on = models.DateField("pertemuan pertama")
    begins_at = models.TimeField("pukul")
    repeats = models.CharField("berulang", max_length=8, choices=Repeats.choices, default=Repeats.NONE)
    until = models.DateField("berulang sampai", null=True, blank=True)
    contact_person = models.CharField("narahubung", max_length=80)
    contact_phone = models.CharField("telepon narahubung", max_length=20, blank=True, validators=[PHONE])

    class Meta:
        verbose_name = "forum tatap muka"
        verbose_name_plural = "forum tatap muka"
        constraints = [
            models.CheckConstraint(
                condition=~Q(place="") & ~Q(place__contains="://") & ~Q(place__istartswith="www."),
                name="forum_place_is_no_link",
                violation_error_message=NOT_A_PLACE,
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(contact_person=""),
                name="forum_has_name_and_contact",
                violation_error_message="Isi nama forum dan narahubung.",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("first_on")),
                name="forum_until_after_first",
                violation_error_message="Tanggal akhir tidak boleh sebelum pertemuan pertama.",
            ),
            models.CheckConstraint(condition=Q(repeats__in=Repeats.values), name="forum_repeats_known"),
            models.CheckConstraint(condition=Q(kind__in=ForumKind.values), name="forum_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        for name in ("name", "place", "contact_person"):
            setattr(self, name, " ".join(getattr(self, name).split()))
        if LINK.search(self.place):
            raise ValidationError({"place": NOT_A_PLACE})

    def next_dates(self, now: datetime, most: int = 5) -> list[date]:
        """The days still to come, as seen at `now` in the place's own time."""
        today, clock = now.date(), now.time()
        start = start_index(self.first_on, self.repeats, today)
        days = (nth_date(self.first_on, self.repeats, index) for index in range(start, start + most + 2))
        coming = (
            day
            for day in days
            if day is not None and (day, self.begins_at) > (today, clock) and not (self.until and day > self.until)
        )
        return list(islice(coming, most))


def nth_date(first: date, repeats: str, index: int) -> date | None:
    """The day of the meeting number `index`; a month without the day has it on its last one."""
    if repeats == Repeats.NONE:
        return first if index == 0 else None
    if repeats == Repeats.WEEKLY:
        days = index * 7
        return first + timedelta(days=days) if (date.max - first).days >= days else None
    year, month = divmod(first.month - 1 + index, 12)
    if first.year + year > date.max.year:
        return None
    last = calendar.monthrange(first.year + year, month + 1)[1]
    return date(first.year + year, month + 1, min(first.day, last))


def start_index(first: date, repeats: str, today: date) -> int:
    """The number of a meeting at or just before `today`, so that an old schedule is not walked through."""
    if repeats == Repeats.NONE or today <= first:
        return 0
    if repeats == Repeats.WEEKLY:
        return (today - first).days // 7
    return (today.year - first.year) * 12 + today.month - first.month - (today.day < first.day)
