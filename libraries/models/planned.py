"""An activity as a library plans it: for which goal, in which space, from whose money; later, what became of it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower

from accounts.models import User
from groups.models import FundSource
from groups.models.programme import MOST_BUDGET, TOO_MUCH
from libraries.models.goal import Goal
from libraries.models.plan import MOST_ITEMS, StalePlan
from libraries.strategy import SpaceKind
from libraries.workflow import ENDED, ItemState

WRONG_MONTH = "Pilih bulan Januari sampai Desember."


class PlannedActivity(models.Model):
    """One thing the library will do in the year. It always points at a goal."""

    ANSWERS = ("goal", "title", "space", "target", "month", "budget", "source")

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="planned", verbose_name="tujuan")
    title = models.CharField("kegiatan", max_length=160)
    space = models.CharField("ruang", max_length=19, choices=SpaceKind.choices, blank=True)
    target = models.CharField("sasaran", max_length=160)
    month = models.PositiveSmallIntegerField(
        "bulan",
        null=True,
        blank=True,
        validators=[MinValueValidator(1, WRONG_MONTH), MaxValueValidator(12, WRONG_MONTH)],
    )
    budget = models.PositiveBigIntegerField(
        "anggaran dalam rupiah", validators=[MaxValueValidator(MOST_BUDGET, TOO_MUCH)]
    )
    source = models.CharField("sumber dana", max_length=8, choices=FundSource.choices, default=FundSource.OWN)
    state = models.CharField("kemajuan", max_length=7, choices=ItemState.choices, default=ItemState.PLANNED)
    result = models.TextField("hasil", max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "kegiatan rencana"
        verbose_name_plural = "kegiatan rencana"
        ordering = [models.F("month").asc(nulls_last=True), "id"]
        constraints = [
            models.UniqueConstraint(
                "goal",
                Lower("title"),
                name="planned_once_a_goal",
                violation_error_message="Kegiatan dengan nama ini sudah ada pada tujuan yang sama.",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="planned_has_title"),
            models.CheckConstraint(
                condition=Q(month__isnull=True) | Q(month__gte=1, month__lte=12),
                name="planned_month",
                violation_error_message=WRONG_MONTH,
            ),
            models.CheckConstraint(
                condition=Q(budget__lte=MOST_BUDGET),
                name="planned_budget_believable",
                violation_error_message=TOO_MUCH,
            ),
            models.CheckConstraint(condition=Q(source__in=FundSource.values), name="planned_source_known"),
            models.CheckConstraint(condition=Q(space__in=["", *SpaceKind.values]), name="planned_space_known"),
            models.CheckConstraint(condition=Q(state__in=ItemState.values), name="planned_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(ENDED)) | ~Q(result=""),
                name="planned_ended_says_how",
                violation_error_message="Tulis hasilnya, atau alasan dibatalkan.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        self.title, self.target = " ".join(self.title.split()), " ".join(self.target.split())
        self.result = self.result.strip()

    @property
    def answers(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.ANSWERS}

    # --- What is done to it ------------------------------------------------------------------------------------------
    def add(self, *, by: User) -> None:
        """Put it into the plan; the very same one again is harmless (the button pressed twice)."""
        plan = self.goal.plan
        with transaction.atomic():
            plan.lock_draft()
            self.clean()
            others = PlannedActivity.objects.filter(goal__plan=plan)
            twin = others.filter(goal=self.goal, title__iexact=self.title).first()
            if twin and twin.answers == self.answers:
                self.pk = twin.pk
                return
            if others.count() >= MOST_ITEMS:
                raise ValidationError(f"Paling banyak {MOST_ITEMS} kegiatan dalam satu rencana.")
            self.full_clean()
            self.save()
            plan.record("plan_changed", by, part="activity")

    def change(self, *, by: User, version: int, **values: Any) -> None:
        """Write it anew, also under another goal of the same plan."""
        plan = self.goal.plan
        with transaction.atomic():
            plan.lock_draft()
            self._take(version)
            if values["goal"].plan_id != plan.pk:
                raise ValidationError({"goal": "Pilih tujuan dari rencana ini."})
            for name, value in values.items():
                setattr(self, name, value)
            self._store()
            plan.record("plan_changed", by, part="activity")

    def remove(self, *, by: User) -> None:
        """Take it out of a draft; harmless twice."""
        plan = self.goal.plan
        with transaction.atomic():
            plan.lock_draft()
            if PlannedActivity.objects.filter(pk=self.pk).delete()[0]:
                plan.record("plan_changed", by, part="activity")

    def report(self, *, by: User, version: int, state: str, result: str) -> None:
        """Record how far an adopted plan's activity is, and what came of it."""
        plan = self.goal.plan
        with transaction.atomic():
            plan.lock()
            if plan.is_editable:
                raise ValidationError("Tetapkan rencananya dulu, lalu catat kemajuannya.")
            self._take(version)
            before, self.state, self.result = self.state, state, result
            self._store()
            plan.record("plan_progress", by, activity=self.pk, before=before, after=state)

    def _take(self, version: int) -> None:
        stored = PlannedActivity.objects.filter(pk=self.pk).first()
        if stored is None or stored.version != version:
            raise StalePlan
        for field in self._meta.concrete_fields:
            if field.name != "goal":
                setattr(self, field.name, getattr(stored, field.name))

    def _store(self) -> None:
        self.version += 1
        self.full_clean()
        self.save()
        self.agenda.exclude(goal=self.goal).update(goal=self.goal)
