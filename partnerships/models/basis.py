"""The three bases of partnership (Kabupaten Kolaka's own page on KIM), with what each is good at and where it stops."""

from __future__ import annotations

from typing import NamedTuple

from django.db import models


class Basis(models.TextChoices):
    ANALOG = "analog", "Berbasis analog"
    REGULATION = "regulation", "Berbasis regulasi"
    EXPERIENCE = "experience", "Berbasis pengalaman"


class Traits(NamedTuple):
    about: str
    example: str
    strength: str
    limit: str


TRAITS: dict[str, Traits] = {
    Basis.ANALOG: Traits(
        "Bertemu langsung atau lewat forum warga.",
        "Dinas memberi penyuluhan kesehatan di balai desa bersama KIM.",
        "Terbangun hubungan pribadi, dan warga tanpa internet ikut serta.",
        "Kurang leluasa soal waktu dan tempat. Perubahan jadwal harus cepat dikabarkan.",
    ),
    Basis.REGULATION: Traits(
        "Didasari kebijakan atau peraturan yang sudah ditetapkan.",
        "Peraturan bupati mewajibkan KIM di setiap desa sebagai mitra penyebaran informasi pembangunan.",
        "Penyebaran informasi terstruktur dan jelas siapa yang berkewajiban.",
        "Bergantung pada peraturannya. Bila dicabut, kemitraan harus ditinjau lagi.",
    ),
    Basis.EXPERIENCE: Traits(
        "Tumbuh dari pengalaman dan kebutuhan nyata di lapangan.",
        "KIM yang berpengalaman dalam penyuluhan bekerja sama dengan puskesmas.",
        "Luwes, mudah menyesuaikan diri, dan berdiri di atas kepercayaan.",
        "Perlu rekam jejak dan bukti kepercayaan dari pihak lain.",
    ),
}
