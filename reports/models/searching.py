"""Finding reports by words, on both databases, newest first.

Two indexes that never mix: what is public (the published text and place) and what officers read (the original text and
place). SQLite keeps them as FTS5 tables filled by triggers, PostgreSQL as generated columns with GIN. Each row also
carries marks: its areas, category and state as single words ("a_1307"). A common word then meets its area inside the
index, and nothing but the newest matches is read (a sort of all matches costs 100 times more at a million reports).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import BigIntegerField, Lookup

from accounts.triggers import TriggerOperation
from regions.folding import fold
from regions.models import Area

MOST_WORDS = 8
LONGEST_WORD = 40
MOST_AREAS = 100  # "Sidomulyo" exists 98 times
NEWEST = 200  # matches a public search reads on SQLite; ten pages
SHORTEST_PREFIX = 3  # a shorter beginning would match half of all words
SHORTEST_ROOT = 4
EPOCH = 1_600_000_000  # keeps the number of a row below 63 bits until 2088

# FTS5 has no Indonesian stemming; a word is looked for with these beginnings and endings as well.
PREFIXES = ("", "ber", "ter", "di", "per", "pe", "me")
SUFFIXES = ("", "nya", "an", "kan")

Group = tuple[str, list[str], bool]  # a word, marks that stand for it as well, whether it may go on


@dataclass(frozen=True)
class Words:
    """What a person looks for: every group must be found, and every mark."""

    groups: list[Group]
    marks: list[str]
    since: datetime | None = None

    def fts5(self) -> str:
        return " AND ".join([*map(fts5_group, self.groups), *(f'"{mark}"' for mark in self.marks)])

    def tsquery(self) -> tuple[str, list[str]]:
        """SQL of a tsquery and its parameters; marks are no language, so they are not stemmed."""
        parts = [tsquery_group(*group) for group in self.groups] + [("%s::tsquery", [mark]) for mark in self.marks]
        return " && ".join(sql for sql, _ in parts), [value for _, values in parts for value in values]


def parse(words: str, marks: Iterable[str] = (), since: datetime | None = None) -> Words | None:
    """The words of a search, at most eight, the last one possibly unfinished; None where there is no word."""
    typed = [word[:LONGEST_WORD] for word in fold(words[:500]).split()[:MOST_WORDS]]
    if not typed:
        return None
    areas = area_marks(typed)
    last = len(typed) - 1
    groups = [
        (word, areas.get(place, []), place == last and len(word) >= SHORTEST_PREFIX) for place, word in enumerate(typed)
    ]
    return Words(groups, list(marks), since)


def area_marks(typed: Sequence[str]) -> dict[int, list[str]]:
    """The marks of areas whose name is made of some of these words, by the place of each word (one query)."""
    spans = [(start, end) for start in range(len(typed)) for end in range(start + 1, len(typed) + 1)]
    names = {"".join(typed[start:end]): range(start, end) for start, end in spans}
    found: dict[int, list[str]] = {}
    codes = Area.objects.in_use().at_level(None).filter(plain__in=list(names)).values_list("code", "plain")[:MOST_AREAS]
    for code, plain in codes:
        for place in names[plain]:
            found.setdefault(place, []).append(area_mark(code))
    return found


def area_mark(code: str) -> str:
    return f"a_{code.replace('.', '')}"


def category_mark(code: str) -> str:
    return f"k_{code.replace('-', '')}"


def status_mark(status: str) -> str:
    return f"s_{status}"


def forms(word: str) -> list[str]:
    """The word and its nearest relatives: "perbaikan" also finds "baik" and "diperbaiki" does not; a light hand."""
    bare = {word} | {word[: -len(end)] for end in SUFFIXES[1:] if word.endswith(end)}
    bare |= {each[len(start) :] for each in bare for start in PREFIXES[1:] if each.startswith(start)}
    roots = [each for each in sorted(bare) if len(each) >= SHORTEST_ROOT]
    return sorted({word} | {f"{start}{root}{end}" for root in roots for start in PREFIXES for end in SUFFIXES})


def fts5_group(group: Group) -> str:
    word, marks, may_go_on = group
    any_of = [f'"{form}"' for form in [*forms(word), *marks]]
    if may_go_on:
        any_of.append(f'"{word}" *')
    return f"({' OR '.join(any_of)})"


def tsquery_group(word: str, marks: list[str], may_go_on: bool) -> tuple[str, list[str]]:
    parts = [("to_tsquery('indonesian', %s)", word), *(("%s::tsquery", mark) for mark in marks)]
    if may_go_on:
        parts.append(("to_tsquery('simple', %s)", f"{word}:*"))  # a stemmer would cut an unfinished word
    return f"({' || '.join(sql for sql, _ in parts)})", [value for _, value in parts]


class WordsLookup(Lookup):
    """`pk__public_words=Words(...)`: the row's text in one of the two indexes holds these words."""

    prepare_rhs = False
    column = ""

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        key, params = self.process_lhs(compiler, connection)
        condition, values = f"{TABLES[self.column]} MATCH %s", [self.rhs.fts5()]
        if self.rhs.since:
            condition += " AND rowid >= %s"
            values.append((int(self.rhs.since.timestamp()) - EPOCH) << 32)
        return self.found(key, f"FROM {TABLES[self.column]} WHERE {condition}"), [*params, *values]

    def found(self, key: str, rows: str) -> str:
        """SQLite: that the report with this key is among these rows of the index."""
        raise NotImplementedError

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        key, _ = self.process_lhs(compiler, connection)
        query, values = self.rhs.tsquery()
        return f"{key.rpartition('.')[0]}.{self.column} @@ ({query})", values  # the column beside the key


