"""The figures of a signed paper sheet: how many came, and of whom anything was said. No name stands here."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from groups.gatherings import AgeBand, Headcount, Sex

MOST_PEOPLE = 100_000
CELLS = ("female", "male", "child", "youth", "adult", "elder", "disabled", "able")
PARTS = (("female", "male"), ("child", "youth", "adult", "elder"), ("disabled", "able"))


def adds_up(name: str) -> models.CheckConstraint:
    """No breakdown is larger than the total."""
    return models.CheckConstraint(
        condition=Q(total__gte=F("female") + F("male"))
        & Q(total__gte=F("child") + F("youth") + F("adult") + F("elder"))
        & Q(total__gte=F("disabled") + F("able")),
        name=name,
        violation_error_message="Rinciannya lebih banyak daripada jumlah yang hadir.",
    )


def is_believable(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(total__lte=MOST_PEOPLE),
        name=name,
        violation_error_message="Jumlah yang hadir terlalu besar untuk satu sesi.",
    )


class SheetCount(models.Model):
    """A concrete table says whose sheet it is, and names its two constraints."""

    total = models.PositiveIntegerField("jumlah yang hadir")
    female = models.PositiveIntegerField(Sex.FEMALE.label, default=0)
    male = models.PositiveIntegerField(Sex.MALE.label, default=0)
    child = models.PositiveIntegerField(AgeBand.CHILD.label, default=0)
    youth = models.PositiveIntegerField(AgeBand.YOUTH.label, default=0)
    adult = models.PositiveIntegerField(AgeBand.ADULT.label, default=0)
    elder = models.PositiveIntegerField(AgeBand.ELDER.label, default=0)
    disabled = models.PositiveIntegerField("Penyandang disabilitas", default=0)
    able = models.PositiveIntegerField("Bukan penyandang disabilitas", default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.total} orang"

    @property
    def headcount(self) -> Headcount:
        cells = {
            "Jenis kelamin": {Sex.FEMALE.label: self.female, Sex.MALE.label: self.male},
            "Umur": {each.label: getattr(self, each.value) for each in AgeBand},
            "Disabilitas": {"Penyandang disabilitas": self.disabled, "Bukan": self.able},
        }
        return Headcount(
            self.total, 0, {title: {str(key): n for key, n in row.items()} for title, row in cells.items()}
        )
