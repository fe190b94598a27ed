"""One measured address. Nothing here needs Django: the measuring side runs without it."""

from __future__ import annotations

from dataclasses import dataclass, field

LIST, SIGNED, DETAIL, SMALL, POST = "list", "signed", "detail", "small", "post"
PAGES = 37  # as many as pages.py names
FRESH = {"Cookie": "bench=1"}  # any cookie of the visitor's keeps the answer out of the shared page cache
PROXY = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "10.1.2.3", "Accept-Encoding": "gzip"}


@dataclass
class Page:
    """One address with the bare page it is held against, and what it may cost."""

    name: str
    path: str
    against: str
    least: float | None = None  # share of the bare page's requests a second
    most_sql: int | None = None
    most_bytes: int | None = None  # gzip
    grows: bool = False  # held to the growth of p99 with the rows
    headers: dict[str, str] = field(default_factory=lambda: {**PROXY, **FRESH})
    form: dict[str, str] | None = None
    sql: int = 0
    size: int = 0
    status: int = 0
