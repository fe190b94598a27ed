"""How many people came to a meeting, by the figures of its paper sheet. The attendance list names institutions."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models, transaction

from accounts.models import User
from groups.counting import SheetCount, adds_up, is_believable
from partnerships.models.meeting import Meeting


class MeetingCount(SheetCount):
    """The figures of one meeting's paper sheet."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, primary_key=True, related_name="count_row")

    class Meta:
        verbose_name = "angka peserta rapat"
        verbose_name_plural = "angka peserta rapat"
        constraints = [adds_up("meeting_count_adds_up"), is_believable("meeting_count_believable")]

    @classmethod
    def write(cls, meeting: Meeting, *, by: User, **figures: int) -> MeetingCount:
        with transaction.atomic():
            meeting.lock()
            if meeting.is_cancelled or not meeting.is_begun:
                raise ValidationError("Angka peserta dicatat sesudah rapat dimulai.")
            row = cls.objects.filter(meeting=meeting).first() or cls(meeting=meeting)
            before = {name: getattr(row, name) for name in figures}
            for name, figure in figures.items():
                setattr(row, name, figure)
            row.full_clean()
            if row._state.adding or before != figures:
                row.save()
                meeting.record("people_counted", by, people=row.total)
        return row

    @classmethod
    def clear(cls, meeting: Meeting, *, by: User) -> None:
        """Figures that were a mistake."""
        with transaction.atomic():
            meeting.lock()
            if cls.objects.filter(meeting=meeting).delete()[0]:
                meeting.record("people_counted", by, people=0)
