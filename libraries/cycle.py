"""What a library does for the KIM near it at each stage of the information cycle (domain.md 6). Pure.

The stages are our synthesis: the founding essay stops before its list, its continuation names acquisition, storage,
organisation and control (cataloguing, classification, index), presentation and distribution, and calls the library a
bridge, a facilitator, a bringer of change and a source of reference.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Part(NamedTuple):
    """One stage: what it is called, what the KIM does, what the library does for it."""

    code: str
    label: str
    kim: str
    library: str


STAGES = (
    Part(
        "creation",
        "Penciptaan",
        "Warga dan KIM mengalami sesuatu, lalu menceritakan, memotret, atau menulisnya.",
        "Menyediakan tempat bertemu, komputer, dan contoh tulisan; mendorong warga bercerita.",
    ),
    Part(
        "collection",
        "Pengumpulan",
        "Seksi pengumpulan mencari kabar dari warga, pemerintah, dan mitra.",
        "Menerima dan mencari bahan: buku, terbitan desa, peraturan, kliping, cerita lisan.",
    ),
    Part(
        "processing",
        "Pengolahan",
        "Seksi pengolahan menulis dengan kata yang mudah dipahami.",
        "Menyediakan meja kerja, internet, kamus, dan pelatihan menulis.",
    ),
    Part(
        "verification",
        "Verifikasi",
        "Orang lain, bukan penulisnya, memeriksa isi dan sumbernya.",
        "Menjadi sumber rujukan: membantu mencari buku, data, dan peraturan untuk memeriksa.",
    ),
    Part(
        "organization",
        "Pengorganisasian",
        "Memberi kata kunci dan bidang pada informasi.",
        "Mengatalog dan mengelompokkan, supaya bahan dapat ditemukan lagi.",
    ),
    Part(
        "storage",
        "Penyimpanan",
        "Menyerahkan terbitan dan dokumentasi kegiatan.",
        "Menyimpan sebagai koleksi desa, terawat dan terbuka untuk dibaca.",
    ),
    Part(
        "dissemination",
        "Penyebaran",
        "Seksi penyebaran membagikan lewat pertemuan, selebaran, papan, dan pesan.",
        "Memasang buletin KIM, membagikan selebaran, dan menyajikan di ruang baca.",
    ),
    Part(
        "use",
        "Pemanfaatan",
        "Mengajak warga memakai informasi untuk usaha, kesehatan, dan hak mereka.",
        "Membuka ruang berbagi, belajar, dan berlatih, supaya informasi menjadi keterampilan.",
    ),
    Part(
        "feedback",
        "Umpan balik",
        "Mendengar apa yang berguna dan apa yang belum terjawab.",
        "Mencatat pertanyaan pengunjung dan survei, lalu menyampaikannya kepada KIM.",
    ),
)
AGAIN = "Kebutuhan baru"

BOX, HIGH, GAP, DOWN = 118, 60, 13, 40  # of the picture, in its own units
# Around a table of three columns and four rows, clockwise: nine stages, then what begins the round again.
PLACES = ((0, 0), (1, 0), (2, 0), (2, 1), (2, 2), (2, 3), (1, 3), (0, 3), (0, 2), (0, 1))


@dataclass(frozen=True)
class Box:
    """One box of the picture."""

    number: int
    label: str
    x: int
    y: int

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + BOX // 2, self.y + HIGH // 2

    @property
    def lines(self) -> tuple[int, int]:
        """Where its number and its words stand."""
        return self.y + 24, self.y + 46


def boxes() -> list[Box]:
    labels = [*(part.label for part in STAGES), AGAIN]
    return [
        Box(number, label, column * (BOX + GAP), row * (HIGH + DOWN))
        for number, (label, (column, row)) in enumerate(zip(labels, PLACES, strict=True), 1)
    ]


def arrows() -> list[tuple[str, str]]:
    """A line and a head for each step from a box to the next, round to the first."""
    found = boxes()
    return [arrow(one, other) for one, other in zip(found, [*found[1:], found[0]], strict=True)]


def arrow(one: Box, other: Box) -> tuple[str, str]:
    """From the edge of one box to the edge of the next, along a row or a column."""
    if one.y == other.y:
        way, y = (1 if other.x > one.x else -1), one.middle[1]
        start, end = (one.x + BOX, other.x) if way > 0 else (one.x, other.x + BOX)
        return f"M{start} {y}H{end - 6 * way}", f"{end},{y} {end - 8 * way},{y - 6} {end - 8 * way},{y + 6}"
    way, x = (1 if other.y > one.y else -1), one.middle[0]
    start, end = (one.y + HIGH, other.y) if way > 0 else (one.y, other.y + HIGH)
    return f"M{x} {start}V{end - 6 * way}", f"{x},{end} {x - 6},{end - 9 * way} {x + 6},{end - 9 * way}"
