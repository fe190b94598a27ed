"""The history of a partnership and of its agreements: append-only, chained, its texts erasable."""

from __future__ import annotations

from django.db import models

from accounts.events import Event, EventText
from partnerships.models.partnership import Partnership

ACTION_LABELS: dict[str, str] = {
    "proposed": "Diusulkan",
    "terms_changed": "Isi kemitraan diubah",
    "confirmed": "Disetujui",
    "confirmed_on_paper": "Persetujuan lewat surat dicatat petugas",
    "active": "Menjadi aktif",
    "ended": "Berakhir",
    "cancelled": "Dibatalkan",
    "forum_moved": "Waktu, tempat, atau narahubung pertemuan diubah",
    "session_held": "Pertemuan dicatat",
    "attendees_changed": "Daftar hadir ditulis ulang",
    "attendee_removed": "Satu nama dihapus dari daftar hadir",
    "evaluated": "Dievaluasi",
    "basis_revoked": "Dasar hukum dicabut",
    "agreement_begun": "Perjanjian dicatat",
    "agreement_changed": "Perjanjian diubah",
    "agreement_party_joined": "Pihak lain ditambahkan dalam perjanjian",
    "agreement_party_left": "Pihak lain dikeluarkan dari perjanjian",
    "agreement_drafting": "Perjanjian mulai disusun",
    "agreement_signed": "Perjanjian ditandatangani",
    "agreement_in_effect": "Perjanjian mulai berlaku",
    "agreement_expired": "Perjanjian kedaluwarsa",
    "agreement_terminated": "Perjanjian diakhiri",
    "agreement_reminded": "Diingatkan bahwa perjanjian segera berakhir",
}


class PartnershipEvent(Event):
    """One step of one partnership."""

    subject = models.ForeignKey(Partnership, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = "peristiwa kemitraan"
        verbose_name_plural = "peristiwa kemitraan"

    @property
    def label(self) -> str:
        return ACTION_LABELS.get(self.action, self.action)


class PartnershipEventText(EventText):
    """What was written at an event, for example a reason."""

    event = models.OneToOneField(PartnershipEvent, models.PROTECT, primary_key=True, related_name="text_row")

    class Meta:
        verbose_name = "teks peristiwa"
        verbose_name_plural = "teks peristiwa"
