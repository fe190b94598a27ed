"""The history of a meeting and of what was promised there: append-only, chained, its texts erasable."""

from __future__ import annotations

from django.db import models

from accounts.events import Event, EventText
from partnerships.models.meeting import Meeting

MEETING_LABELS: dict[str, str] = {
    "called": "Rapat dibuat",
    "changed": "Keterangan rapat diubah",
    "minutes_written": "Notula ditulis",
    "cancelled": "Rapat dibatalkan",
    "session_added": "Sesi ditambah",
    "session_changed": "Sesi diubah",
    "session_dropped": "Sesi dihapus",
    "material_added": "Bahan ditambah",
    "material_dropped": "Bahan dihapus",
    "attendance_recorded": "Peserta dicatat",
    "attendance_removed": "Peserta dihapus",
    "people_counted": "Angka peserta dicatat",
    "programs_given": "Draf program kerja dibagikan",
    "commitment_made": "Tindak lanjut dicatat",
    "commitment_changed": "Tindak lanjut diubah",
    "commitment_ready": "Tindak lanjut siap",
    "commitment_in_progress": "Tindak lanjut berjalan",
    "commitment_done": "Tindak lanjut selesai",
    "commitment_dropped": "Tindak lanjut dibatalkan",
    "commitment_reminded": "Diingatkan tentang tindak lanjut",
}


class MeetingEvent(Event):
    """One step of one meeting."""

    subject = models.ForeignKey(Meeting, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = "peristiwa rapat"
        verbose_name_plural = "peristiwa rapat"

    @property
    def label(self) -> str:
        return MEETING_LABELS.get(self.action, self.action)


class MeetingEventText(EventText):
    """What was written at an event, for example why something was dropped."""

    event = models.OneToOneField(MeetingEvent, models.PROTECT, primary_key=True, related_name="text_row")

    class Meta:
        verbose_name = "teks peristiwa rapat"
        verbose_name_plural = "teks peristiwa rapat"
