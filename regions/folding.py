"""Forgiving spelling: the ways people write one place become one key.

Two keys. `plain_key` only drops capitals, accents, marks and spaces ("Suka Maju" = "Sukamaju"). `sound_key` also joins
Minang, Javanese and Indonesian forms and the old orthography ("Tanjuang Bungo" = "Tanjung Bunga", "Soekabumi" =
"Sukabumi"). Both keep the order of letters, so that the beginning of a name folds to the beginning of its key.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Short and regional forms of whole words.
WORDS = {
    "sei": "sungai",
    "sungei": "sungai",
    "pulo": "pulau",
    "tj": "tanjung",
    "tg": "tanjung",
    "tjg": "tanjung",
    "gn": "gunung",
    "gng": "gunung",
    "kp": "kampung",
    "kpg": "kampung",
    "aie": "air",
    "aia": "air",
    "ayer": "air",
    "laweh": "lawas",
    "empat": "ampat",
    "st": "santo",
}
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
NUMBERS = {roman: str(value) for value, roman in enumerate(ROMAN, start=1)}

# Old orthography and pairs of sounds, in this order; then what Minang changes at the end of a word.
SOUNDS = (
    ("oe", "u"),
    ("dj", "j"),
    ("tj", "c"),
    ("dh", "d"),
    ("th", "t"),
    ("bh", "b"),
    ("kh", "k"),
    ("sy", "s"),
    ("v", "p"),
    ("f", "p"),
    ("z", "s"),
    ("q", "k"),
)
ENDING_ONG = re.compile(r"ong$")  # gunong, gampong, ujong
ENDING_STOP = re.compile(r"[tp]$")  # bukit and bukik, ampek and empat
ENDING_R = re.compile(r"(?<=[iu])r$")  # hilir and hilia, timur and timua
DOUBLED = re.compile(r"([a-z])\1+")


def fold(text: str) -> str:
    """Lower-case ASCII words joined by single spaces."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", " ", plain.replace("'", "")).strip()


def plain_key(text: str) -> str:
    """The name in one piece, as it is spelled."""
    return fold(text).replace(" ", "")


def sound_key(text: str) -> str:
    """The name in one piece, as it sounds."""
    return "".join(word_sound(word) for word in fold(text).split())


@lru_cache(maxsize=50_000)
def word_sound(word: str) -> str:
    """One word as it sounds: "tanjuang" and "tanjung" alike, "bungo" and "bunga", "bukik" and "bukit", "II" and "2"."""
    if word in NUMBERS:
        return NUMBERS[word]
    word = WORDS.get(word, word)
    for written, spoken in SOUNDS:
        word = word.replace(written, spoken)
    word = ENDING_ONG.sub("ung", word)
    word = re.sub("[oe]", "a", word)
    word = word.replace("ua", "u").replace("ia", "i")
    word = ENDING_STOP.sub("k", word)
    return DOUBLED.sub(r"\1", ENDING_R.sub("", word))
