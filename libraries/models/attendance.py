"""Who came to a session: lines for counting, or the figures of a paper sheet. Statistics never name anybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from groups.counting import SheetCount, adds_up, is_believable
from groups.gatherings import Attendee, AttendeeQuerySet, Headcount, line_key
from libraries.models.activity import Activity
from libraries.models.library import Library
from libraries.models.registration import KEEP
from libraries.models.session import ActivitySession
from libraries.months import shift
from regions.calendar import zone_of

MOST_LINES = 300


class Line(NamedTuple):
    """One person who came, as far as the sheet says."""

    name: str
    sex: str = ""
    age_band: str = ""
    has_disability: bool | None = None


class ActivityAttendeeQuerySet(AttendeeQuerySet):
    def forget_names(self) -> int:
        """Replace the names of sessions that ended KEEP ago by numbers; the counting stays. How many."""
        old = self.filter(is_nameless=False, gathering__ends_at__lt=timezone.now() - KEEP)
        for row in (found := list(old.order_by("pk")[:1000])):
            row.line, row.is_nameless = row.free_number(), True
            row.save()
        return len(found)


class ActivityAttendee(Attendee):
    """One person at one session. The name is for the librarian, for some days."""

    gathering: Any = models.ForeignKey(ActivitySession, models.CASCADE, related_name="attendees")
    is_nameless = models.BooleanField(default=False, editable=False)

    objects = ActivityAttendeeQuerySet.as_manager()

    class Meta(Attendee.Meta):
        verbose_name = "peserta yang hadir"
        verbose_name_plural = "peserta yang hadir"
        ordering = ["pk"]

    def free_number(self) -> str:
        """ "Peserta 17"; longer where somebody else of the session was written down as that."""
        line, others = f"Peserta {self.pk}", ActivityAttendee.objects.filter(gathering=self.gathering_id)
        while others.exclude(pk=self.pk).filter(key=line_key(line)).exists():
            line += " tanpa nama"
        return line

    @classmethod
    def record(cls, session: ActivitySession, lines: Sequence[Line], *, by: User) -> int:
        """The attendance list of this session, in place of the one before; two of one name are told apart."""
        if len(lines) > MOST_LINES:
            raise ValidationError(f"Paling banyak {MOST_LINES} baris. Untuk lebih banyak orang, catat angkanya saja.")
        with transaction.atomic():
            session.lock()
            check_held(session)
            session.attendees.all().delete()
            seen: dict[str, int] = {}
            for line in lines:
                key = line_key(line.name)
                seen[key] = seen.get(key, 0) + 1
                name = line.name if seen[key] == 1 else f"{line.name} ({seen[key]})"
                said = {"sex": line.sex, "age_band": line.age_band, "has_disability": line.has_disability}
                row = cls(gathering=session, line=name, **said)
                row.full_clean()
                row.save()
            session.activity.library.record("attendance_recorded", by, session=session.pk, people=len(lines))
        return len(lines)


class SessionCount(SheetCount):
    """The figures of a session's signed paper sheet."""

    session = models.OneToOneField(ActivitySession, models.CASCADE, primary_key=True, related_name="count_row")

    class Meta:
        verbose_name = "angka kehadiran"
        verbose_name_plural = "angka kehadiran"
        constraints = [adds_up("session_count_adds_up"), is_believable("session_count_believable")]

    @classmethod
    def write(cls, session: ActivitySession, *, by: User, **figures: int) -> SessionCount:
        """What the paper sheet says; it stands before ticked names."""
        with transaction.atomic():
            session.lock()
            check_held(session)
            row = cls.objects.filter(session=session).first() or cls(session=session)
            for name, figure in figures.items():
                setattr(row, name, figure)
            row.full_clean()
            row.save()
            session.activity.library.record("attendance_counted", by, session=session.pk, people=row.total)
        return row

    @classmethod
    def clear(cls, session: ActivitySession, *, by: User) -> None:
        """Back to the ticked names."""
        with transaction.atomic():
            session.lock()
            if cls.objects.filter(session=session).delete()[0]:
                session.activity.library.record("attendance_counted", by, session=session.pk)


def check_held(session: ActivitySession) -> None:
    if session.is_off:
        raise ValidationError("Sesi ini dibatalkan, jadi tidak ada yang hadir.")
    if not session.has_begun:
        raise ValidationError("Sesi ini belum dimulai.")


class Involvement(NamedTuple):
    """What a library's sessions of one month say about involvement."""

    activities: int
    participants: int
    sessions: int
    uncounted: list[ActivitySession]  # over, and nobody wrote down who came


def involvement(library: Library, month: date) -> Involvement:
    """Activities that were held in this month by the library's clock, and how many came to them (three queries)."""
    zone = zone_of(library.area_id)
    first, after = (datetime.combine(day, time.min, zone) for day in (month, shift(month, 1)))
    held = ActivitySession.objects.of(library).standing().over().filter(starts_at__gte=first, starts_at__lt=after)
    rows = list(held.select_related("activity", "count_row").annotate(people=models.Count("attendees")))
    counted = {row.pk: row.count_row.total if hasattr(row, "count_row") else row.people for row in rows}
    known = [row for row in rows if counted[row.pk] or hasattr(row, "count_row")]
    return Involvement(
        activities=len({row.activity_id for row in known}),
        participants=sum(counted.values()),
        sessions=len(known),
        uncounted=[row for row in rows if row not in known],
    )


def is_settled(activity: Activity) -> bool:
    """Whether every session is over and counted (one query).

    Before that each new list would show itself as the difference between two days' sums, however few came.
    """
    open_one = Q(ends_at__gt=timezone.now()) | Q(attendees__isnull=True, count_row__isnull=True)
    return activity.is_cancelled or not activity.sessions.filter(open_one, is_cancelled=False).exists()


def headcount_of(activity: Activity) -> Headcount:
    """How many came to all sessions of an activity together, broken down once it is settled (three queries)."""
    lines = ActivityAttendee.objects.filter(gathering__activity=activity, gathering__count_row__isnull=True)
    ticked = lines.headcount()
    names = ("total", "female", "male", "child", "youth", "adult", "elder", "disabled", "able")
    rows = SessionCount.objects.filter(session__activity=activity)
    sums = {name: number or 0 for name, number in rows.aggregate(**{name: models.Sum(name) for name in names}).items()}
    typed = SessionCount(**sums).headcount
    breakdowns = {
        title: {label: number + typed.breakdowns[title][label] for label, number in cells.items()}
        for title, cells in ticked.breakdowns.items()
    }
    return Headcount(ticked.total + typed.total, 0, breakdowns if is_settled(activity) else {})
