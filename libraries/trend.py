"""The drawing of two years of one figure: a line that breaks where a month was not entered. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from libraries.growth import grouped

WIDTH, HEIGHT = 600, 200
LEFT, RIGHT, TOP, BOTTOM = 60, 10, 16, 34
NAMES = "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des".split()  # noqa: SIM905  reads as the year does


@dataclass(frozen=True)
class Point:
    month: date
    value: int
    x: int
    y: int


@dataclass(frozen=True)
class Trend:
    """What a template draws: unbroken runs of points, marks on the left, names below."""

    months: list[date]
    values: list[int | None]

    @property
    def top(self) -> int:
        """A round figure not below any value."""
        highest = max((value for value in self.values if value is not None), default=0)
        step = 1
        while highest > step * 10:
            step *= 10
        return max(step * -(-highest // step), 1)

    @property
    def points(self) -> list[Point | None]:
        across = WIDTH - LEFT - RIGHT
        down = HEIGHT - TOP - BOTTOM
        last = max(len(self.months) - 1, 1)
        return [
            None
            if value is None
            else Point(month, value, LEFT + place * across // last, HEIGHT - BOTTOM - value * down // self.top)
            for place, (month, value) in enumerate(zip(self.months, self.values, strict=True))
        ]

    @property
    def dots(self) -> list[Point]:
        return [point for point in self.points if point]

    @property
    def runs(self) -> list[str]:
        """Each unbroken run as the coordinates of a polyline; a lone month is a dot only."""
        found: list[list[Point]] = [[]]
        for point in self.points:
            if point is None:
                found.append([])
            else:
                found[-1].append(point)
        return [" ".join(f"{each.x},{each.y}" for each in run) for run in found if len(run) > 1]

    @property
    def marks(self) -> list[tuple[int, int, str]]:
        """(height of the line, height of its words, words) at nothing, half and top."""
        down = HEIGHT - TOP - BOTTOM
        parts = sorted({0, self.top // 2, self.top})
        heights = [(HEIGHT - BOTTOM - part * down // self.top, grouped(part)) for part in parts]
        return [(height, height + 6, words) for height, words in heights]

    @property
    def names(self) -> list[tuple[int, str]]:
        """Where the names of months stand: every sixth, and the last."""
        across, last = WIDTH - LEFT - RIGHT, max(len(self.months) - 1, 1)
        places = [place for place in range(0, last, 6) if last - place >= 4] + [last]
        return [
            (LEFT + place * across // last, f"{NAMES[self.months[place].month - 1]} {self.months[place]:%y}")
            for place in places
            if place < len(self.months)
        ]

    @property
    def rows(self) -> list[tuple[date, int | None]]:
        """The same as a table, newest first."""
        return list(reversed(list(zip(self.months, self.values, strict=True))))

    @property
    def is_empty(self) -> bool:
        return not self.dots


def trend_of(months: list[date], values: Mapping[date, int]) -> Trend:
    """The trend of these months; a month that has no value is a gap."""
    return Trend(months, [values.get(month) for month in months])
