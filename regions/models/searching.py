"""Finding an area by what a person types: part of a name, a name and what lies above it, a code, another spelling."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Lookup, Q

from regions.folding import fold, sound_key, word_sound
from regions.models.codes import Kind, Level, is_code

if TYPE_CHECKING:
    from regions.models.area import Area, AreaQuerySet

SHORTEST = 3  # letters; fewer would list half the country
MOST_WORDS = 8
# A word in front of the name, and what it says about the area.
WORDS_BEFORE = {
    **dict.fromkeys(("provinsi", "prov"), Q(level=Level.PROVINCE)),
    **dict.fromkeys(("kabupaten", "kab"), Q(kind=Kind.KABUPATEN)),
    "kota": Q(kind=Kind.KOTA),
    **dict.fromkeys(("kecamatan", "kec", "distrik", "kapanewon", "kemantren"), Q(level=Level.DISTRICT)),
    **dict.fromkeys(("desa", "kelurahan", "kel", "nagari", "gampong", "kalurahan", "pekon"), Q(level=Level.VILLAGE)),
    **dict.fromkeys(("kampung", "kampong", "dusun", "lembang", "tiyuh", "kute", "ohoi"), Q(level=Level.VILLAGE)),
}
WORDS_BETWEEN = {"prov", "provinsi", "dan"}  # said before a province, but not part of its name
ABOVE_VILLAGES = (Level.PROVINCE, Level.REGENCY, Level.DISTRICT)


@CharField.register_lookup
class Prefix(Lookup):
    """Begins with these letters, by the index: a range on SQLite, whose LIKE reads the whole table."""

    lookup_name = "prefix"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        return f"({column} >= %s AND {column} < %s)", [*params, self.rhs, *params, f"{self.rhs}~"]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} LIKE %s", [*params, f"{connection.ops.prep_for_like_query(self.rhs)}%"]


@dataclass(frozen=True)
class Found:
    """What a search found: at most `limit` areas, best first, and whether more match."""

    areas: list[Area]
    has_more: bool = False


def search(areas: AreaQuerySet, words: str, limit: int) -> Found:
    """Look in steps, from the exact spelling to the sound; the first steps that find anything are the answer.

    "talang maur" is a name; "sidomulyo lampung" a name and an area above it; "kota payakumbuh" a kind and a name;
    "mungka" a village, and then the villages of the district of that name.
    """
    if is_code(code := words.strip().rstrip(".")):
        return found(list(areas.within(code).order_by("code")[: limit + 1]), limit)
    typed = [name for name in (fold(part).split()[:MOST_WORDS] for part in words.split(",", 1)) if name]
    if not typed or len("".join(typed[0])) < SHORTEST:
        return Found([])
    rows: dict[str, Area] = {}
    for step in steps(*typed):
        for condition in step:
            if (missing := limit + 1 - len(rows)) > 0:
                matches = areas.filter(condition).exclude(code__in=list(rows)).order_by("plain", "code")[:missing]
                rows.update({area.code: area for area in matches})
        if rows:
            break
    if len(typed) == 1 and (missing := limit + 1 - len(rows)) > 0:
        rows.update({area.code: area for area in parts_of(areas, typed[0]).exclude(code__in=list(rows))[:missing]})
    return found(list(rows.values()), limit)


def found(rows: list[Area], limit: int) -> Found:
    return Found(rows[:limit], has_more=len(rows) > limit)


def steps(name: list[str], rest: list[str] | None = None) -> Iterator[list[Q]]:
    """The conditions to try. What stands after a comma lies above; without a comma every cut is tried, longest first."""
    cuts = [len(name)] if rest else range(len(name), 0, -1)
    for cut in cuts:
        above = lies_in([*name[cut:], *(rest or ())])
        if len("".join(name[:cut])) >= SHORTEST:
            yield [condition & above for condition in named(name[:cut])]
    if len(name) > 1 and name[0] in WORDS_BEFORE:
        for step in steps(name[1:], rest):
            yield [condition & WORDS_BEFORE[name[0]] for condition in step]


def named(name: list[str]) -> list[Q]:
    """The name as spelled, as it sounds, and as another name of the area."""
    from regions.models.naming import AreaAlias

    sound = sound_key(" ".join(name))
    aliases = AreaAlias.objects.filter(sound__prefix=sound).values("area_id")
    return [Q(plain__prefix="".join(name)), Q(sound__prefix=sound), Q(code__in=aliases)]


def lies_in(words: list[str]) -> Q:
    """Every word occurs in a name above. The last letter of "bukik" may be any in "bukittinggi"."""
    sounds = (word_sound(word) for word in words if word not in WORDS_BETWEEN)
    return Q(*(Q(above__contains=sound[:-1] if len(sound) > 3 else sound) for sound in sounds))


def parts_of(areas: AreaQuerySet, name: list[str]) -> AreaQuerySet:
    """What lies directly in the districts, regencies or provinces of this name."""
    from regions.models.area import Area

    bare = name[1:] if len(name) > 1 and name[0] in WORDS_BEFORE else name
    parents = Area.objects.in_use().filter(level__in=ABOVE_VILLAGES, sound=sound_key(" ".join(bare)))
    return areas.filter(parent__in=parents.values("code")).order_by("plain", "code")
