"""The history of a report: append-only, chained; what people wrote stands beside it and can be erased."""

from __future__ import annotations

from django.db import models

from accounts.events import Event, EventText
from reports.models.actor import Audience
from reports.models.report import Report
from reports.workflow import HoldReason

ACTION_LABELS: dict[str, str] = {
    "filed": "Laporan masuk",
    "filed_for": "Laporan dicatat petugas untuk warga",
    "submitted": "Kembali menunggu verifikasi",
    "on_hold": "Ditunda",
    "verified": "Diverifikasi",
    "not_authorized": "Bukan wewenang",
    "archived": "Diarsipkan",
    "forwarded": "Diteruskan ke lembaga",
    "in_follow_up": "Mulai ditindaklanjuti",
    "answered": "Ditanggapi",
    "disputed": "Dinyatakan belum tuntas oleh pelapor",
    "closed": "Selesai",
    "published": "Ditampilkan untuk umum",
    "unpublished": "Ditarik dari tampilan umum",
    "secrecy_raised": "Dijadikan rahasia",
    "secrecy_lowered": "Kerahasiaan dilepas",
    "information_added": "Keterangan tambahan dari pelapor",
    "note_added": "Catatan petugas",
    "identity_viewed": "Identitas pelapor dibuka",
    "identity_erased": "Identitas pelapor dihapus",
    "photos_added": "Foto ditambahkan",
    "code_replaced": "Kode lacak diganti",
}


class ReportEvent(Event):
    """One step of one report: who, when, what, for whose eyes."""

    subject = models.ForeignKey(Report, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = "peristiwa laporan"
        verbose_name_plural = "peristiwa laporan"

    @property
    def audience(self) -> Audience:
        return Audience(self.data.get("audience", Audience.PRIVATE))

    @property
    def is_question(self) -> bool:
        return self.action == "on_hold" and self.data.get("hold_reason") == HoldReason.QUESTION

    @property
    def label(self) -> str:
        if self.is_question:
            return "Petugas bertanya"
        return ACTION_LABELS.get(self.action, self.action)


class ReportEventText(EventText):
    """What was written at an event; blanked on erasure while the event keeps its digest."""

    event = models.OneToOneField(ReportEvent, models.PROTECT, primary_key=True, related_name="text_row")

    class Meta:
        verbose_name = "teks peristiwa"
        verbose_name_plural = "teks peristiwa"
