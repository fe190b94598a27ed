"""Acting at another moment: events are chained and append-only, so their times cannot be moved afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils import timezone


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let `timezone.now()` say `moment`. For the seeder alone: it holds for the whole process."""
    real = timezone.now
    setattr(timezone, "now", lambda: moment)  # noqa: B010  a plain assignment to a function is refused by the types
    try:
        yield
    finally:
        setattr(timezone, "now", real)  # noqa: B010  as above
