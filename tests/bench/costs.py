"""What a page's time is spent on: `BENCH_ROWS=10000 python -m tests.bench.costs [PART OF A NAME ...]`.

Own time of every function, in this process, by the layer it belongs to; what Python's own functions take counts for
the layer that calls them. The profiler slows all layers, so read the shares and not the milliseconds.
"""

from __future__ import annotations

import cProfile
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pstats import Stats
from typing import Any
from uuid import uuid4

from tests.bench.databases import Database
from tests.bench.page import Page

TIMES = 100
LAYERS = (
    ("basis data", ("method 'execute'", "SQLiteCursorWrapper.execute", "fetchmany", "method 'commit'")),
    ("ORM", ("django/db/", "psycopg2", "django_filters")),
    ("templat", ("django/template", "django/utils/html", "django/utils/safestring", "templatetags")),
    ("alamat", ("django/urls", "django/utils/regex_helper")),
    ("formulir", ("django/forms", "django/utils/datastructures")),
    ("admin", ("django/contrib/admin",)),
    ("tengah", ("middleware", "django/core/handlers", "django/http", "whitenoise", "csp/", "django/middleware")),
    ("alat Django", ("django/utils", "asgiref")),
)
OWN, REST = "kode portal", "lain-lain"
ROOMS = ("accounts/", "groups/", "kimportal/", "libraries/", "partnerships/", "regions/", "reports/", "uploads/")


def layer_of(file: str, name: str, root: str) -> str | None:
    """The layer of a function; None for one of Python's own."""
    said = f"{file}:{name}"
    for layer, parts in LAYERS:
        if any(part in said for part in parts):
            return layer
    if "site-packages" not in file and file.startswith(tuple(f"{root}/{room}" for room in ROOMS)):
        return OWN
    return REST if "site-packages" in file else None


def shares(stats: Stats, root: str) -> Counter[str]:
    """Seconds by layer."""
    found: Counter[str] = Counter()
    for (file, _, name), (_, _, own, _, callers) in stats.stats.items():  # type: ignore[attr-defined]  undocumented
        layer = layer_of(file, name, root)
        if layer:
            found[layer] += own
            continue
        for (calling_file, _, calling), values in callers.items():
            found[layer_of(calling_file, calling, root) or REST] += values[2]
    return found


def profiled(ask: Callable[[], object]) -> tuple[float, Counter[str]]:
    """Milliseconds of CPU for one answer without the profiler, and what share each layer has with it."""
    for _ in range(5):
        ask()
    begun = time.process_time()
    for _ in range(TIMES):
        ask()
    spent = (time.process_time() - begun) / TIMES * 1000
    profile = cProfile.Profile(time.process_time)
    profile.enable()
    for _ in range(TIMES):
        ask()
    profile.disable()
    return spent, shares(Stats(profile), os.getcwd())


def line(page: Page, spent: float, found: Counter[str]) -> str:
    total = sum(found.values())
    parts = [f"{layer} {seconds / total:.0%}" for layer, seconds in found.most_common() if seconds / total >= 0.02]
    return f"| {page.name} | {spent:.1f} ms | {page.sql} | {', '.join(parts)} |"


def here(names: list[str]) -> None:
    """In a process that has the settings of the measured server."""
    import django

    django.setup()
    from django.test import Client

    from tests.bench.pages import count, pages

    print("| Halaman | CPU | SQL | bagian |\n|---|---:|---:|---|")
    for page in pages():
        if any(name.lower() in page.name.lower() for name in names or [""]):
            count(page)
            print(line(page, *profiled(asking(page, Client(headers=page.headers)))))


def asking(page: Page, client: Any) -> Callable[[], object]:
    """One more request for this page; a form is sent under a new key each time."""
    host = {"SERVER_NAME": "127.0.0.1"}
    form = page.form
    if form is None:
        return lambda: client.get(page.path, **host)
    return lambda: client.post(
        page.path, {name: text.replace("{uuid}", str(uuid4())) for name, text in form.items()}, **host
    )


def main() -> int:
    if os.environ.get("DJANGO_SETTINGS_MODULE"):
        here(sys.argv[1:])
        return 0
    rows, engine = os.environ.get("BENCH_ROWS", "10000"), os.environ.get("BENCH_DATABASES", "sqlite")
    database = Database(engine.split(",")[0], int(rows.split(",")[-1]))
    database.prepare()
    env = {**database.env(), "DJANGO_SETTINGS_MODULE": "kimportal.settings"}
    return subprocess.run([sys.executable, "-m", "tests.bench.costs", *sys.argv[1:]], env=env).returncode


if __name__ == "__main__":
    sys.exit(main())
