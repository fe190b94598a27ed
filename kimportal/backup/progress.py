"""A sign of life every few seconds: a million rows take minutes."""

from __future__ import annotations

import time
from collections.abc import Callable

EVERY = 5.0  # seconds
Say = Callable[[str], object]


class Progress:
    """Counts one kind of thing and says now and then how far it is."""

    def __init__(self, say: Say, what: str, total: int) -> None:
        self.say, self.what, self.total = say, what, total
        self.done = 0
        self.told_at = time.monotonic()

    def add(self, number: int = 1) -> None:
        self.done += number
        if time.monotonic() - self.told_at >= EVERY:
            self.told_at = time.monotonic()
            self.say(f"  {self.what}: {dotted(self.done)} dari {dotted(self.total)}")


def dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")
