"""The history of a library: append-only, chained, its texts erasable."""

from __future__ import annotations

from django.db import models

from accounts.events import Event, EventText
from libraries.models.library import Library

ACTION_LABELS: dict[str, str] = {
    "founded": "Dicatat di portal",
    "clipping_added": "Kliping dicatat",
    "clipping_removed": "Kliping dihapus",
    "changed": "Data diubah",
    "stage": "Tahap program berubah",
    "month_entered": "Angka bulanan dicatat",
    "month_changed": "Angka bulanan diubah",
    "month_accepted": "Angka bulanan diterima",
    "month_corrected": "Angka bulanan dikoreksi",
    "target_set": "Target ditetapkan",
    "plan_started": "Rencana tahunan mulai disusun",
    "plan_changed": "Rencana tahunan diubah",
    "plan_adopted": "Rencana tahunan ditetapkan",
    "plan_reopened": "Rencana tahunan dibuka kembali",
    "plan_progress": "Kemajuan rencana dicatat",
    "photo_added": "Foto ditambahkan",
    "photo_removed": "Foto dihapus",
    "story_written": "Cerita dampak ditulis",
    "story_changed": "Cerita dampak diubah",
    "story_submitted": "Cerita dampak diajukan",
    "story_revision": "Perbaikan cerita dampak diminta",
    "story_published": "Cerita dampak tayang",
    "story_withdrawn": "Cerita dampak ditarik",
    "survey_counted": "Jawaban survei yang tertahan ikut dihitung",
    "survey_paper": "Jawaban survei di kertas dicatat",
    "timetable_changed": "Jadwal ruang diubah",
    "activity_planned": "Kegiatan direncanakan",
    "activity_changed": "Kegiatan diubah",
    "activity_cancelled": "Kegiatan dibatalkan",
    "session_planned": "Sesi ditambahkan",
    "session_changed": "Sesi diubah",
    "session_cancelled": "Sesi dibatalkan",
    "registered": "Seorang peserta didaftarkan",
    "seat_given": "Seorang peserta mendapat kursi",
    "registration_cancelled": "Seorang peserta batal",
    "contact_erased": "Kontak seorang peserta dihapus",
    "attendance_recorded": "Daftar hadir dicatat",
    "attendance_counted": "Angka kehadiran dicatat",
    "material_added": "Bahan kegiatan ditambahkan",
    "material_dropped": "Bahan kegiatan dihapus",
}


class LibraryEvent(Event):
    """One step of one library."""

    subject = models.ForeignKey(Library, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = "peristiwa perpustakaan"
        verbose_name_plural = "peristiwa perpustakaan"

    @property
    def label(self) -> str:
        return ACTION_LABELS.get(self.action, self.action)


class LibraryEventText(EventText):
    """What was written at an event, for example why a month was corrected."""

    event = models.OneToOneField(LibraryEvent, models.PROTECT, primary_key=True, related_name="text_row")

    class Meta:
        verbose_name = "teks peristiwa"
        verbose_name_plural = "teks peristiwa"
