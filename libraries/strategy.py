"""The strategy of the founding text in words: goals, spaces, the world's seventeen goals. No queries.

Seed 002: "tujuan umum", "tujuan khusus", "rencana" (design), "aksi" (three spaces); seed 003 adds service quality.
"""

from __future__ import annotations

from django.db import models

GENERAL_GOAL = "Terciptanya masyarakat sejahtera melalui transformasi perpustakaan berbasis inklusi sosial"


class GoalKind(models.TextChoices):
    """The four that stand under the general goal."""

    SERVICE_QUALITY = "service_quality", "Kualitas layanan"
    SERVICE_USE = "service_use", "Penggunaan layanan"
    INVOLVEMENT = "community_involvement", "Pelibatan masyarakat"
    COMMITMENT = "stakeholder_commitment", "Komitmen dan dukungan pemangku kepentingan"


GOAL_WORDS: dict[str, str] = {
    GoalKind.SERVICE_QUALITY: "Meningkatkan kualitas layanan perpustakaan.",
    GoalKind.SERVICE_USE: "Meningkatkan penggunaan layanan oleh masyarakat sesuai dengan kebutuhan masyarakat.",
    GoalKind.INVOLVEMENT: "Meningkatkan pelibatan masyarakat dalam kegiatan perpustakaan.",
    GoalKind.COMMITMENT: "Membangun komitmen dan dukungan pemangku kepentingan untuk transformasi perpustakaan "
    "yang berkelanjutan.",
}


# By which of the four indicators a goal is measured (service quality has its survey).
GOAL_INDICATORS: dict[str, tuple[str, ...]] = {
    GoalKind.SERVICE_QUALITY: (),
    GoalKind.SERVICE_USE: ("visits",),
    GoalKind.INVOLVEMENT: ("involvement", "media"),
    GoalKind.COMMITMENT: ("partnerships",),
}


class SpaceKind(models.TextChoices):
    """The three spaces in which a library acts ("aksi" of the founding text)."""

    EXPERIENCE = "experience_sharing", "Ruang berbagi pengalaman"
    LEARNING = "contextual_learning", "Ruang belajar yang kontekstual"
    SKILLS = "work_skills", "Ruang berlatih keterampilan kerja"


SDGS: dict[int, str] = {
    1: "Tanpa kemiskinan",
    2: "Tanpa kelaparan",
    3: "Kehidupan sehat dan sejahtera",
    4: "Pendidikan berkualitas",
    5: "Kesetaraan gender",
    6: "Air bersih dan sanitasi layak",
    7: "Energi bersih dan terjangkau",
    8: "Pekerjaan layak dan pertumbuhan ekonomi",
    9: "Industri, inovasi, dan infrastruktur",
    10: "Berkurangnya kesenjangan",
    11: "Kota dan permukiman yang berkelanjutan",
    12: "Konsumsi dan produksi yang bertanggung jawab",
    13: "Penanganan perubahan iklim",
    14: "Ekosistem lautan",
    15: "Ekosistem daratan",
    16: "Perdamaian, keadilan, dan kelembagaan yang tangguh",
    17: "Kemitraan untuk mencapai tujuan",
}
