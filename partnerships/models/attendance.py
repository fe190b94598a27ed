"""Who came to a meeting, an institution a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import models, transaction

from accounts.models import Institution, User
from groups.gatherings import Attendee, AttendeeQuerySet, line_key
from partnerships.attendees import Known
from partnerships.models.meeting import Meeting
from regions.models import Level

MOST_ATTENDEES = 300


class Chosen(NamedTuple):
    """One line as a person confirmed it."""

    line: str
    institution: Institution | None = None


class Attendance(Attendee):
    """One institution or group at one meeting, or a line that names none ("Stakeholder terkait")."""

    gathering = models.ForeignKey(Meeting, models.PROTECT, related_name="attendance", editable=False)

    objects = AttendeeQuerySet.as_manager()

    class Meta(Attendee.Meta):
        verbose_name = "peserta rapat"
        verbose_name_plural = "peserta rapat"
        ordering = ["pk"]

    @classmethod
    def record(cls, meeting: Meeting, chosen: Sequence[Chosen], *, by: User) -> int:
        """Store these lines, all or none; who is recorded already stays once. Returns how many are new."""
        with transaction.atomic():
            meeting.lock()
            present = set(meeting.attendance.values_list("key", flat=True))
            fresh = [each for each in chosen if line_key(each.line) not in present]
            if len(present) + len(fresh) > MOST_ATTENDEES:
                raise ValidationError(f"Paling banyak {MOST_ATTENDEES} peserta dalam satu rapat.")
            for each in fresh:
                institution = each.institution.resolved if each.institution else None
                row = cls(gathering=meeting, line=each.line, institution=institution)
                row.full_clean()
                row.save()
            if fresh:
                meeting.record("attendance_recorded", by, lines=len(fresh))
        return len(fresh)

    def remove(self, *, by: User) -> None:
        """Take a line off that was a mistake; who has promised something stays."""
        with transaction.atomic():
            self.gathering.lock()
            if self.commitments.exists():
                raise ValidationError("Peserta ini memegang tindak lanjut, jadi tidak dapat dihapus.")
            self.delete()
            self.gathering.record("attendance_removed", by)


def known_to(meeting: Meeting) -> list[Institution]:
    """The institutions a meeting's people may name: those of its province."""
    rows = Institution.objects.in_use().filter(province_code=meeting.province_code)
    return list(rows.select_related("area").order_by("name", "pk"))


def as_known(institutions: Iterable[Institution]) -> Known:
    """The ways to write them: the name alone, and with its area ("… Provinsi Bali")."""
    return Known.of((row.pk, way) for row in institutions for way in ways_to_write(row))


def ways_to_write(row: Institution) -> list[str]:
    word = "Provinsi " if row.area.level == Level.PROVINCE else ""
    return [row.name, f"{row.name} {word}{row.area.label}"]


def alike(line: str, institutions: Sequence[Institution], most: int = 4) -> list[Institution]:
    """The institutions that share most words with this line, best first."""
    words = set(line_key(line).split())
    found = []
    for row in institutions:
        own = set(line_key(ways_to_write(row)[1]).split())
        share = len(words & own) / max(len(words | own), 1)
        if share >= 0.5:
            found.append((-share, row.name, row.pk, row))
    return [row for *_, row in sorted(found)[:most]]
