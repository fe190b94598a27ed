"""What the figures are held against; goals and peers: measured and set on a machine of two cores, 21 November 2026."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from tests.bench.load import Result
from tests.bench.page import LIST, Page

REFERENCE_LIST = 723.0  # requests/s of the bare list of 20 when the peers were measured, SQLite


@dataclass(frozen=True)
class Peer:
    """A product of others on the same machine, two workers; requests a second of one page."""

    name: str
    page: str
    rps: float
    held_against: str  # our page
    times: float


PEERS = (
    Peer("Signalen adbe8fc", "daftar 20", 7.5, "Daftar laporan", 20),
    Peer("FixMyStreet 84d7c80", "daftar 100 dengan peta", 4.0, "Daftar laporan", 20),
    Peer("healthchecks 29b5ec2", "daftar 20, masuk", 94.0, "Antrean petugas", 2.5),
    Peer("meinBerlin 5b49e71", "halaman proyek", 39.0, "Beranda", 10),
)
MOST_GROWTH = 1.3
MOST_ASSETS = 30_720
MOST_SEARCH_MS = 10.0
MOST_FILING_P99 = 25.0
MOST_MEMORY = 120.0  # MB after the last request
MOST_MEMORY_GROWTH = 1.05  # from the first thousand requests to the last


@dataclass
class Row:
    """One page on one engine: the bare page beside it, small and large, as measured in turns."""

    engine: str
    page: Page
    bare: Result
    large: Result
    small: Result | None = None
    slow: float = 1.0  # the slowest moment of the host during the tries
    foreign: int = 0  # percent of all cores used by other programs

    @property
    def ratio(self) -> float:
        return self.large.rps / self.bare.rps if self.bare.rps else 0.0

    @property
    def growth(self) -> float | None:
        return self.large.p99 / self.small.p99 if self.small and self.small.p99 and self.large.p99 else None

    @property
    def p50_growth(self) -> float | None:
        """Steadier than p99, whose slowest handful of a short shot is the machine's as often as the page's."""
        return self.large.p50 / self.small.p50 if self.small and self.small.p50 and self.large.p50 else None

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "ratio": self.ratio, "growth": self.growth, "p50_growth": self.p50_growth}


@dataclass(frozen=True)
class Goal:
    """One line of the verdict."""

    what: str
    figure: float | None
    limit: float
    is_least: bool = False
    unit: str = ""

    @property
    def is_met(self) -> bool:
        if self.figure is None:
            return False
        return self.figure >= self.limit if self.is_least else self.figure <= self.limit

    @property
    def verdict(self) -> str:
        return "tercapai" if self.is_met else "gagal"


def goals_of(row: Row) -> Iterator[Goal]:
    """What one page promises."""
    page, name = row.page, f"{row.page.name} ({row.engine})"
    if page.least is not None:
        yield Goal(f"{name}: dibanding halaman kosong", round(row.ratio, 2), page.least, True, "x")
    if page.most_sql is not None:
        yield Goal(f"{name}: SQL", page.sql, page.most_sql)
    if page.most_bytes is not None:
        yield Goal(f"{name}: bita gzip", page.size, page.most_bytes)
    if page.grows and row.small:
        yield Goal(f"{name}: pertumbuhan p99", row.growth and round(row.growth, 2), MOST_GROWTH, unit="x")
    if page.form is not None:
        yield Goal(f"{name}: p99", row.large.p99 or None, MOST_FILING_P99, unit="ms")


def peer_goals(rows: list[Row]) -> Iterator[Goal]:
    """Times a peer's figure, after both were brought to the speed of the same machine by the bare list."""
    bare = next((row.bare.rps for row in rows if row.page.against == LIST), 0.0)
    if not bare:
        return
    found = {row.page.name: row.large.rps * REFERENCE_LIST / bare for row in rows}
    for peer in PEERS:
        if peer.held_against in found:
            times = round(found[peer.held_against] / peer.rps, 1)
            yield Goal(f"{peer.held_against} dibanding {peer.name}, {peer.page}", times, peer.times, True, "x")


def other_goals(engine: str, rows: list[Row], facts: dict[str, Any], memory: list[float]) -> Iterator[Goal]:
    """What holds for the portal as a whole; `memory` in MB from early to late."""
    bad = sum(each.bad for row in rows for each in (row.large, row.small) if each)
    yield Goal(f"Jawaban yang gagal ({engine})", bad, 0)
    yield Goal(f"CSS dan JavaScript ({engine})", facts["assets"], MOST_ASSETS, unit="B")
    yield Goal(f"Cari 20 terbaru, p95 ({engine})", round(facts["search_p95"], 1), MOST_SEARCH_MS, unit="ms")
    if memory:
        yield Goal(f"Memori pekerja ({engine})", round(memory[-1]), MOST_MEMORY, unit="MB")
        grown = round(memory[-1] / memory[0], 2) if memory[0] else None
        yield Goal(f"Memori pekerja, pertumbuhan ({engine})", grown, MOST_MEMORY_GROWTH, unit="x")
