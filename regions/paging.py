"""Pages by key: each page begins where the last one ended, so page 500 costs what page 1 costs. Never counts."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet

LONGEST_CURSOR = 400


@dataclass(frozen=True)
class Page:
    """The rows of one page and the cursors of its neighbours; None where there is no neighbour."""

    rows: list[Any]
    next_cursor: str | None = None
    previous_cursor: str | None = None

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def keyset_page(
    queryset: QuerySet[Any], cursor: str | None, size: int = 20, order: Sequence[str] = ("-created_at", "-id")
) -> Page:
    """One page of `queryset` in this order, whose last field must be unique; a malformed cursor gives the first page.

    The fields of `order` belong to the model itself and are never null.
    """
    backwards, values = _read(cursor, queryset.model, order)
    keys = [_flip(key) for key in order] if backwards else list(order)
    rows = queryset.order_by(*keys)
    if values:
        rows = rows.filter(_after(keys, values))
    found = list(rows[: size + 1])
    has_more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    if backwards and not found:  # nothing before: the first page
        return keyset_page(queryset, None, size, order)
    has_previous = has_more if backwards else bool(values)
    has_next = True if backwards else has_more
    return Page(
        found,
        _write("n", found[-1], order) if has_next and found else None,
        _write("p", found[0], order) if has_previous and found else None,
    )


def _flip(key: str) -> str:
    return key[1:] if key.startswith("-") else f"-{key}"


def _after(keys: Sequence[str], values: Sequence[Any]) -> Q:
    """Rows later than `values` in the order of `keys`.

    The first condition repeats what the rest implies, as one range: both databases then enter the index at that key.
    """
    first, later = keys[0].lstrip("-"), Q(pk__in=[])
    for index, key in enumerate(keys):
        same = dict(zip((name.lstrip("-") for name in keys[:index]), values, strict=False))
        side = "lt" if key.startswith("-") else "gt"
        later |= Q(**same, **{f"{key.lstrip('-')}__{side}": values[index]})
    side = "lte" if keys[0].startswith("-") else "gte"
    return Q(**{f"{first}__{side}": values[0]}) & later


def _write(direction: str, row: Model, order: Sequence[str]) -> str:
    values = [_plain(getattr(row, key.lstrip("-"))) for key in order]
    return base64.urlsafe_b64encode(json.dumps([direction, *values]).encode()).decode().rstrip("=")


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | str) else value.isoformat() if hasattr(value, "isoformat") else str(value)


def _read(cursor: str | None, model: type[Model], order: Sequence[str]) -> tuple[bool, list[Any]]:
    """The direction and key values of a cursor; (False, []) for none or a malformed one."""
    if not cursor or len(cursor) > LONGEST_CURSOR:
        return False, []
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        direction, *values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        fields = [model._meta.get_field(key.lstrip("-").replace("pk", model._meta.pk.name)) for key in order]
        keys = [_typed(field, value) for field, value in zip(fields, values, strict=True)]
    except (ValueError, TypeError, KeyError, binascii.Error, ValidationError, RecursionError, OverflowError):
        return False, []
    return direction == "p", keys


def _typed(field: Any, value: Any) -> Any:
    """The value as the field holds it; raises ValueError for anything its column could not."""
    if not isinstance(value, int | str) or "\0" in str(value):
        raise ValueError("not a key")
    str(value).encode()  # a lone surrogate
    key = field.to_python(value) if isinstance(field, Field) else value
    if isinstance(key, int) and not -(2**63) <= key < 2**63:
        raise ValueError("beyond the column")
    if isinstance(key, datetime):
        key = key.astimezone(UTC)  # the year 1 in Jayapura is no moment a database knows
    if key is None:
        raise ValueError("not a key")
    return key
