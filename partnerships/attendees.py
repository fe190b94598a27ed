"""From a pasted list of participants to lines, one an institution or group. Pure: a person confirms what they find.

People paste minutes, letters and chats: names hold commas ("Dinas Koperasi, Usaha Kecil dan Menengah"), commas are
missing, list letters and doubled spaces remain, everyone is named twice, the sentence before the list comes along.
A separator therefore parts two names only where the next words can begin one or the last name is whole. What is taken
for no participant is handed back as `skipped`, so that no word is lost unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from groups.gatherings import line_key
from partnerships import attendee_words as lexicon
from partnerships.attendee_words import JOINTS, OFFICES, REGIONS

MOST_LETTERS = 50_000  # of one text; what comes after them is handed back unread
LONGEST_NAME = 40  # tokens looked at; no institution is called so long
LONGEST_REGION = 8
LONG_LINE = 50  # letters: a longer line may have been broken by the page it was copied from

BULLET = re.compile(r"^\s*(?:[-–—•*·▪►✓]+|\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})[.)])\s+(?=\S)")
TOKEN = re.compile(r"[,;:()\[\]]|[^\s,;:()\[\]]+")
MARK = re.compile(r"^\(?(\d{1,3}|[a-z])[.)]$")


@dataclass(frozen=True)
class Line:
    """One participant: the words, the known institution they name, and every place of the text they stood in."""

    text: str
    institution: int | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Parsed:
    """What a text holds: participants in the order of the text, and the words taken for none."""

    lines: list[Line] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Known:
    """Institutions by the ways to write them, as keys of `line_key`; a key of two institutions names neither."""

    by_key: Mapping[str, int | None] = field(default_factory=dict)
    beginnings: frozenset[str] = frozenset()

    @classmethod
    def of(cls, names: Iterable[tuple[int, str]]) -> Known:
        found: dict[str, int | None] = {}
        for number, name in names:
            key = line_key(name)
            found[key] = number if found.get(key, number) == number else None
        found.pop("", None)
        words = [key.split() for key in found]
        return cls(found, frozenset(" ".join(each[:end]) for each in words for end in range(1, len(each) + 1)))

    def number(self, text: str) -> int | None:
        return self.by_key.get(line_key(text))

    def begins(self, tokens: list[str]) -> bool:
        """Whether these tokens begin with the whole name of a known institution."""
        key = ""
        for token in tokens:
            key = f"{key} {line_key(token)}".strip()
            if key in self.by_key:
                return True
            if key not in self.beginnings:
                return False
        return False


# --- The text ---------------------------------------------------------------------------------------------------------
def parse(text: str, known: Known | None = None) -> Parsed:
    """Participants and skipped words, both in the order of the text; who is named twice is one line."""
    text, rest = cut(text)
    reader = Reader(known or Known(), is_cased=text != text.lower())
    found: dict[str, list[str]] = {}
    skipped: list[str] = []
    for is_name, piece in reader.pieces(text):
        key = line_key(piece)
        if is_name and set(key.split()) - JOINTS:
            found.setdefault(key, []).append(piece)
        elif key:
            skipped.append(piece)
    skipped += [rest] * bool(rest)
    lines = [Line(pieces[0], reader.known.number(pieces[0]), tuple(pieces)) for pieces in found.values()]
    return Parsed(lines, skipped)


def cut(text: str) -> tuple[str, str]:
    """What is read, and what is too much, parted between two words."""
    if len(text) <= MOST_LETTERS:
        return text, ""
    end = max(text.rfind(" ", 0, MOST_LETTERS), text.rfind("\n", 0, MOST_LETTERS))
    end = end if end > 0 else MOST_LETTERS
    return text[:end], text[end:].strip()


def loosen(text: str) -> str:
    """Put the blanks back that copying lost: "h.Universitas", "Bali.Peserta"."""
    text = re.sub(r"(?<=[a-z]{3})\.(?=[A-Z])", ". ", text.replace("\0", "").replace("\u00a0", " "))
    return re.sub(r"(?:(?<=\s)|(?<=^))(\(?(?:[a-z]|\d{1,3})[.)])(?=[A-Z])", r"\1 ", text)


def words_of(token: str) -> str:
    return token.strip(".()[]\"'“”").lower()


def as_text(tokens: list[str]) -> str:
    """Tokens as people write them."""
    joined = re.sub(r" (?=[,;:)\]])|(?<=[(\[]) ", "", " ".join(tokens))
    return joined.strip(" ,;:-–")


class Reader:
    """Cuts one text. `is_cased` says whether capitals mean anything in it."""

    def __init__(self, known: Known, *, is_cased: bool) -> None:
        self.known, self.is_cased = known, is_cased

    def pieces(self, text: str) -> Iterator[tuple[bool, str]]:
        """Every part of the text: whether it is a name, and its words."""
        for is_item, tokens in self.units(loosen(text).splitlines()):
            for sentence in sentences(tokens):
                lead, rest = ([], sentence) if is_item else self.without_lead(sentence)
                if lead:
                    yield False, as_text(lead)
                if not is_item and rest and self.is_prose(rest, after_lead=bool(lead)):
                    yield False, as_text(rest)
                else:
                    yield from ((True, trimmed(name)) for name in self.names(rest))

    def units(self, lines: list[str]) -> Iterator[tuple[bool, list[str]]]:
        """Lines, put together again where the page broke them; and whether each is an item of a list."""
        is_item, length = False, 0
        tokens: list[str] = []
        for line in lines:
            bullet = BULLET.match(line)
            following = TOKEN.findall(line[bullet.end() :] if bullet else line)
            if bullet or not following or not tokens or not self.goes_on(tokens, following, length):
                if tokens:
                    yield is_item, tokens
                is_item, tokens = bool(bullet), []
            tokens += following
            length = len(line)
        if tokens:
            yield is_item, tokens

    def goes_on(self, before: list[str], after: list[str], length: int) -> bool:
        """Whether a new line continues the one before."""
        if words_of(before[-1]) in lexicon.HANGING:
            return True
        if length < LONG_LINE or before[-1].endswith((".", ";", ":")):
            return False
        return not self.starts(after, 0)

    def without_lead(self, tokens: list[str]) -> tuple[list[str], list[str]]:
        """The words up to "terdiri dari", "dihadiri oleh", "Peserta:", and those after."""
        words = [words_of(token) for token in tokens]
        end, is_heading = 0, False
        for place, word in enumerate(words):
            if end and tokens[place] in {",", ";"}:
                break
            is_heading = is_heading or word in lexicon.HEADINGS
            if tuple(words[place : place + 2]) in lexicon.LEADS:
                end = place + 2
            elif word in lexicon.SHORT_LEADS:
                end = max(end, place + 1)
            elif tokens[place] == ":" and is_heading:
                end = place + 1
        while end and end < len(tokens) and tokens[end] == ":":
            end += 1
        return tokens[:end], tokens[end:]

    def is_prose(self, tokens: list[str], *, after_lead: bool) -> bool:
        """A sentence about the meeting, or a heading; no list."""
        told = sum(words_of(token) in lexicon.PROSE for token in tokens)
        if after_lead or told > 1:
            return told > 1
        return tokens[-1] == ":" or (told == 1 and not self.starts(tokens, 0))

    # --- One sentence -------------------------------------------------------------------------------------------------
    def names(self, tokens: list[str]) -> Iterator[list[str]]:
        """Cut one list into names; separators and list letters stay outside them."""
        inside, place = brackets(tokens), 0
        name: list[str] = []
        while place < len(tokens):
            width = 0 if inside[place] else self.joint_at(tokens, place)
            ends = bool(name) and not inside[place] and self.parts(tokens, place, width, name)
            if ends or (not name and width):
                yield from [name] * bool(name)
                name, place = [], place + width
                if width:
                    continue
            name += tokens[place : place + max(width, 1)]
            place += max(width, 1)
        yield from [name] * bool(name)

    def joint_at(self, tokens: list[str], place: int) -> int:
        """How many tokens part two names here, if anything does: ", dan", ";", "h."."""
        end = place
        while end < len(tokens) and (tokens[end] == ";" or words_of(tokens[end]) in JOINTS):
            end += 1
        if end < len(tokens) and MARK.match(tokens[end]) and self.starts(tokens, end + 1):
            end += 1
        return end - place

    def parts(self, tokens: list[str], place: int, width: int, name: list[str]) -> bool:
        """Whether `name` ends before tokens[place], where a joint of `width` tokens stands (0: none)."""
        after = place + width
        if not width:
            return self.starts(tokens, place) and self.is_whole(name)
        joint = [words_of(token) for token in tokens[place:after]]
        if after >= len(tokens) or ";" in joint or self.starts(tokens, after) or MARK.match(tokens[after - 1]):
            return True
        is_open = words_of(name[0]) in OFFICES and not self.is_whole(name)
        if "," not in joint:
            return not is_open and self.is_weak_start(tokens, after)
        if lexicon.DEGREE.match(tokens[after]):
            return False
        return self.is_weak_start(tokens, after) or (not is_open and self.is_name(tokens[after]))

    def is_name(self, token: str) -> bool:
        return not self.is_cased or not token[0].islower()

    def starts(self, tokens: list[str], place: int) -> bool:
        """Whether a name begins here for sure."""
        if place >= len(tokens):
            return False
        word = words_of(tokens[place])
        following = words_of(tokens[place + 1]) if place + 1 < len(tokens) else ""
        before = words_of(tokens[place - 1]) if place else ""
        is_start = word in lexicon.STRONG and (before == "," or self.is_name(tokens[place]))
        if before in JOINTS and word in lexicon.PEOPLE:
            return True
        if is_start and following in lexicon.NOT_ALONE.get(word, {following}):
            return True
        return self.known.begins(tokens[place : place + LONGEST_NAME])

    def is_weak_start(self, tokens: list[str], place: int) -> bool:
        """A word that may begin a name, followed by what it is called."""
        if place + 1 >= len(tokens) or words_of(tokens[place]) not in lexicon.WEAK:
            return False
        following = tokens[place + 1]
        return following[0].isalnum() and words_of(following) not in JOINTS and self.is_name(following)

    def is_whole(self, name: list[str]) -> bool:
        """Whether the name tells its region already, or is a known one."""
        last = name[max(1, len(name) - LONGEST_REGION) :]
        for token, following in pairwise(last):
            if words_of(token) in REGIONS and words_of(following) not in JOINTS and following[0].isalnum():
                return True
        return any(token.lower().startswith("se-") for token in last) or (
            len(name) <= LONGEST_NAME and self.known.number(as_text(name)) is not None
        )


def sentences(tokens: list[str]) -> Iterator[list[str]]:
    """Cut at full stops that end a sentence; "Prov." and "h." end none."""
    begun = 0
    for place, token in enumerate(tokens):
        word = words_of(token)
        if (
            token.endswith(".")
            and len(word) > 1
            and word not in lexicon.ABBREVIATIONS
            and not lexicon.DEGREE.match(token)
        ):
            yield tokens[begun : place + 1]
            begun = place + 1
    if tokens[begun:]:
        yield tokens[begun:]


def brackets(tokens: list[str]) -> list[bool]:
    """Which tokens stand in brackets that are closed again: a comma there parts nothing."""
    inside = [False] * len(tokens)
    opened: list[int] = []
    for place, token in enumerate(tokens):
        if token in "([":
            opened.append(place)
        elif token in ")]" and opened:
            begun = opened.pop()
            if not opened:
                inside[begun : place + 1] = [True] * (place + 1 - begun)
    return inside


def trimmed(name: list[str]) -> str:
    """The name without the full stop of its sentence."""
    text = as_text(name)
    return text[:-1] if text.endswith(".") and words_of(name[-1]) not in lexicon.ABBREVIATIONS else text
