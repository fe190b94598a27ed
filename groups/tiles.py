"""The square map of the 38 provinces: one tile each, so that a small province counts as much as a large one."""

from __future__ import annotations

from typing import NamedTuple

SIDE, GAP = 100, 4

# Seven columns, so that the words can be read on a telephone 360 pixels wide.
DRAWING = """
Aceh    .       .       .       .       .       .
Sumut   Riau    Kepri   Kaltara Goront  Sulut   Malut
Sumbar  Jambi   Kalbar  Kaltim  Sulteng Maluku  PBD
Bengk   Sumsel  Kalteng Kalsel  Sulbar  Pabar   Papua
.       Lampg   Babel   .       Sulsel  Sultra  Pateng
.       DKI     .       .       .       Pasel   Papeg
Banten  Jabar   Jateng  Jatim   Bali    NTB     NTT
.       .       DIY     .       .       .       .
"""
SHORT_NAMES = {
    "11": "Aceh", "12": "Sumut", "13": "Sumbar", "14": "Riau", "15": "Jambi", "16": "Sumsel", "17": "Bengk",
    "18": "Lampg", "19": "Babel", "21": "Kepri", "31": "DKI", "32": "Jabar", "33": "Jateng", "34": "DIY",
    "35": "Jatim", "36": "Banten", "51": "Bali", "52": "NTB", "53": "NTT", "61": "Kalbar", "62": "Kalteng",
    "63": "Kalsel", "64": "Kaltim", "65": "Kaltara", "71": "Sulut", "72": "Sulteng", "73": "Sulsel", "74": "Sultra",
    "75": "Goront", "76": "Sulbar", "81": "Maluku", "82": "Malut", "91": "Papua", "92": "Pabar", "93": "Pasel",
    "94": "Pateng", "95": "Papeg", "96": "PBD",
}  # fmt: skip
PLACES = {
    short: (column, row)
    for row, line in enumerate(DRAWING.split("\n")[1:-1])
    for column, short in enumerate(line.split())
    if short != "."
}
CORNER = (6, 7)

# The least share of each class, in percent, and its words in the legend. The first is only for none at all.
CLASSES = (
    (0, "belum ada"),
    (0, "di bawah 10%"),
    (10, "10% sampai di bawah 25%"),
    (25, "25% sampai di bawah 50%"),
    (50, "50% atau lebih"),
)


class Tile(NamedTuple):
    """Where a province stands in the drawing, in its units."""

    short: str
    x: int
    y: int

    @property
    def middle(self) -> int:
        return self.x + (SIDE - GAP) // 2


def tile_for(code: str) -> Tile:
    """The tile of a province; one that is not drawn yet (after a split) stands in the free corner."""
    short = SHORT_NAMES.get(code, code)
    column, row = PLACES.get(short, CORNER)
    return Tile(short, column * SIDE, row * SIDE)


def class_of(covered: int, villages: int) -> int:
    """0 where there is none, else the last class whose least share is reached."""
    if not covered or not villages:
        return 0
    return max(number for number, (least, _) in enumerate(CLASSES) if covered * 100 >= least * villages)


def percent_words(covered: int, villages: int) -> str:
    """ "12%", "0,8%", "<0,1%"; never 0% while there is one, never 100% while one is missing."""
    if not covered or not villages:
        return "0%"
    tenths = covered * 1000 // villages
    if tenths < 1:
        return "<0,1%"
    return f"{tenths // 10},{tenths % 10}%" if tenths < 100 else f"{tenths // 10}%"
