"""`make bench`: measure the portal against bare Django pages, in turns, and hold the figures against the goals.

Set by the environment: BENCH_ROWS (10000,1000000), BENCH_DATABASES (sqlite,postgres), BENCH_SECONDS of one shot (2),
BENCH_TRIES (2), BENCH_REQUESTS for the memory (10000), BENCH_DIR (/tmp/bench), BENCH_PAGES (a part of their names).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.bench import goals, table
from tests.bench.databases import Database, bench_dir, postgres_answers, short
from tests.bench.goals import Goal, Row
from tests.bench.lighthouse import lighthouse_goals
from tests.bench.load import Foreign, Result, Shot, measure
from tests.bench.page import DETAIL, LIST, PAGES, POST, SIGNED, SMALL, Page
from tests.bench.servers import CONTROL, PORTAL, REFERENCE, Server

LOUD, SLOW = 8, 1.15  # other programs' percent and the host's slowness above which one more try is made
BARE_SECONDS = 1


def setting(name: str, default: str) -> str:
    return os.environ.get(f"BENCH_{name}", default)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


class Engine:
    """One engine: its databases served at once, small and large, and the bare pages beside them."""

    def __init__(self, name: str, sizes: list[int], app: str = PORTAL) -> None:
        self.name, self.app = name, app
        self.databases = [Database(name, rows) for rows in sorted(sizes)]
        self.facts: dict[int, dict[str, Any]] = {}
        self.rows: list[Row] = []
        self.memory: list[float] = []
        self.extra: list[Goal] = []

    def prepare(self) -> None:
        for database in self.databases:
            say(f"Menyiapkan {database.folder.name} …")
            self.reference = database.prepare().split(maxsplit=1)
            control = ["--control"] if self.app == CONTROL else []
            facts = json.loads(database.run("-m", "tests.bench.pages", *control, capture=True))
            self.facts[database.rows] = facts
        self.large = self.databases[-1]
        self.small = self.databases[0] if len(self.databases) > 1 else None

    def pages(self, database: Database, part: str) -> dict[str, Page]:
        found = (Page(**values) for values in self.facts[database.rows]["pages"])
        return {page.name: page for page in found if part.lower() in page.name.lower()}

    def measure(self, part: str, note: Callable[[], None]) -> None:
        with Server(self.large, self.app) as large, Server(self.large, REFERENCE) as bare:
            small = Server(self.small, self.app).__enter__() if self.small else None
            try:
                for name, page in self.pages(self.large, part).items():
                    other = self.pages(self.small, part)[name] if self.small else None
                    self.rows.append(self.row(page, large, bare, other, small))
                    note()
            finally:
                if small:
                    small.__exit__()
            if self.app == PORTAL and not part:
                self.extra += lighthouse_goals(self.name, large.origin, self.pages(self.large, ""))
        if self.app == PORTAL and not part:
            self.memory = self.hold()

    def row(self, page: Page, large: Server, bare: Server, other: Page | None, small: Server | None) -> Row:
        """Bare, small, large, and again; of each the best try, since whatever disturbs only slows."""
        shots = [(self.bare_shot(page.against, bare), BARE_SECONDS)]
        if small and other:
            shots.append((shot_of(other, small), seconds()))
        shots.append((shot_of(page, large), seconds()))
        tries: list[list[Result]] = []
        row = Row(self.name, page, *(Result(0, 0, 0, 0),) * 2)
        row.slow, row.foreign = float("inf"), 100
        for attempt in range(int(setting("TRIES", "2")) + 1):
            if attempt == int(setting("TRIES", "2")) and row.foreign < LOUD and row.slow < SLOW:
                break
            with Foreign() as foreign:
                tries.append([measure(shot, length) for shot, length in shots])
            row.slow, row.foreign = min(row.slow, foreign.slow), min(row.foreign, foreign.percent)
        best = [best_of([each[place] for each in tries]) for place in range(len(shots))]
        row.bare, row.large, row.small = best[0], best[-1], best[1] if len(best) > 2 else None
        return row

    def bare_shot(self, kind: str, server: Server) -> Shot:
        key, cookie = self.reference
        if kind == POST:
            return Shot(f"{server.origin}/post", form={"title": "Jalan rusak", "body": "Lubang besar", "area": "42"})
        path = {LIST: "/list", SIGNED: "/list", DETAIL: f"/r/{key}/", SMALL: "/small"}[kind]
        return Shot(server.origin + path, {"Cookie": cookie.strip()} if kind == SIGNED else {})

    def hold(self) -> list[float]:
        """Megabytes of the larger worker after half and after all of BENCH_REQUESTS, spread over the pages."""
        wanted, done, found = int(setting("REQUESTS", "10000")), 0.0, []
        pages = [page for page in self.pages(self.large, "").values() if page.form is None]
        with Server(self.large) as server:
            while done < wanted:
                for page in pages:
                    done += measure(shot_of(page, server), 1).rps
                if done >= wanted / 2 and not found:
                    found.append(server.memory())
            found.append(server.memory())
        return found

    def goals(self) -> Iterator[Goal]:
        for row in self.rows:
            yield from goals.goals_of(row)
        yield from goals.peer_goals(self.rows)
        yield from goals.other_goals(self.name, self.rows, self.facts[self.large.rows], self.memory)
        yield from self.extra


def seconds() -> int:
    return int(setting("SECONDS", "2"))


def shot_of(page: Page, server: Server) -> Shot:
    headers = page.headers
    if page.form is not None:
        headers = {
            **headers,
            "Origin": f"https://127.0.0.1:{server.port}",
            "Referer": f"https://127.0.0.1:{server.port}/",
        }
    return Shot(server.origin + page.path, headers, page.form)


def best_of(tries: list[Result]) -> Result:
    """The most requests a second, the least p50 and p99; what failed in any of them stays told."""
    return Result(
        max(each.rps for each in tries),
        min(each.p50 for each in tries),
        min(each.p99 for each in tries),
        sum(each.bad for each in tries),
    )


def engines() -> list[str]:
    wanted = setting("DATABASES", "sqlite,postgres").split(",")
    if "postgres" in wanted and not postgres_answers():
        say("PostgreSQL tidak menjawab: hanya SQLite yang diukur. Alamat lain: BENCH_POSTGRES_URL=postgres://…")
        wanted.remove("postgres")
    return wanted


def announce(names: list[str], sizes: list[int]) -> None:
    """How long it takes, before it begins."""
    shots = BARE_SECONDS + seconds() * min(len(sizes), 2)
    minutes = len(names) * PAGES * (shots + 0.5) * int(setting("TRIES", "2")) / 60 + len(names)
    said = f"{PAGES} halaman pada {', '.join(names)}, {' dan '.join(map(short, sizes))} laporan"
    say(f"Mengukur {said}: sekitar {minutes:.0f} menit.")
    every = [Database(name, rows) for name in names for rows in sizes]
    if missing := [each.folder.name for each in every if not (each.folder / "ready").exists()]:
        say(f"Dibuat dulu: {', '.join(missing)} (sejuta laporan sampai 15 menit).")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--control", action="store_true", help="tanam daftar yang lambat; putusannya harus gagal")
    control = parser.parse_args().control
    begun, sizes = time.monotonic(), sorted(int(rows) for rows in setting("ROWS", "10000,1000000").split(","))
    names, part = engines(), "Daftar laporan" if control else setting("PAGES", "")
    announce(names, sizes)
    measured = [Engine(name, sizes, CONTROL if control else PORTAL) for name in names]
    for engine in measured:
        engine.prepare()
        engine.measure(part, lambda: print(".", end="", file=sys.stderr, flush=True))
        say("")
    found = [goal for engine in measured for goal in engine.goals()]
    report(measured, found, begun)
    failed = [goal for goal in found if not goal.is_met]
    if control:
        say("Kontrol: " + ("gagal sebagaimana mestinya." if failed else "LOLOS, jadi tolok ukur ini tidak mengukur."))
        return int(not failed)
    return int(bool(failed))


def report(measured: list[Engine], found: list[Goal], begun: float) -> None:
    rows = [row for engine in measured for row in engine.rows]
    text = "\n".join(
        [*table.page_table(rows), "", *table.goal_table(found), "", *table.peer_table(), "", verdict(found, begun)]
    )
    print(text)
    bench_dir().mkdir(parents=True, exist_ok=True)
    Path(bench_dir() / "bench.md").write_text(text + "\n")
    values = {
        "rows": [row.as_json() for row in rows],
        "goals": [{**vars(goal), "verdict": goal.verdict} for goal in found],
    }
    Path(bench_dir() / "bench.json").write_text(json.dumps(values, indent=1))


def verdict(found: list[Goal], begun: float) -> str:
    met, spent = sum(goal.is_met for goal in found), (time.monotonic() - begun) / 60
    return f"{met} dari {len(found)} sasaran tercapai, dalam {spent:.0f} menit. Berkas: {bench_dir()}/bench.json"


if __name__ == "__main__":
    sys.exit(main())
