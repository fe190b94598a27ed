"""One of the four goals, in a library's own words for a year, with the world's goals it serves (SDG)."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.db.models import Q

from accounts.models import User
from libraries.models.plan import Plan, StalePlan
from libraries.strategy import GOAL_WORDS, SDGS, GoalKind

AIM_LENGTH = 500


class GoalQuerySet(models.QuerySet["Goal"]):
    def begin(self, plan: Plan, last: Plan | None) -> None:
        """The four goals of a new plan, worded and tagged as in the plan before."""
        before = {goal.kind: goal for goal in last.goals.prefetch_related("sdgs")} if last else {}
        goals = [Goal(plan=plan, kind=kind, aim=before[kind].aim if kind in before else "") for kind in GoalKind.values]
        Goal._base_manager.bulk_create(goals)
        tags = [
            GoalSdg(goal=goal, number=number)
            for goal in goals
            if goal.kind in before
            for number in before[goal.kind].numbers
        ]
        GoalSdg._base_manager.bulk_create(tags)


class Goal(models.Model):
    """What a library wants to reach of one goal in a year. Its official words stand in `GOAL_WORDS`."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="goals", editable=False)
    kind = models.CharField("tujuan", max_length=22, choices=GoalKind.choices, editable=False)
    aim = models.TextField("sasaran tahun ini", max_length=AIM_LENGTH, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = "tujuan"
        verbose_name_plural = "tujuan"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "kind"], name="goal_once_a_plan"),
            models.CheckConstraint(condition=Q(kind__in=GoalKind.values), name="goal_kind_known"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def words(self) -> str:
        return GOAL_WORDS[self.kind]

    @property
    def numbers(self) -> list[int]:
        return sorted(tag.number for tag in self.sdgs.all())

    def change(self, *, by: User, version: int, aim: str, numbers: list[int]) -> None:
        """Write the aim and the SDG tags. StalePlan when somebody else was faster."""
        with transaction.atomic():
            self.plan.lock_draft()
            self.refresh_from_db(fields=["aim", "version"])
            if self.version != version:
                raise StalePlan
            self.aim = aim.strip()
            self.version += 1
            tags = [GoalSdg(goal=self, number=number) for number in sorted(set(numbers))]
            for tag in tags:
                tag.full_clean(validate_unique=False, exclude=["goal"])
            self.full_clean()
            self.save()
            self.sdgs.all().delete()
            GoalSdg._base_manager.bulk_create(tags)
            self._prefetched_objects_cache: dict[str, Any] = {}
            self.plan.record("plan_changed", by, part=self.kind)


class GoalSdg(models.Model):
    """A goal serves one of the seventeen Sustainable Development Goals (seed 002: "SDG's")."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="sdgs", editable=False)
    number = models.PositiveSmallIntegerField("nomor")

    class Meta:
        verbose_name = "tujuan pembangunan berkelanjutan"
        verbose_name_plural = "tujuan pembangunan berkelanjutan"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["goal", "number"], name="goal_sdg_once"),
            models.CheckConstraint(
                condition=Q(number__gte=min(SDGS), number__lte=max(SDGS)),
                name="goal_sdg_known",
                violation_error_message="Pilih nomor 1 sampai 17.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {SDGS[self.number]}"
