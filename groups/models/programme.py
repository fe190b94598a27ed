"""The work programme of a KIM: what it plans for a year, from whose money.

Seed 004 ends its workshop with "penyusunan program kerja dimasing-masing KIM".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from groups.models.kim import BOARD_OF_KIM, Kim
from groups.workflow import ProgramStatus, can_move_program

FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_ITEMS = 30
MOST_BUDGET = 10**12
TOO_MUCH = "Anggaran terlalu besar. Periksa jumlah nolnya."


class FundSource(models.TextChoices):
    OWN = "self", "Swadaya"
    VILLAGE = "village", "Dana desa"
    REGIONAL = "regional", "APBD"
    CENTRAL = "central", "APBN"
    PRIVATE = "private", "Swasta"


class StaleProgram(Exception):  # noqa: N818  it is a state of affairs that a page explains, not a fault
    """Somebody else changed the programme after the form was made."""


@dataclass(frozen=True)
class Funding:
    """Rupiah of a whole programme, and how much of it the KIM brings up itself (swadaya)."""

    total: int = 0
    own: int = 0

    @property
    def percent(self) -> int | None:
        """Self-reliance: own / total. None without a budget: nothing is not zero per cent."""
        return round(100 * self.own / self.total) if self.total else None


class WorkProgramQuerySet(models.QuerySet["WorkProgram"]):
    def approved(self) -> Self:
        return self.filter(status=ProgramStatus.APPROVED)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Approved ones of a listed KIM for everybody; drafts for the KIM's admins and the officers of its area."""
        public = Q(status=ProgramStatus.APPROVED, kim__is_listed=True)
        if not isinstance(user, User) or not user.is_authenticated:
            return self.filter(public)
        managed, reviewed = Kim.objects.managed_by(user).values("pk"), Kim.objects.reviewed_by(user).values("pk")
        return self.filter(public | Q(kim__in=managed) | Q(kim__in=reviewed))

    def start(self, kim: Kim, year: int, *, by: User | None, label: str = BOARD_OF_KIM) -> WorkProgram:
        """The KIM's programme for this year, as an empty draft where there is none. Harmless twice.

        A workshop calls it for each attending KIM, which then finds the draft on its desk.
        """
        with transaction.atomic():
            kim.lock()
            found = self.filter(kim=kim, year=year).first()
            if found:
                return found
            row = WorkProgram(kim=kim, year=year)
            row.full_clean()
            row.save()
            kim.record("program_started", by, label, year=year)
        return row


class WorkProgram(models.Model):
    """What one KIM plans for one year. Its items are few: figures are added up when they are read."""

    kim = models.ForeignKey(Kim, models.PROTECT, related_name="programs", editable=False)
    year = models.PositiveSmallIntegerField("tahun")
    status = models.CharField(max_length=8, choices=ProgramStatus.choices, default=ProgramStatus.DRAFT, editable=False)
    approved_on = models.DateField("ditetapkan pada", null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = WorkProgramQuerySet.as_manager()

    class Meta:
        verbose_name = "program kerja"
        verbose_name_plural = "program kerja"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["kim", "year"],
                name="program_once_a_year",
                violation_error_message="KIM ini sudah punya program kerja untuk tahun itu.",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                name="program_year_believable",
                violation_error_message="Tulis tahun dengan empat angka, misalnya 2027.",
            ),
            models.CheckConstraint(
                condition=Q(status=ProgramStatus.DRAFT, approved_on__isnull=True)
                | Q(status=ProgramStatus.APPROVED, approved_on__isnull=False),
                name="program_approved_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"Program kerja {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("groups:programme_detail", args=[self.kim.slug, self.year])

    @property
    def is_editable(self) -> bool:
        return can_move_program(self.status, ProgramStatus.APPROVED)

    @property
    def funding(self) -> Funding:
        rows = list(self.items.all())
        own = sum(row.budget for row in rows if row.source == FundSource.OWN)
        return Funding(sum(row.budget for row in rows), own)

    def lock(self, version: int | None) -> None:
        """Read the row again under its lock; what is approved stays, and a form made from an older version is told."""
        self.refresh_from_db(from_queryset=type(self)._base_manager.select_for_update())
        if not self.is_editable:
            raise ValidationError("Program kerja ini sudah ditetapkan. Isinya tidak dapat diubah lagi.")
        if version is not None and self.version != version:
            raise StaleProgram

    def keep(self, items: Iterable[dict[str, Any]], *, version: int | None = None) -> None:
        """Store these items in this order, in place of those before."""
        rows = [WorkItem(program=self, position=place, **values) for place, values in enumerate(items, start=1)]
        if len(rows) > MOST_ITEMS:
            raise ValidationError(f"Paling banyak {MOST_ITEMS} kegiatan dalam satu program kerja.")
        with transaction.atomic():
            self.lock(version)
            for row in rows:
                row.full_clean(validate_unique=False, validate_constraints=False, exclude=["program"])
            self.items.all().delete()
            WorkItem._base_manager.bulk_create(rows)
            self.version += 1
            self.save()

    def approve(self, *, by: User, version: int | None = None) -> None:
        """The KIM decided on it: from now on it is public, and stays as it is."""
        with transaction.atomic():
            self.kim.lock()  # before the programme, in the order of `start`
            self.lock(version)
            if not self.items.exists():
                raise ValidationError("Tulis sedikitnya satu kegiatan sebelum menetapkan program kerja.")
            self.status, self.approved_on = ProgramStatus.APPROVED, timezone.localdate()
            self.version += 1
            self.full_clean()
            self.save()
            self.kim.record("program_approved", by, BOARD_OF_KIM, year=self.year)

    @property
    def answers(self) -> list[dict[str, Any]]:
        """The items as a form holds them."""
        return [{name: getattr(row, name) for name in WorkItem.ANSWERS} for row in self.items.all()]


class WorkItem(models.Model):
    """One thing the KIM will do in the year."""

    ANSWERS = ("activity", "target", "budget", "source")

    program = models.ForeignKey(WorkProgram, models.CASCADE, related_name="items", editable=False)
    position = models.PositiveSmallIntegerField()
    activity = models.CharField("kegiatan", max_length=200)
    target = models.CharField("sasaran", max_length=200)
    budget = models.PositiveBigIntegerField(
        "anggaran dalam rupiah", validators=[MaxValueValidator(MOST_BUDGET, TOO_MUCH)]
    )
    source = models.CharField("sumber dana", max_length=8, choices=FundSource.choices, default=FundSource.OWN)

    class Meta:
        verbose_name = "kegiatan program kerja"
        verbose_name_plural = "kegiatan program kerja"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["program", "position"], name="program_item_place"),
            models.CheckConstraint(
                condition=Q(budget__lte=MOST_BUDGET),
                name="program_budget_believable",
                violation_error_message=TOO_MUCH,
            ),
            models.CheckConstraint(condition=~Q(activity=""), name="program_item_has_activity"),
            models.CheckConstraint(condition=Q(source__in=FundSource.values), name="program_source_known"),
        ]

    def __str__(self) -> str:
        return self.activity
