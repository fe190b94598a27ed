"""What a drill found, as a table and as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Row(NamedTuple):
    drill: str
    goal: str
    figure: str
    is_met: bool


def as_markdown(rows: Iterable[Row]) -> str:
    lines = ["| Drill | Goal | Figure | Verdict |", "|---|---|---|---|"]
    lines += [f"| {row.drill} | {row.goal} | {row.figure} | {'met' if row.is_met else 'MISSED'} |" for row in rows]
    return "\n".join(lines)
