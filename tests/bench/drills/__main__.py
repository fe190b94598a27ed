"""`python -m tests.bench.drills [NAME ...] [--scale 0.01] [--out FILE]`: run the drills, print the table.

Every drill has a portal of its own on loopback and a control that must fail. Ends with 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path

from tests.bench.drills.cluster import Cluster, binaries
from tests.bench.drills.portal import Ground
from tests.bench.drills.table import Row, as_markdown

DRILLS = {
    "kill": "killing",
    "disk": "disk",
    "clock": "clock",
    "mail": "mail",
    "backup": "backing_up",
    "grow": "growing",
}


def main() -> int:
    arguments = parse()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that whatever was started is ended
    rows: list[Row] = []
    has_server = binaries() is not None and not arguments.sqlite
    with tempfile.TemporaryDirectory(prefix="drill-") as folder, Cluster() if has_server else nullcontext() as cluster:
        ground = Ground(Path(folder), cluster)
        for name in arguments.names or DRILLS:
            module = import_module(f"tests.bench.drills.{DRILLS[name]}")
            for row in module.drill(ground, arguments.scale):
                rows.append(row)
                print(f"{'ok  ' if row.is_met else 'FAIL'} {row.drill}: {row.figure}", flush=True)
    if not has_server:
        print("PostgreSQL was not drilled.")
    print(f"\n{as_markdown(rows)}")
    if arguments.out:
        Path(arguments.out).write_text(json.dumps([row._asdict() for row in rows], indent=1))
    return 0 if all(row.is_met for row in rows) else 1


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*DRILLS, []], help="which drills; all by default")
    parser.add_argument("--scale", type=float, default=1.0, help="1.0 is what quality.md asks for")
    parser.add_argument("--sqlite", action="store_true", help="leave PostgreSQL out")
    parser.add_argument("--out", help="write the rows as JSON too")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
