"""Plant each sabotage in a copy of the tree and see who notices: `make planted` (python -m tests.planted.run).

The control runs first: all named tests are green on the untouched copy, else "caught" would mean nothing. A sabotage
that only breaks the import is no test of the tests and is called unusable. For a survivor `--whole-suite` tells
whether any other test notices. The exit code is 1 where one survived or could not be planted.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.house import ROOT
from tests.planted import accounts, filing, floor, groups, libraries, partnerships, reports
from tests.planted.bug import Bug

BUGS: tuple[Bug, ...] = (
    *(*reports.BUGS, *filing.BUGS, *groups.BUGS, *partnerships.BUGS, *libraries.BUGS),
    *(*accounts.BUGS, *floor.BUGS),
)
FAILED = 1  # pytest: tests ran and some failed; every other code but 0 means that they could not run
TIMEOUT = 1800
MIGRATES = "tests/test_structure.py::TestTrigger::test_every_table_of_events_is_append_only"  # makes the database


class Answer(NamedTuple):
    verdict: str  # caught, survived, caught elsewhere, unusable
    seconds: float
    words: str = ""


class Copy:
    """A tree of its own with a migrated database, so that each run starts in seconds and touches nothing of ours."""

    def __init__(self, folder: Path) -> None:
        self.tree, self.var, self.clean = folder / "tree", folder / "var", folder / "clean.sqlite3"
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        for name in filter(None, listed.stdout.decode().split("\0")):
            if (source := ROOT / name).is_file():
                (self.tree / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, self.tree / name)
        self.var.mkdir()
        # By content, not by time: two sabotages within a second would pass for the same file.
        compiling = [sys.executable, "-m", "compileall", "-q", "--invalidation-mode", "checked-hash", "."]
        subprocess.run(compiling, cwd=self.tree, check=True)

    @property
    def database(self) -> Path:
        return self.var / "test.sqlite3"

    def run(self, tests: Sequence[str], *, fresh: bool) -> tuple[int, str]:
        """Exit code and last words of these tests; `fresh` builds the database anew."""
        if not fresh:
            shutil.copyfile(self.clean, self.database)
        environment = {**os.environ, "VAR_DIR": str(self.var), "PYTHONDONTWRITEBYTECODE": "1"}
        environment.pop("DATABASE_URL", None)
        # Hypothesis' plugin imports all of it at every start: more than half of the time of a narrow run.
        base = [sys.executable, "-m", "pytest", "-q", "-x", "--tb=line", "--no-header", "-p", "no:hypothesispytest"]
        database = "--create-db" if fresh else "--reuse-db"
        done = subprocess.run(
            [*base, "--reuse-db", database, *tests],
            cwd=self.tree,
            env=environment,
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
        )
        return done.returncode, (done.stdout + done.stderr).strip()[-600:]


def try_bug(copy: Copy, bug: Bug, *, whole_suite: bool) -> Answer:
    started = time.monotonic()
    if bug.count(copy.tree) != 1:
        return Answer("unusable", 0, f"the old text stands {bug.count(copy.tree)} times in {bug.path}")
    before = bug.plant(copy.tree)
    fresh = "/migrations/" in bug.path
    try:
        code, words = copy.run(bug.tests, fresh=fresh)
        verdict = {0: "survived", FAILED: "caught"}.get(code, "unusable")
        if verdict == "survived" and whole_suite:
            code, words = copy.run(["tests", "--ignore=tests/browser", "--ignore=tests/test_planted.py"], fresh=fresh)
            verdict = "caught elsewhere" if code == FAILED else "survived"
    finally:
        (copy.tree / bug.path).write_text(before)
    return Answer(verdict, time.monotonic() - started, words)


def check_control(copy: Copy, bugs: Sequence[Bug]) -> None:
    """Every named test is green without a sabotage; leaves the migrated database for the runs that follow."""
    code, words = copy.run(sorted({MIGRATES, *(each for bug in bugs for each in bug.tests)}), fresh=True)
    if code:
        sys.exit(f"The named tests fail on the untouched tree:\n{words}")
    shutil.copyfile(copy.database, copy.clean)


def report(bugs: Sequence[Bug], answers: Sequence[Answer]) -> int:
    """The table, worst first at its end; how many were not caught by their tests."""
    print(f"\n{'sabotage':34} {'where':42} {'verdict':17} {'s':>5}")
    missed = 0
    for bug, answer in sorted(
        zip(bugs, answers, strict=True), key=lambda pair: pair[1].verdict == "caught", reverse=True
    ):
        print(f"{bug.name:34} {bug.path:42} {answer.verdict:17} {answer.seconds:5.0f}")
        if answer.verdict != "caught":
            missed += 1
            print(f"    breaks: {bug.breaks}\n    {answer.words.splitlines()[-1] if answer.words else ''}")
    print(f"\n{len(bugs) - missed} of {len(bugs)} caught by the tests they name")
    return missed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these sabotages alone")
    parser.add_argument("--whole-suite", action="store_true", help="run every test for survivors")
    options = parser.parse_args()
    bugs = [bug for bug in BUGS if not options.only or bug.name in options.only]
    if unknown := set(options.only or ()) - {bug.name for bug in bugs}:
        parser.error(f"no such sabotage: {', '.join(sorted(unknown))}")
    answers = []
    with tempfile.TemporaryDirectory(prefix="planted-") as folder:
        copy = Copy(Path(folder))
        print(f"control: {sum(len(bug.tests) for bug in bugs)} named tests on the untouched tree …", flush=True)
        check_control(copy, bugs)
        for place, bug in enumerate(bugs, start=1):
            answers.append(try_bug(copy, bug, whole_suite=options.whole_suite))
            print(f"{place:3}/{len(bugs)} {bug.name}: {answers[-1].verdict}", flush=True)
    return 1 if report(bugs, answers) else 0


if __name__ == "__main__":
    sys.exit(main())
