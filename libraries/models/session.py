"""When an activity is held: its sessions, with their seats."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from groups.gatherings import Gathering, GatheringQuerySet, Headcount
from libraries import notifications
from libraries.models.activity import Activity
from libraries.models.library import Library
from libraries.workflow import Seat
from regions.models import Located, LocatedQuerySet

if TYPE_CHECKING:
    from libraries.models.registration import Registration

LONGEST = timedelta(days=1)
AGENDA_ORDER = ("starts_at", "id")
TOLD = ("starts_at", "ends_at", "mode", "place", "link", "platform")  # a change that people have to hear of


class StaleSession(Exception):  # noqa: N818  it is a state of affairs that a page explains, not a fault
    """Somebody else changed the session after the form was made."""


class ActivitySessionQuerySet(GatheringQuerySet, LocatedQuerySet):  # type: ignore[override]  # both are query sets
    def of(self, library: Library) -> Self:
        return self.filter(activity__library=library)

    def listed(self) -> Self:
        return self.filter(activity__library__is_listed=True)

    def coming(self) -> Self:
        """Not over yet, in the order of the agenda; the first condition lets an index begin near today."""
        now = timezone.now()
        return self.filter(starts_at__gt=now - LONGEST, ends_at__gt=now).order_by(*AGENDA_ORDER)

    def standing(self) -> Self:
        return self.filter(is_cancelled=False, activity__is_cancelled=False)

    def with_activity(self) -> Self:
        return self.select_related("activity__library__institution", "area")

    def with_taken(self) -> Self:
        """Each with how many seats are taken (`taken`)."""
        from libraries.models.registration import Registration

        rows = Registration.objects.filter(session=OuterRef("pk"), status=Seat.SEATED).order_by().values("session")
        return self.annotate(taken=Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0))


class ActivitySession(Gathering, Located):
    """One session of an activity."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="sessions", editable=False)
    topic = models.CharField("pokok bahasan", max_length=120, blank=True)
    is_cancelled = models.BooleanField("dibatalkan", default=False, editable=False)
    changed_at = models.DateTimeField("jadwal berubah pada", null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ActivitySessionQuerySet.as_manager()

    class Meta(Gathering.Meta):
        verbose_name = "sesi kegiatan"
        verbose_name_plural = "sesi kegiatan"
        ordering = ["starts_at", "pk"]
        constraints = [
            *Gathering.Meta.constraints,
            models.UniqueConstraint(
                fields=["activity", "starts_at"],
                name="activity_session_once",
                violation_error_message="Sesi pada waktu ini sudah ada.",
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at", "id"], name="session_agenda"),
            *(
                models.Index(fields=[f"{level}_code", "starts_at", "id"], name=f"session_{level}")
                for level in ("province", "regency", "district")
            ),
            models.Index(fields=["area", "starts_at", "id"], name="session_village"),
        ]

    def __str__(self) -> str:
        return self.topic or self.when

    def clean(self) -> None:
        super().clean()
        self.topic = " ".join(self.topic.split())
        if self.starts_at and self.ends_at and self.ends_at - self.starts_at > LONGEST:
            raise ValidationError({"ends": "Satu sesi paling lama satu hari."})

    @property
    def is_off(self) -> bool:
        """Whether this session or its whole activity was cancelled."""
        return self.is_cancelled or self.activity.is_cancelled

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= timezone.now()

    @property
    def takes_registrations(self) -> bool:
        return self.activity.takes_registrations and not self.is_off and not self.has_begun

    @property
    def seats_left(self) -> int | None:
        """Free seats; None where seats are not counted."""
        if self.seats is None:
            return None
        taken = self.taken if hasattr(self, "taken") else self.registrations.filter(status=Seat.SEATED).count()
        return max(0, self.seats - taken)

    # --- Changing it: the activity holds the library's lock -----------------------------------------------------------
    def store(self, version: int) -> str:
        """Save and tell; the name of what happened, "" where nothing did. Called by `Activity.keep_session` alone."""
        self.__dict__.pop("taken", None)  # counted before the lock was held, and again after each seat given
        before = ActivitySession.objects.filter(pk=self.pk).first() if self.pk else None
        if before and before.version != version:
            raise StaleSession
        if before is None and self._twin():
            return ""
        is_moved = before is not None and any(getattr(before, name) != getattr(self, name) for name in TOLD)
        self._check_old(before, is_moved=is_moved)
        self.changed_at = timezone.now() if is_moved else self.changed_at
        self.version += 1 if before else 0
        self.copy_codes()
        self.full_clean()
        self.check_space()
        self.save()
        if is_moved:
            notifications.session_moved(self)
        if before:
            self.fill_seats()
        return "session_changed" if before else "session_planned"

    def cancel(self, *, by: User, reason: str) -> None:
        """This session will not be held: whoever registered is told."""
        if not reason.strip():
            raise ValidationError({"reason": "Tulis alasannya."})
        with transaction.atomic():
            self.lock()
            if self.is_off:
                return
            if self.is_over:
                raise ValidationError("Sesi yang sudah selesai tidak dapat dibatalkan.")
            self.is_cancelled = True
            self.version += 1
            self.save()
            self.activity.library.record("session_cancelled", by, text=reason, session=self.pk)
            notifications.session_cancelled(self, reason)

    def check_space(self) -> None:
        """One space holds one session at a time; one may begin when another ends."""
        activity = self.activity
        if not activity.space or self.is_off:
            return
        others = ActivitySession.objects.of(activity.library).standing().exclude(pk=self.pk)
        same = others.filter(activity__space=activity.space, starts_at__lt=self.ends_at, ends_at__gt=self.starts_at)
        if taken := same.select_related("activity__library").first():
            sentence = f"{activity.get_space_display()} sudah dipakai “{taken.activity.title}” pada {taken.when}."
            raise ValidationError({"starts": sentence})

    def lock(self) -> None:
        """The library's lock covers its whole agenda."""
        activity = self.activity
        activity.lock()
        self.refresh_from_db()
        self.__dict__.pop("taken", None)  # counted before the lock was held
        self.activity = activity

    def fill_seats(self) -> list[Registration]:
        """Give free seats to those who waited longest; whoever was held back stays for the librarian to look at."""
        waiting = list(self.registrations.waiting().filter(is_held=False))
        given: list[Registration] = []
        while waiting and not self.is_off and (self.seats_left is None or self.seats_left > 0):
            given.append(waiting.pop(0))
            given[-1].seat(self)
        return given

    def _twin(self) -> bool:
        """The same new session stored by the first press of the same button."""
        names = (*TOLD, "seats", "topic")
        twin = self.activity.sessions.filter(**{name: getattr(self, name) for name in names}).first()
        self.pk = twin.pk if twin else None
        return twin is not None

    def _check_old(self, before: ActivitySession | None, *, is_moved: bool) -> None:
        if before and is_moved and (before.is_over or before.is_off):
            raise ValidationError("Sesi yang sudah selesai atau dibatalkan tidak dapat dipindah.")

    # --- Who came -----------------------------------------------------------------------------------------------------
    def headcount(self) -> Headcount | None:
        """How many came: the figures of the paper sheet where they were typed, else the ticked names; None: unknown."""
        from libraries.models.attendance import SessionCount

        if figures := SessionCount.objects.filter(session=self).first():
            return figures.headcount
        lines = self.attendees.headcount()
        return lines if lines.total else None
