"""Finding an area by what a person types: part of a name, a name and what lies above it, a code, another spelling."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Lookup, Q

from regions.folding import fold, sound_key, word_sound
from regions.models.codes import Kind, Level, is_code

if TYPE_CHECKING:
    from regions.models.area import Area, AreaQuerySet

SHORTEST = 3  # letters; fewer would list half the country
MOST_WORDS = 8
MOST_DISTRICTS = 5
# A word in front of the name, and what it says about the area.
VILLAGE_KINDS = (Kind.DESA, Kind.KELURAHAN, Kind.DESA_ADAT)
WORDS_BEFORE = {
    **dict.fromkeys(("provinsi", "prov"), Q(kind=Kind.PROVINCE)),
    **dict.fromkeys(("kabupaten", "kab"), Q(kind=Kind.KABUPATEN)),
    "kota": Q(kind=Kind.KOTA),
    **dict.fromkeys(("kecamatan", "kec", "distrik", "kapanewon", "kemantren"), Q(kind=Kind.DISTRICT)),
    **dict.fromkeys(("desa", "kelurahan", "kel", "nagari", "gampong", "kalurahan", "pekon"), Q(kind__in=VILLAGE_KINDS)),
    **dict.fromkeys(("kampung", "kampong", "dusun", "lembang", "tiyuh", "kute", "ohoi"), Q(kind__in=VILLAGE_KINDS)),
}
WORDS_BETWEEN = {"prov", "provinsi", "dan"}  # said before a province, but not part of its name
ABOVE_VILLAGES = (Level.PROVINCE, Level.REGENCY, Level.DISTRICT)


@CharField.register_lookup
class Prefix(Lookup):
    """Begins with these letters, by the index: a range on SQLite, whose LIKE reads the whole table."""

    lookup_name = "prefix"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        return f"({column} >= %s AND {column} < %s)", (*params, self.rhs, *params, f"{self.rhs}~")

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} LIKE %s", (*params, f"{connection.ops.prep_for_like_query(self.rhs)}%")


@dataclass(frozen=True)
class Found:
    """What a search found: at most `limit` areas, best first, and whether more match."""

    areas: list[Area]
    has_more: bool = False


def search(every: AreaQuerySet, areas: AreaQuerySet, words: str, limit: int) -> Found:
    """Look among `areas` in steps, from the exact spelling to the sound; the first that finds anything is the answer.

    "talang maur" is a name; "sidomulyo lampung" a name and an area above it; "kota payakumbuh" a kind and a name;
    "mungka" a village, and then the villages of the district, or of the city, of that name.
    `every` holds the areas above as well.
    """
    if is_code(code := words.strip().rstrip(".")):
        return found(list(areas.within(code).order_by("code")[: limit + 1]), limit)
    typed = [name for name in (fold(part).split()[:MOST_WORDS] for part in words.split(",", 1)) if name]
    if not typed or len("".join(typed[0])) < SHORTEST:
        return Found([])
    rows = collect(areas, typed, limit + 1)
    above = codes_named(without_kind(typed[0])) if len(typed) == 1 else []
    if not rows and not above:  # "depok sleman": no village, but a district and its regency
        above = list(collect(every.at_level(Level.DISTRICT), typed, MOST_DISTRICTS))
    if above:
        rows |= take(areas.filter(parent__in=above), rows, limit + 1)
    if above and not rows:  # "denpasar": no village and no district, but the villages of that city
        districts = list(every.filter(parent__in=above).values_list("code", flat=True))
        rows |= take(areas.filter(parent__in=districts), rows, limit + 1)
    return found(list(rows.values()), limit)


def collect(areas: AreaQuerySet, typed: list[list[str]], most: int) -> dict[str, Area]:
    """The areas of the first step that finds any, by code, best first."""
    rows: dict[str, Area] = {}
    for step in steps(*typed):
        for condition in step:
            rows |= take(areas.filter(condition), rows, most)
        if rows:
            break
    return rows


def take(areas: AreaQuerySet, rows: dict[str, Area], most: int) -> dict[str, Area]:
    """The first of these areas that are not among `rows` yet, so many that there are `most` in all."""
    if len(rows) >= most:
        return {}
    matches = areas.exclude(code__in=list(rows)).order_by("plain", "code")[: most - len(rows)]
    return {area.code: area for area in matches}


def found(rows: list[Area], limit: int) -> Found:
    return Found(rows[:limit], has_more=len(rows) > limit)


def without_kind(name: list[str]) -> list[str]:
    return name[1:] if len(name) > 1 and name[0] in WORDS_BEFORE else name


def steps(name: list[str], rest: list[str] | None = None) -> Iterator[Iterator[Q]]:
    """The conditions to try, best first: the whole as a name, without the word before it, then cut in two anywhere.

    What follows a comma lies above, so then nothing is cut.
    """
    above, kind, bare = lies_in(rest or []), WORDS_BEFORE.get(name[0], Q()), without_kind(name)
    yield (condition & above for condition in named(name))
    if bare != name:
        yield (condition & above & kind for condition in named(bare))
    if rest:
        return
    for words, also in [(name, Q()), (bare, kind)] if bare != name else [(name, Q())]:
        for cut in range(len(words) - 1, 0, -1):
            yield (condition & lies_in(words[cut:]) & also for condition in named(words[:cut]))


def named(name: list[str]) -> Iterator[Q]:
    """Another name of the area, the name as spelled, the name as it sounds; at least three letters of it."""
    plain, sound = "".join(name), sound_key(" ".join(name))
    if len(plain) >= SHORTEST and (codes := aliased(sound)):
        yield Q(code__in=codes)
    if len(plain) >= SHORTEST:
        yield Q(plain__prefix=plain)
    if len(sound) >= SHORTEST:
        yield Q(sound__prefix=sound)


def aliased(sound: str) -> list[str]:
    # Fetched first, as the lists below: within one statement the planner reads every village instead.
    from regions.models.naming import AreaAlias

    return list(AreaAlias.objects.filter(sound=sound).values_list("area_id", flat=True))


def codes_named(name: list[str]) -> list[str]:
    """The codes of districts, regencies and provinces of this name."""
    from regions.models.area import Area

    sound = sound_key(" ".join(name))
    areas = Area.objects.in_use().filter(level__in=ABOVE_VILLAGES, sound=sound)
    return [*areas.values_list("code", flat=True), *aliased(sound)]


def lies_in(words: list[str]) -> Q:
    """Each word begins a word of the names above, or all together begin one ("karang anyar", Karanganyar).

    The last letter of a longer word may be any: "bukik" begins "bukittinggi".
    """
    sounds = [word_sound(word) for word in words if word not in WORDS_BETWEEN]
    if not sounds:
        return Q()
    each = Q(*(Q(above__contains=f" {sound[:-1] if len(sound) > 3 else sound}") for sound in sounds))
    return each | Q(above__contains=f" {''.join(sounds)}")


@lru_cache(maxsize=8)  # sisters follow each other when the tree is loaded
def words_above(names: tuple[str, ...]) -> str:
    """What `lies_in` reads: every word of these names as it sounds, after a space, and each longer name in one."""
    words: list[str] = []
    for name in names:
        parts = fold(name).split()
        words += [*map(word_sound, parts), "".join(map(word_sound, without_kind(parts)))]
    return "".join(f" {word}" for word in dict.fromkeys(words))
