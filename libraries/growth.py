"""How a figure compares with another: growth against the same period last year, and the light against a target.

growth = (now - base) / base x 100. A base of 0 gives no percentage, only the difference; a missing month is a gap and
compares with nothing (domain.md 7, edge case 8). Pure.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Light(StrEnum):
    """Never told by colour alone: the label stands beside it."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    NONE = "none"

    @property
    def label(self) -> str:
        return {"green": "Tercapai", "yellow": "Hampir", "red": "Belum tercapai", "none": "Belum ada target"}[
            self.value
        ]


class Growth(NamedTuple):
    """A figure of now and of the same period a year before; None where it is not known."""

    now: int | None
    base: int | None

    @property
    def words(self) -> str:
        """ "naik 12,5%", "turun 3%", "tetap", "naik 40 dari 0", "belum ada pembanding"."""
        if self.now is None or self.base is None:
            return "belum ada pembanding"
        difference = self.now - self.base
        if not difference:
            return "tetap"
        direction = "naik" if difference > 0 else "turun"
        if not self.base:
            return f"{direction} {grouped(difference)} dari 0"
        return f"{direction} {percent(abs(difference), self.base)}"


def percent(part: int, whole: int) -> str:
    """ "12,5%", "3%", "<0,1%"; one place after the comma, rounded half up, none where it is 0."""
    tenths = (part * 2000 + whole) // (2 * whole)
    if not tenths:
        return "<0,1%"
    return f"{grouped(tenths // 10)},{tenths % 10}%" if tenths % 10 else f"{grouped(tenths // 10)}%"


def grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def light_for(figure: int | None, target: int | None, *, green_from: int, yellow_from: int) -> Light:
    """The light of a figure; the cut-offs are percent of the target."""
    if figure is None or not target:
        return Light.NONE
    share = figure * 100
    if share >= green_from * target:
        return Light.GREEN
    return Light.YELLOW if share >= yellow_from * target else Light.RED
