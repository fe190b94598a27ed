"""Whose money a plan needs, and how much of it comes from the village itself. Pure.

Seed 002: "keswadayaan masyarakat ... sehingga mampu meminimalisir ketergantungan pada pihak-pihak luar". Self-reliance
= budget from within / whole budget (domain.md 7b). Within: what people bring up, and what the village decides about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from groups.models import FundSource
from libraries.growth import percent

WITHIN = frozenset({FundSource.OWN, FundSource.VILLAGE})


@dataclass(frozen=True)
class Funding:
    """Rupiah of a whole plan by source."""

    by_source: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.by_source.values())

    @property
    def own(self) -> int:
        return sum(amount for source, amount in self.by_source.items() if source in WITHIN)

    @property
    def share(self) -> str:
        """Self-reliance, "62,5%"; "" without a budget: nothing is not zero per cent."""
        if not self.total:
            return ""
        return percent(self.own, self.total) if self.own else "0%"

    @property
    def rows(self) -> list[tuple[str, int, bool]]:
        """(source in words, rupiah, whether it comes from within), in the order of the sources."""
        return [
            (label, self.by_source[code], code in WITHIN)
            for code, label in FundSource.choices
            if self.by_source.get(code)
        ]


def funding_of(parts: Iterable[tuple[str, int]]) -> Funding:
    """Add up (source, rupiah)."""
    sums: Counter[str] = Counter()
    for source, amount in parts:
        sums[source] += amount
    return Funding(dict(sums))
