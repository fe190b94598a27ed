"""The history of a KIM: append-only, chained, its texts erasable."""

from __future__ import annotations

from django.db import models

from accounts.events import Event, EventText
from groups.models.kim import Kim

ACTION_LABELS: dict[str, str] = {
    "created": "Pendaftaran dibuat",
    "submitted": "Diajukan",
    "revision": "Diminta diperbaiki",
    "rejected": "Ditolak",
    "verified": "Terverifikasi",
    "active": "Menjadi aktif",
    "inactive": "Menjadi tidak aktif",
    "dissolved": "Bubar",
    "member_added": "Anggota dicatat",
    "member_changed": "Data anggota diubah",
    "member_left": "Anggota keluar",
    "member_invited": "Anggota diundang memakai akun",
    "account_linked": "Akun anggota terhubung",
    "admin_changed": "Admin KIM diganti",
    "decree_added": "SK dicatat",
    "profile_changed": "Profil diubah",
    "confirmed": "Data dipastikan masih benar",
    "imported": "Dimasukkan dari daftar",
    "program_started": "Program kerja mulai disusun",
    "program_approved": "Program kerja ditetapkan",
    "warned": "Diingatkan bahwa SK segera berakhir",
}


class KimEvent(Event):
    """One step of one KIM."""

    subject = models.ForeignKey(Kim, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = "peristiwa KIM"
        verbose_name_plural = "peristiwa KIM"

    @property
    def label(self) -> str:
        return ACTION_LABELS.get(self.action, self.action)


class KimEventText(EventText):
    """What was written at an event, for example a reason."""

    event = models.OneToOneField(KimEvent, models.PROTECT, primary_key=True, related_name="text_row")

    class Meta:
        verbose_name = "teks peristiwa"
        verbose_name_plural = "teks peristiwa"
