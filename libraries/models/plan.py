"""What a library sets out to do in a year: its design, four goals, activities that point at a goal.

Seed 002: "rencana: Mendesain perpustakaan dan koleksinya untuk dimanfaatkan masyarakat seoptimal mungkin".
"""

from __future__ import annotations

import hashlib
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from libraries.funding import Funding, funding_of
from libraries.models.library import Library
from libraries.strategy import GoalKind
from libraries.workflow import PlanStatus, can_move_plan

FIRST_YEAR, LAST_YEAR = 2010, 2100
MOST_ITEMS = 60
EMPTY_DESIGN = "Tulis rancangan perpustakaan dan koleksinya sebelum menetapkan rencana."


class StalePlan(Exception):  # noqa: N818  it is a state of affairs that a page explains, not a fault
    """Somebody else changed this part of the plan after the form was made."""


class PlanQuerySet(models.QuerySet["Plan"]):
    def adopted(self) -> Self:
        return self.filter(status=PlanStatus.ADOPTED)

    def visible_to(self, user: Any) -> Self:
        """Adopted ones of a listed library for everybody; drafts for those who keep or oversee the library."""
        public = Q(status=PlanStatus.ADOPTED, library__is_listed=True)
        if not isinstance(user, User) or not user.is_authenticated:
            return self.filter(public)
        kept, overseen = Library.objects.run_by(user), Library.objects.overseen_by(user)
        return self.filter(public | Q(library__in=kept.values("pk")) | Q(library__in=overseen.values("pk")))

    def with_parts(self) -> Self:
        """With everything a page of a plan shows (five queries in all)."""
        return self.select_related(
            "library__area", "library__institution", "library__customary_village"
        ).prefetch_related("goals__sdgs", "goals__planned__agenda")

    def start(self, library: Library, year: int, *, by: User) -> Plan:
        """The library's plan of this year, as a draft with its four goals where there is none. Harmless twice.

        Design, wording and tags of the goals come from the plan before; its activities do not.
        """
        from libraries.models.goal import Goal

        with transaction.atomic():
            library.lock()
            if found := self.filter(library=library, year=year).first():
                return found
            last = self.filter(library=library, year__lt=year).order_by("-year").first()
            plan = Plan(library=library, year=year)
            if last:
                plan.design, plan.collection = last.design, last.collection
            plan.full_clean()
            plan.save()
            Goal.objects.begin(plan, last)
            library.record("plan_started", by, year=year)
        return plan


class Plan(models.Model):
    """One year of one library. Its parts are few: figures are added up when they are read."""

    library = models.ForeignKey(Library, models.PROTECT, related_name="plans", editable=False)
    year = models.PositiveSmallIntegerField("tahun")
    design = models.TextField("rancangan perpustakaan", max_length=2000, blank=True)
    collection = models.TextField("rancangan koleksi", max_length=2000, blank=True)
    status = models.CharField(max_length=7, choices=PlanStatus.choices, default=PlanStatus.DRAFT, editable=False)
    adopted_on = models.DateField("ditetapkan pada", null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "rencana tahunan"
        verbose_name_plural = "rencana tahunan"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["library", "year"],
                name="plan_once_a_year",
                violation_error_message="Perpustakaan ini sudah punya rencana untuk tahun itu.",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                name="plan_year_believable",
                violation_error_message="Tulis tahun dengan empat angka, misalnya 2027.",
            ),
            models.CheckConstraint(
                condition=Q(status=PlanStatus.DRAFT, adopted_on__isnull=True)
                | Q(status=PlanStatus.ADOPTED, adopted_on__isnull=False),
                name="plan_adopted_has_day",
            ),
            models.CheckConstraint(
                condition=Q(status=PlanStatus.DRAFT) | ~(Q(design="") | Q(collection="")),
                name="plan_adopted_has_design",
                violation_error_message=EMPTY_DESIGN,
            ),
        ]
        indexes = [models.Index(fields=["year", "status"], name="plan_year_status")]

    def __str__(self) -> str:
        return f"Rencana tahunan {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("libraries:plan_detail", args=[self.library.slug, self.year])

    def clean(self) -> None:
        self.design, self.collection = self.design.strip(), self.collection.strip()

    @property
    def is_editable(self) -> bool:
        return self.status == PlanStatus.DRAFT

    @property
    def goal_rows(self) -> list[Any]:
        """The four goals in the order of the founding text."""
        order = {kind: place for place, kind in enumerate(GoalKind.values)}
        return sorted(self.goals.all(), key=lambda goal: order[goal.kind])

    @property
    def activities(self) -> list[Any]:
        return [row for goal in self.goal_rows for row in goal.planned.all()]

    @property
    def funding(self) -> Funding:
        return funding_of((row.source, row.budget) for row in self.activities)

    @property
    def stamp(self) -> str:
        """Tells one content of the whole plan from another: what is adopted is what was seen."""
        parts = [(self.pk, self.version)]
        parts += sorted((goal.pk, goal.version) for goal in self.goals.all())
        parts += sorted((row.pk, row.version) for goal in self.goals.all() for row in goal.planned.all())
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]

    # --- The frame of every action -----------------------------------------------------------------------------------
    def lock(self) -> None:
        """Read the row again under its library's lock."""
        self.library.lock()
        fields = [field.name for field in self._meta.concrete_fields if field.name != "library"]
        self.refresh_from_db(fields=fields)
        self._prefetched_objects_cache: dict[str, Any] = {}

    def lock_draft(self) -> None:
        """What is adopted stays as it is."""
        self.lock()
        if not self.is_editable:
            raise ValidationError("Rencana ini sudah ditetapkan. Isinya tidak dapat diubah lagi.")

    def record(self, action: str, by: User, text: str = "", **data: Any) -> None:
        self.library.record(action, by, text, year=self.year, **data)

    # --- What is done to it ------------------------------------------------------------------------------------------
    def change(self, *, by: User, version: int, design: str, collection: str) -> None:
        """Write the design of the library and of its collection. StalePlan when somebody else was faster."""
        with transaction.atomic():
            self.lock_draft()
            if self.version != version:
                raise StalePlan
            self.design, self.collection = design, collection
            self.version += 1
            self.full_clean()
            self.save()
            self.record("plan_changed", by, part="design")

    def adopt(self, *, by: User, stamp: str) -> None:
        """The library decided on it: from now on it is public, and stays as it is."""
        with transaction.atomic():
            self.lock()
            if not can_move_plan(self.status, PlanStatus.ADOPTED):
                return  # the button pressed twice
            if stamp != self.stamp:
                raise StalePlan
            if not self.activities:
                raise ValidationError("Tulis sedikitnya satu kegiatan sebelum menetapkan rencana.")
            self._move(PlanStatus.ADOPTED, timezone.localdate())
            self.record("plan_adopted", by)

    def reopen(self, *, by: User, text: str) -> None:
        """The agency lets the library correct an adopted plan, and says why; until it is adopted anew it is a draft."""
        if not text.strip():
            raise ValidationError({"text": "Tulis alasan membuka kembali rencana ini."})
        with transaction.atomic():
            self.lock()
            if not can_move_plan(self.status, PlanStatus.DRAFT):
                return
            self._move(PlanStatus.DRAFT, None)
            self.record("plan_reopened", by, text.strip())

    def _move(self, to: PlanStatus, adopted_on: Any) -> None:
        self.status, self.adopted_on = to, adopted_on
        self.version += 1
        self.full_clean()
        self.save()
