"""Made-up deeds of governments for KIM with believable gaps, two guidelines, two work programmes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Institution, User
from groups.models import Kim, WorkProgram
from kimportal.demo.groups import draw_paper
from kimportal.demo.timetravel import at
from partnerships.models import Facilitation, Guideline, Principle
from partnerships.models.facilitation import evidence_name
from regions.models import Area
from uploads.documents import make_safe_document
from uploads.models import Document


@dataclass(frozen=True)
class Deed:
    """One activity: its agency is the regency's own Kominfo, or an institution named here."""

    ago: int
    area: str | None
    tier: str
    role: str
    title: str
    kims: tuple[str, ...] = ()
    agency: str = ""
    budget: int = 0
    result: tuple[int, str, str] | None = None
    evidence: dict[Principle, str] = field(default_factory=dict)
    follows: str = ""


_P = Principle
WORKSHOP = "Workshop Pemberdayaan KIM (contoh)"
DEEDS = (
    Deed(
        210,
        "33",
        "province",
        "policy",
        "Arah pemberdayaan KIM (contoh)",
        agency="Kominfo Provinsi Contoh",
    ),
    Deed(
        *(160, None, "central", "materials", "Bahan ajar literasi informasi untuk KIM (contoh)"),
        agency="Balai Kementerian Contoh",
        evidence={_P.INTEGRATED: "Satu bahan ajar dipakai di semua provinsi contoh."},
    ),
    Deed(
        *(90, "33.73", "regency", "workshop", WORKSHOP, ("kalibening", "noborejo")),
        budget=12_345_000,
        result=(24, "peserta hadir", "Setiap KIM pulang membawa draf program kerja."),
        evidence={
            _P.SYNERGY: "Dinas, kelurahan, dan perpustakaan contoh menyiapkan bahan bersama.",
            _P.STRUCTURED: "Materinya mengikuti arah provinsi dan diteruskan ke kelurahan.",
            _P.MEASURABLE: "Daftar hadir dihitung, tiap KIM menulis apa yang dipelajari.",
            _P.INTEGRATED: "Memakai bahan ajar yang sama dengan wilayah lain.",
            _P.PARTICIPATORY: "Peserta memilih sendiri pokok bahasan sesi ketiga.",
            _P.SUSTAINABLE: "Disusul bimbingan menulis dua bulan kemudian.",
            _P.PARTNERSHIP: "KIM dan dinas menandatangani catatan hasil yang sama.",
        },
    ),
    Deed(
        *(40, "33.73", "regency", "guidance", "Bimbingan menulis berita warga (contoh)", ("kalibening",)),
        budget=3_210_000,
        result=(11, "berita terbit", "Anggota KIM berani menulis tanpa menunggu dinas."),
        evidence={_P.SUSTAINABLE: "Lanjutan workshop.", _P.MEASURABLE: "Berita yang terbit dihitung."},
        follows=WORKSHOP,
    ),
    Deed(
        *(
            120,
            "13.07",
            "regency",
            "facility",
            "Pengeras suara keliling (contoh)",
            ("talangmaur", "taehbukik"),
        ),
        budget=7_654_000,
        result=(2, "perangkat", ""),
    ),
    Deed(
        *(70, "74.01", "regency", "study_visit", "Belajar ke KIM tetangga (contoh)", ("kolaka",)),
        evidence={_P.PARTICIPATORY: "Rute dan pertanyaan disusun anggota KIM."},
    ),
    Deed(60, "51", "province", "network", "Grup kabar KIM (contoh)", ("kutuh",), "Kominfo Provinsi Contoh"),
)
PROGRAMS: dict[str, tuple[dict[str, Any], ...]] = {
    "talangmaur": (
        {"activity": "Buletin nagari (contoh)", "target": "12 terbitan", "budget": 1_800_000, "source": "self"},
        {"activity": "Pelatihan foto warga (contoh)", "target": "20 warga", "budget": 2_400_000, "source": "village"},
        {"activity": "Ronda kabar mingguan (contoh)", "target": "52 pertemuan", "budget": 0, "source": "self"},
    ),
    "kalibening": (
        {"activity": "Siniar kelurahan (contoh)", "target": "10 siaran", "budget": 3_000_000, "source": "regional"},
        {"activity": "Papan kabar RW (contoh)", "target": "6 papan", "budget": 1_000_000, "source": "self"},
    ),
}


def tell(people: dict[str, User], kims: dict[str, Kim]) -> int:
    """Record everything through the real actions; the number of activities."""
    done: dict[str, Facilitation] = {}
    for deed in DEEDS:
        done[deed.title] = record(deed, people, kims, done)
    workshop_by = people["verifikator.salatiga"]
    done[WORKSHOP].start_programs(timezone.localdate().year + 1, by=workshop_by)
    write_programs(people, kims)
    write_guidelines(people)
    return len(done)


def record(deed: Deed, people: dict[str, User], kims: dict[str, Kim], done: dict[str, Facilitation]) -> Facilitation:
    number, unit, words = deed.result or (None, "", "")
    row = Facilitation(
        area=Area.objects.get(pk=deed.area) if deed.area else None,
        title=deed.title,
        role=deed.role,
        tier=deed.tier,
        agency=agency_of(deed),
        held_on=timezone.localdate() - timedelta(days=deed.ago),
        budget=deed.budget,
        result_number=number,
        result_unit=unit,
        result_words=words,
        follows=done.get(deed.follows),
        **{evidence_name(principle): text for principle, text in deed.evidence.items()},
    )
    with at(timezone.now() - timedelta(days=deed.ago - 1)):
        row.keep(by=people["pengelola"])
    row.kims.set([kims[slug] for slug in deed.kims])
    return row


def agency_of(deed: Deed) -> Institution:
    """The Kominfo of the regency, which the demo has; others are made where the activity was."""
    if not deed.agency:
        return Institution.objects.get(area=deed.area, name__startswith="Dinas Komunikasi")
    place = Area.objects.get(pk=deed.area or "33")
    return Institution.objects.get_or_create(name=deed.agency, area=place)[0]


def write_programs(people: dict[str, User], kims: dict[str, Kim]) -> None:
    """One approved for this year, one draft that the workshop left for the next."""
    year = timezone.localdate().year
    admin = people["kim.talangmaur"]
    approved = WorkProgram.objects.start(kims["talangmaur"], year, by=admin)
    approved.keep(PROGRAMS["talangmaur"])
    approved.approve(by=admin)
    kims["kalibening"].programs.get(year=year + 1).keep(PROGRAMS["kalibening"])


def write_guidelines(people: dict[str, User]) -> None:
    """One for everybody, and one for the officers of a town in its second version."""
    common = Guideline(
        title="Pedoman membentuk KIM (contoh)",
        summary="Langkah dari musyawarah, pemilihan pengurus, sampai surat keputusan.",
        tier="regency",
        topic="founding",
        is_public=True,
    )
    inner = Guideline(
        title="Cara menilai kegiatan KIM (contoh)",
        summary="Lembar isian untuk petugas yang berkunjung ke KIM.",
        tier="regency",
        topic="reporting",
        area=Area.objects.get(pk="33.73"),
    )
    for row, officer, notes in (
        (common, people["pengelola"], ("",)),
        (inner, people["verifikator.salatiga"], ("", "Isian dipersingkat menjadi satu lembar.")),
    ):
        row.keep()
        for note in notes:
            row.publish(Document.store(make_safe_document(draw_paper("PEDOMAN"))), by=officer, note=note)
