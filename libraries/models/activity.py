"""What a library does together with its people: trainings, better facilities, culture."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from libraries import notifications
from libraries.models.goal import Goal
from libraries.models.library import Library
from libraries.models.planned import PlannedActivity
from libraries.strategy import SpaceKind
from partnerships.models.record import new_public_id
from regions.models import Located, LocatedQuerySet

if TYPE_CHECKING:
    from libraries.models.session import ActivitySession

MOST_SESSIONS = 60
ORDER = ("-created_at", "-id")


class ActivityKind(models.TextChoices):
    """The two kinds of the founding text, culture ("pusat sosial budaya"), and the rest."""

    TRAINING = "training", "Pelatihan keterampilan"
    FACILITY = "facility_upgrade", "Peningkatan sarana prasarana"
    CULTURE = "culture", "Budaya"
    OTHER = "other", "Lainnya"


class Audience(models.TextChoices):
    """Whom an activity means to reach first. Everybody may come all the same."""

    WOMEN = "women", "Perempuan"
    DISABILITY = "disability", "Penyandang disabilitas"
    ELDERS = "elders", "Lansia"
    YOUTH = "youth", "Pemuda"
    CHILDREN = "children", "Anak"
    SMALL_BUSINESS = "small_business", "UMKM"
    FARMERS = "farmers", "Petani dan nelayan"
    JOB_SEEKERS = "job_seekers", "Pencari kerja"


class Value(models.TextChoices):
    """The five values of inclusion that the founding text names (domain.md section 8, item 19)."""

    DIVERSITY = "cultural_diversity", "Keragaman budaya"
    OPENNESS = "openness_to_change", "Kemauan menerima perubahan"
    BUSINESS = "business_opportunity", "Kesempatan berusaha"
    CULTURE = "culture_protection", "Pelindungan budaya"
    RIGHTS = "human_rights", "Hak asasi manusia"


TAGS: dict[str, str] = {**dict(Audience.choices), **dict(Value.choices)}


class StaleActivity(Exception):  # noqa: N818  it is a state of affairs that a page explains, not a fault
    """Somebody else changed the activity after the form was made."""


class ActivityQuerySet(LocatedQuerySet):
    def of(self, library: Library) -> Self:
        return self.filter(library=library)

    def visible_to(self, user: Any) -> Self:
        """An activity is seen by whoever sees its library."""
        return self.filter(library__in=Library.objects.visible_to(user).values("pk"))


class Activity(Located):
    """Planned by a library, in one of its spaces or in none. When it is held: its sessions."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    submission_id = models.UUIDField(unique=True, null=True, editable=False)  # one form makes one activity
    library = models.ForeignKey(Library, models.PROTECT, related_name="agenda", editable=False)
    kind = models.CharField("jenis", max_length=16, choices=ActivityKind.choices)
    space = models.CharField("ruang", max_length=19, choices=SpaceKind.choices, blank=True)
    goal = models.ForeignKey(
        Goal, models.PROTECT, null=True, blank=True, related_name="activities", verbose_name="tujuan dalam rencana"
    )
    planned = models.ForeignKey(
        PlannedActivity,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="agenda",
        verbose_name="kegiatan dalam rencana",
    )
    title = models.CharField("nama kegiatan", max_length=120)
    description = models.TextField("uraian", max_length=3000)
    takes_registrations = models.BooleanField("pakai pendaftaran", default=True)
    is_cancelled = models.BooleanField("dibatalkan", default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "kegiatan"
        verbose_name_plural = "kegiatan"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ActivityKind.values), name="activity_kind_known"),
            models.CheckConstraint(condition=Q(space__in=["", *SpaceKind.values]), name="activity_space_known"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(description=""),
                name="activity_says_what",
                violation_error_message="Tulis nama dan uraian kegiatan.",
            ),
        ]
        indexes = [models.Index(fields=["library", "-created_at", "-id"], name="activity_of_library")]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        self.title = " ".join(self.title.split())  # a line break would end a mail's subject
        if self.planned:
            self.goal = self.planned.goal

    def get_absolute_url(self) -> str:
        return reverse("libraries:activity_detail", args=[self.library.slug, self.public_id])

    @property
    def tag_labels(self) -> tuple[list[str], list[str]]:
        """Whom it is for, and which values it serves, in the order of the lists above (one query)."""
        own = {row.tag for row in self.tags.all()}
        audience, values = ([str(each.label) for each in kind if each in own] for kind in (Audience, Value))
        return audience, values

    # --- Actions: each under the library's lock ----------------------------------------------------------------------
    @classmethod
    def plan(
        cls,
        library: Library,
        *,
        by: User,
        session: dict[str, Any],
        tags: Iterable[str],
        submission_id: UUID,
        **words: Any,
    ) -> Activity:
        """A new activity with its first session; the same form sent twice gives the same one."""
        from libraries.models.session import ActivitySession

        with transaction.atomic():
            library.lock()
            if before := cls.objects.of(library).filter(submission_id=submission_id).first():
                return before
            row = cls(library=library, area_id=library.area_id, submission_id=submission_id, **words)
            row.copy_codes()
            row.full_clean()
            row.save()
            row._tag(tags)
            library.record("activity_planned", by, activity=row.pk)
            row.keep_session(ActivitySession(activity=row, area_id=library.area_id, **session), by=by)
        return row

    def change(self, *, by: User, version: int, tags: Iterable[str], **words: Any) -> None:
        """Other words. StaleActivity when somebody else was faster."""
        with transaction.atomic():
            self.lock(version)
            for name, value in words.items():
                setattr(self, name, value)
            self._store()
            self._tag(tags)
            for session in self.sessions.to_come():
                session.check_space()
            self.library.record("activity_changed", by, activity=self.pk)

    def cancel(self, *, by: User, reason: str) -> None:
        """It will not be held: whoever registered is told. What is over stays as it was."""
        if not reason.strip():
            raise ValidationError({"reason": "Tulis alasannya."})
        with transaction.atomic():
            self.lock()
            if self.is_cancelled:
                return
            coming = list(self.sessions.to_come().filter(is_cancelled=False))
            self.is_cancelled = True
            self._store()
            self.library.record("activity_cancelled", by, text=reason, activity=self.pk)
            for session in coming:
                notifications.session_cancelled(session, reason)

    def keep_session(self, session: ActivitySession, *, by: User, version: int = 0) -> None:
        """Store one session, new or changed: another time or place is told to whoever registered."""
        with transaction.atomic():
            self.lock()
            session.activity = self
            if session.pk is None and self.sessions.count() >= MOST_SESSIONS:
                raise ValidationError(f"Paling banyak {MOST_SESSIONS} sesi.")
            action = session.store(version)
            if action:
                self.library.record(action, by, activity=self.pk, session=session.pk)

    def lock(self, version: int | None = None) -> None:
        """The library's lock covers its whole agenda."""
        library = self.library
        library.lock()
        self.refresh_from_db()
        self.library = library
        if version is not None and version != self.version:
            raise StaleActivity

    def _store(self) -> None:
        self.version += 1
        self.full_clean()
        self.save()

    def _tag(self, tags: Iterable[str]) -> None:
        wanted = [tag for tag in TAGS if tag in set(tags)]
        self.tags.exclude(tag__in=wanted).delete()
        known = set(self.tags.values_list("tag", flat=True))
        ActivityTag.objects.bulk_create([ActivityTag(activity=self, tag=tag) for tag in wanted if tag not in known])


class ActivityTag(models.Model):
    """Whom an activity is for, or which value of inclusion it serves."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="tags")
    tag = models.CharField(max_length=20, choices=list(TAGS.items()))

    class Meta:
        verbose_name = "tanda inklusi"
        verbose_name_plural = "tanda inklusi"
        constraints = [
            models.UniqueConstraint(fields=["activity", "tag"], name="activity_tag_once"),
            models.CheckConstraint(condition=Q(tag__in=sorted(TAGS)), name="activity_tag_known"),
        ]

    def __str__(self) -> str:
        return TAGS[self.tag]