@BigIntegerField.register_lookup
class PublicWords(WordsLookup):
    lookup_name = column = "public_words"

    def found(self, key: str, rows: str) -> str:
        """The row numbers of the index are in order of publication."""
        return f"{key} IN (SELECT report_id {rows} ORDER BY rowid DESC LIMIT {NEWEST})"  # our own names  # nosec B608


@BigIntegerField.register_lookup
class OfficerWords(WordsLookup):
    lookup_name = column = "officer_words"

    def found(self, key: str, rows: str) -> str:
        """By row number, which needs no row of the index: SQLite then walks the queue in its order and stops early.

        By key it fetched every match of the country first: 15 seconds for "jalan" among a million reports, now 0.07.
        """
        number = row_number(self.column, key.rpartition(".")[0]).replace("%", "%%")  # no place of a parameter
        return f"({number}) IN (SELECT rowid {rows})"  # our own names  # nosec B608


# --- What the migration makes ----------------------------------------------------------------------------------------
TABLES = {"public_words": "reports_public_words", "officer_words": "reports_officer_words"}
TEXTS = {"public_words": ("public_text", "public_place"), "officer_words": ("description", "place")}
MOMENTS = {"public_words": "published_at", "officer_words": "created_at"}
AREAS = ("province_code", "regency_code", "district_code", "area_id")
WATCHED = {
    "public_words": (*TEXTS["public_words"], "is_published", "published_at", "status", "category_id", *AREAS),
    "officer_words": (*TEXTS["officer_words"], "status", "category_id", *AREAS),
}


def document(index: str, row: str) -> list[str]:
    """SQL of the words of a row: its texts and what its category is called."""
    return [*(f"{row}.{field}" for field in TEXTS[index]), f"replace({row}.category_id, '-', ' ')"]


def mark_list(row: str) -> list[str]:
    areas = [f"'a_' || replace({row}.{field}, '.', '')" for field in AREAS]
    return [*areas, f"'k_' || replace({row}.category_id, '-', '')", f"'s_' || {row}.status"]


def row_number(index: str, row: str) -> str:
    """The second of publication (or the moment of filing, only a day where anonymous), then part of the random key."""
    return f"((strftime('%s', {row}.{MOMENTS[index]}) - {EPOCH}) << 32) | ({row}.id & 4294967295)"


def add_row(index: str, row: str, source: str = "") -> str:
    """SQLite: put one row (or with `source` all rows of a table) into an index."""
    words = " || ' ' || ".join([*document(index, row), *mark_list(row)])
    condition = f" WHERE {row}.is_published" if index == "public_words" else ""
    return (
        f"INSERT INTO {TABLES[index]} (rowid, words, report_id) "
        f"SELECT {row_number(index, row)}, {words}, {row}.id{source}{condition}"
    )


def remove_row(index: str, row: str) -> str:
    return f"DELETE FROM {TABLES[index]} WHERE rowid = {row_number(index, row)}"  # our own names  # nosec B608


class KeepWords(TriggerOperation):
    """SQLite: the triggers that keep the two FTS5 tables true. PostgreSQL needs none: its columns are generated."""

    def create(self, vendor: str) -> dict[str, list[str]]:
        if vendor != "sqlite":
            return {}
        return {name: [sql] for index in TABLES for name, sql in self.triggers(index)}

    def triggers(self, index: str) -> Iterable[tuple[str, str]]:
        table = TABLES[index]
        changed = " OR ".join(f"OLD.{field} IS NOT NEW.{field}" for field in WATCHED[index])
        bodies = {
            "INSERT": ("", [add_row(index, "NEW")]),
            "UPDATE": (f" WHEN {changed}", [remove_row(index, "OLD"), add_row(index, "NEW")]),
            "DELETE": ("", [remove_row(index, "OLD")]),
        }
        for change, (condition, steps) in bodies.items():
            name = f"{table}_{change.lower()}"
            body = "; ".join(steps)
            yield name, f"CREATE TRIGGER {name} AFTER {change} ON reports_report{condition} BEGIN {body}; END"

    def drop(self, vendor: str, name: str) -> str:
        return f"DROP TRIGGER IF EXISTS {name}"


def make_indexes(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for index in TABLES:
        for statement in postgresql_index(index) if schema_editor.connection.vendor == "postgresql" else fts5(index):
            schema_editor.execute(statement, None)


def drop_indexes(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for index, table in TABLES.items():
        drop = f"ALTER TABLE reports_report DROP COLUMN {index}" if on_postgresql else f"DROP TABLE {table}"
        schema_editor.execute(drop, None)


def fts5(index: str) -> list[str]:
    """Prefix indexes keep an unfinished common word as quick as a whole one; no positions: nobody asks for phrases."""
    table = TABLES[index]
    options = "tokenize = \"unicode61 remove_diacritics 2 tokenchars '_'\", prefix = '3 4 5 6', detail = none"
    return [
        f"CREATE VIRTUAL TABLE {table} USING fts5(words, report_id UNINDEXED, {options})",
        add_row(index, "r", " FROM reports_report r"),
    ]


def postgresql_index(index: str) -> list[str]:
    words = " || ' ' || ".join(document(index, "reports_report")).replace("reports_report.", "")
    marks = ", ".join(mark_list("reports_report")).replace("reports_report.", "")
    value = f"to_tsvector('indonesian', {words}) || array_to_tsvector(ARRAY[{marks}])"
    condition = ""
    if index == "public_words":
        value, condition = f"CASE WHEN is_published THEN {value} END", " WHERE is_published"
    return [
        f"ALTER TABLE reports_report ADD COLUMN {index} tsvector GENERATED ALWAYS AS ({value}) STORED",
        f"CREATE INDEX {TABLES[index]} ON reports_report USING gin ({index}){condition}",
    ]
