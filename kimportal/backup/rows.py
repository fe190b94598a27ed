"""Rows as JSON lines and back, the same from SQLite and from PostgreSQL."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from graphlib import TopologicalSorter
from typing import Any
from uuid import UUID

from django.db import connection, models

PART_BYTES = 4 * 1024**2  # of JSON, before it is compressed
AT_ONCE = 500  # rows fetched, and rows written with one statement
LEFT_OUT = {"django_session"}  # nobody stays signed in through a restore
# Stored and read back as they are; everything else asks its field.
PLAIN = {
    *("CharField", "TextField", "SlugField", "BooleanField", "AutoField", "BigAutoField", "IntegerField"),
    *("BigIntegerField", "PositiveIntegerField", "PositiveSmallIntegerField", "SmallIntegerField"),
}


def tables(apps: Any) -> list[Any]:
    """The models of all tables that are carried, each after those it cannot do without."""
    every = [model for model in apps.get_models(include_auto_created=True) if is_carried(model)]
    needs = {
        model: {
            field.related_model
            for field in model._meta.concrete_fields
            if field.remote_field and not field.null and field.related_model is not model
        }
        for model in sorted(every, key=lambda model: model._meta.db_table)
    }
    return [model for model in TopologicalSorter(needs).static_order() if model in needs]


def is_carried(model: Any) -> bool:
    return model._meta.managed and not model._meta.proxy and model._meta.db_table not in LEFT_OUT


def columns(model: Any) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


# --- Out -------------------------------------------------------------------------------------------------------------
def parts(model: Any) -> Iterator[tuple[int, bytes]]:
    """The rows of a table by their key, as (number of rows, compressed JSON lines), each part a few megabytes."""
    lines: list[str] = []
    size = 0
    rows = model._base_manager.order_by("pk").values_list(*columns(model)).iterator(chunk_size=AT_ONCE)
    for row in rows:
        lines.append(as_line(row))
        size += len(lines[-1])
        if size >= PART_BYTES:
            yield len(lines), pack(lines)
            lines, size = [], 0
    if lines:
        yield len(lines), pack(lines)


def as_line(row: tuple[Any, ...]) -> str:
    """Sorted keys: PostgreSQL orders those of a JSON value in its own way."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=as_text)


def pack(lines: list[str]) -> bytes:
    return gzip.compress("\n".join(lines).encode("utf-8", "surrogatepass"), compresslevel=2, mtime=0)


def as_text(value: Any) -> str:
    """A moment always in UTC: the same row is the same line from both databases."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in an archive yet")


# --- In --------------------------------------------------------------------------------------------------------------
def unpack(content: bytes) -> list[list[Any]]:
    return [json.loads(line) for line in gzip.decompress(content).decode("utf-8", "surrogatepass").split("\n")]


class Inserter:
    """Writes rows of one table as they were: no default, no `save`, no time of now."""

    def __init__(self, model: Any, names: list[str]) -> None:
        fields = {field.attname: field for field in model._meta.concrete_fields}
        self.convert = [converter(fields[name]) for name in names]
        quote = connection.ops.quote_name
        self.into = ", ".join(quote(fields[name].column) for name in names)
        self.table = quote(model._meta.db_table)
        self.places = ", ".join(["%s"] * len(names))

    def insert(self, rows: list[list[Any]]) -> int:
        ready = [tuple(make(value) for make, value in zip(self.convert, row, strict=True)) for row in rows]
        with connection.cursor() as cursor:
            for start in range(0, len(ready), AT_ONCE):
                self._insert(cursor, ready[start : start + AT_ONCE])
        return len(ready)

    def _insert(self, cursor: Any, rows: list[tuple[Any, ...]]) -> None:
        statement = f"INSERT INTO {self.table} ({self.into}) VALUES "  # names of our own models  # nosec B608
        if connection.vendor == "sqlite":
            cursor.executemany(f"{statement}({self.places})", rows)
        else:  # one journey for all of them; psycopg2's executemany makes one a row
            every = ", ".join([f"({self.places})"] * len(rows))
            cursor.execute(statement + every, [value for row in rows for value in row])


def converter(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """What turns a value of the archive into one for this database."""
    target: Any = field
    while target.remote_field:
        target = target.target_field
    return same if target.get_internal_type() in PLAIN else partial(stored, target)


def same(value: Any) -> Any:
    return value


def stored(field: Any, value: Any) -> Any:
    return None if value is None else field.get_db_prep_save(field.to_python(value), connection)


def reset_sequences(every: Iterable[Any]) -> None:
    """PostgreSQL counts on behind the rows that were written with their keys."""
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(every)):
            cursor.execute(statement)
