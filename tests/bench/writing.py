"""Rows by the thousand: what the models make, stored by COPY on PostgreSQL and executemany on SQLite.

No `save()` runs, so whoever fills a batch sets what `save()` would. Constraints, foreign keys and triggers stay in
force: what the database refuses from the portal it refuses from here.
"""

from __future__ import annotations

import io
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from operator import attrgetter
from typing import Any

from django.db import connection, models, transaction

from reports.models.searching import TABLES, KeepWords, add_row

Table = tuple[type[models.Model], bool]  # a model, and whether its rows bring their key
PLAIN = {str, int, bool, type(None)}
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Batch:
    """Rows by model in the order they must be stored, and what the batch adds to the counters."""

    def __init__(self) -> None:
        self.rows: dict[Table, list[tuple[Any, ...]]] = defaultdict(list)
        self.counts: Counter[Any] = Counter()
        self.facts: list[Any] = []  # what later batches want to know

    def add(self, *rows: models.Model) -> None:
        for row in rows:
            table = (type(row), row.pk is not None)
            self.rows[table].append(values_of(row, table))


@cache
def fields(table: Table) -> list[models.Field[Any, Any]]:
    """Those a row is written with: without its key where the database counts it."""
    model, has_key = table
    return [field for field in model._meta.concrete_fields if has_key or not field.primary_key]


@cache
def columns(table: Table) -> tuple[attrgetter[Any], list[Callable[[Any], Any]]]:
    """What reads a row's values at once, and for each column what turns its value into one the database takes."""
    return attrgetter(*(field.attname for field in fields(table))), [partial(prepare, field) for field in fields(table)]


def prepare(field: Any, value: Any) -> Any:
    return field.get_db_prep_save(value, connection)


def values_of(row: models.Model, table: Table) -> tuple[Any, ...]:
    read, to_database = columns(table)
    return tuple(
        value if type(value) in PLAIN else prepare_it(value)
        for value, prepare_it in zip(read(row), to_database, strict=True)
    )


def store(batch: Batch) -> None:
    """All rows of a batch in one transaction."""
    write = copy_in if connection.vendor == "postgresql" else insert_many
    with transaction.atomic(), connection.cursor() as cursor:
        for table, rows in batch.rows.items():
            write(cursor, target(table), rows)


def target(table: Table) -> str:
    names = ", ".join(f'"{field.column}"' for field in fields(table))
    return f'"{table[0]._meta.db_table}" ({names})'


def insert_many(cursor: Any, into: str, rows: list[tuple[Any, ...]]) -> None:
    places = ", ".join(["%s"] * len(rows[0]))
    cursor.executemany(f"INSERT INTO {into} VALUES ({places})", rows)


def copy_in(cursor: Any, into: str, rows: list[tuple[Any, ...]]) -> None:
    text = "".join("\t".join(map(copy_text, row)) + "\n" for row in rows)
    cursor.copy_expert(f"COPY {into} FROM STDIN", io.StringIO(text))


def copy_text(value: Any) -> str:
    """One value as COPY reads it."""
    if value is None:
        return "\\N"
    if hasattr(value, "adapted"):  # psycopg2's wrapper of JSON
        value = json.dumps(value.adapted)
    return str(value).translate(ESCAPES)


# --- What is rebuilt once instead of kept row by row -----------------------------------------------------------------
@contextmanager
def indexes_away(tables: Iterable[str]) -> Iterator[None]:
    """Take away the indexes that carry no constraint of the table, and make them again at the end, each in one go."""
    names = list(tables)
    with connection.cursor() as cursor:
        found = (
            postgresql_indexes(cursor, names) if connection.vendor == "postgresql" else sqlite_indexes(cursor, names)
        )
        for name, _ in found:
            cursor.execute(f'DROP INDEX "{name}"')
    yield
    for _, statement in found:
        with connection.cursor() as cursor:
            cursor.execute(statement)


def postgresql_indexes(cursor: Any, tables: list[str]) -> list[tuple[str, str]]:
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY(%s)"
        " AND indexname NOT IN (SELECT conname FROM pg_constraint)",
        [tables],
    )
    return list(cursor.fetchall())


def sqlite_indexes(cursor: Any, tables: list[str]) -> list[tuple[str, str]]:
    places = ", ".join(["%s"] * len(tables))
    cursor.execute(
        f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({places})",
        tables,
    )
    return list(cursor.fetchall())


@contextmanager
def words_away() -> Iterator[None]:
    """SQLite: fill the two full text tables once, in the order of their row numbers, which is what FTS5 wants."""
    if connection.vendor == "postgresql":
        yield
        return
    triggers = KeepWords()
    with connection.schema_editor() as editor:
        triggers.remove(editor)
    yield
    with transaction.atomic(), connection.cursor() as cursor:
        for index, table in TABLES.items():
            cursor.execute(f"DELETE FROM {table}")
            cursor.execute(add_row(index, "r", " FROM reports_report r") + " ORDER BY 1")
    with connection.schema_editor() as editor:
        triggers.install(editor)


def set_sequences(tables: Iterable[type[models.Model]]) -> None:
    """PostgreSQL: the next row gets a number after those written here."""
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables)):
            cursor.execute(statement)


HURRIED = (
    "synchronous = OFF",
    "cache_size = -3000000",
    "temp_store = MEMORY",
    "secure_delete = OFF",
    "foreign_keys = OFF",
)


def hurry() -> None:
    """For this connection: nothing is lost that cannot be made again, so nothing waits for the disk.

    SQLite looks for the children of every new row while some row still waits for its parent; without their indexes
    that reads whole tables, so the references are checked once, at the end.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET synchronous_commit = off")
            cursor.execute("SET maintenance_work_mem = '1GB'")
            return
        for pragma in HURRIED:
            cursor.execute(f"PRAGMA {pragma}")


def analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
