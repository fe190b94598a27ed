"""The meetings of an analog partnership that took place: who came, and what came of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import User
from groups.gatherings import Attendee, AttendeeQuerySet, Gathering, GatheringMode, GatheringQuerySet, line_key
from partnerships.models.partnership import Partnership
from partnerships.models.record import Side
from partnerships.workflow import PUBLIC

MOST_LINES = 300
OPEN_FOR = timedelta(days=30)  # after a meeting, while its list can still be written anew


class ForumSessionQuerySet(GatheringQuerySet):
    def with_number(self) -> Self:
        """Each with how many lines its attendance list has (`people`)."""
        return self.annotate(people=Count("attendees"))


class ForumSession(Gathering):
    """One meeting that was held. Face to face: the analog basis knows no other."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="sessions", editable=False)
    result = models.TextField("hasil pertemuan", max_length=2000)

    objects = ForumSessionQuerySet.as_manager()

    class Meta(Gathering.Meta):
        verbose_name = "pertemuan forum"
        verbose_name_plural = "pertemuan forum"
        ordering = ["-starts_at", "-id"]
        constraints = [
            *Gathering.Meta.constraints,
            models.UniqueConstraint(
                fields=["partnership", "starts_at"],
                name="forum_session_once",
                violation_error_message="Pertemuan pada waktu ini sudah dicatat.",
            ),
            models.CheckConstraint(condition=Q(mode=GatheringMode.ONSITE), name="forum_session_is_onsite"),
            models.CheckConstraint(
                condition=~Q(result=""),
                name="forum_session_has_result",
                violation_error_message="Tulis hasil pertemuan.",
            ),
        ]

    def __str__(self) -> str:
        return f"Pertemuan {self.when}"

    @property
    def area_id(self) -> str:  # type: ignore[override]  # Gathering names it as a plain column
        return self.partnership.area_id

    @property
    def is_closed(self) -> bool:
        """Whether its list stands: afterwards a name can only be erased."""
        return self.ends_at + OPEN_FOR < timezone.now()

    @classmethod
    def hold(
        cls,
        partnership: Partnership,
        side: Side,
        *,
        by: User,
        starts_at: datetime,
        ends_at: datetime,
        place: str,
        result: str,
        lines: list[str],
    ) -> ForumSession:
        """Write down a meeting that is over, with the lines of its attendance sheet."""
        with transaction.atomic():
            partnership.lock()
            if partnership.status not in PUBLIC or partnership.forum_id is None:
                raise ValidationError("Hanya pertemuan kemitraan tatap muka yang sudah berjalan yang dicatat di sini.")
            if starts_at > timezone.now():
                raise ValidationError({"held_on": "Pertemuan ini belum berlangsung."})
            row = cls(partnership=partnership, starts_at=starts_at, ends_at=ends_at, place=place, result=result)
            row.full_clean()
            row.save()
            row.write_attendees(lines)
            partnership.record("session_held", by, partnership.side_name(side), session=row.pk, people=len(lines))
        return row

    def change_attendees(self, lines: list[str], side: Side, *, by: User) -> None:
        """The list as it should have been written; who stands on it unchanged keeps the row."""
        with transaction.atomic():
            self.partnership.lock()
            if self.is_closed:
                raise ValidationError("Daftar hadir ini sudah ditutup, 30 hari sesudah pertemuan.")
            unique = unique_lines(lines)
            self.attendees.exclude(key__in=unique).delete()
            present = set(self.attendees.values_list("key", flat=True))
            self.add_attendees([line for key, line in unique.items() if key not in present])
            people = self.attendees.count()
            self.partnership.record(
                "attendees_changed", by, self.partnership.side_name(side), session=self.pk, people=people
            )

    def write_attendees(self, lines: list[str]) -> None:
        """One row a line; the same line twice is one person."""
        self.add_attendees(list(unique_lines(lines).values()))

    def add_attendees(self, lines: list[str]) -> None:
        for line in lines:
            row = ForumAttendee(gathering=self, line=line)
            row.full_clean()
            row.save()


def unique_lines(lines: list[str]) -> dict[str, str]:
    """Key -> line, in their order, without empty ones."""
    unique: dict[str, str] = {}
    for line in lines:
        unique.setdefault(line_key(line), " ".join(line.split()))
    unique.pop("", None)
    if len(unique) > MOST_LINES:
        raise ValidationError({"attendees": f"Paling banyak {MOST_LINES} baris daftar hadir."})
    return unique


class ForumAttendee(Attendee):
    """One line of a forum's attendance sheet. Counted for everybody, read by both sides only."""

    gathering: Any = models.ForeignKey(ForumSession, models.CASCADE, related_name="attendees")

    objects = AttendeeQuerySet.as_manager()

    class Meta(Attendee.Meta):
        verbose_name = "peserta pertemuan"
        verbose_name_plural = "peserta pertemuan"

    def remove(self, side: Side, *, by: User) -> None:
        """Erase a line that is wrong or whose person asks for it (UU 27/2022 art. 8); the event does not name it."""
        session: ForumSession = self.gathering
        row = session.partnership
        with transaction.atomic():
            row.lock()
            if type(self)._base_manager.filter(pk=self.pk).delete()[0]:
                row.record("attendee_removed", by, row.side_name(side), session=session.pk)
