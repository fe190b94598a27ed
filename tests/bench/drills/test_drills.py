"""The drills themselves still work: the smallest run of those that need no second server, with their controls."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.bench.drills.portal import ROOT
from tests.bench.drills.table import Row, as_markdown


class TestTable:
    def test_a_missed_goal_is_seen(self) -> None:
        text = as_markdown([Row("a", "b", "c", is_met=True), Row("d", "e", "f", is_met=False)])
        assert "| a | b | c | met |" in text
        assert "| d | e | f | MISSED |" in text


class TestRun:
    @pytest.mark.skipif(connection.vendor != "sqlite", reason="it brings an SQLite database of its own: once is enough")
    def test_the_smallest_kill_drill_meets_its_goals_and_its_control_fails(self, tmp_path: Path) -> None:
        command = [sys.executable, "-m", "tests.bench.drills", "kill", "--sqlite", "--scale", "0.005"]
        environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        done = subprocess.run(
            [*command, "--out", str(tmp_path / "rows.json")],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        rows = {row["drill"]: row for row in json.loads((tmp_path / "rows.json").read_text())}
        assert [name for name, row in rows.items() if not row["is_met"]] == [], done.stdout
        assert done.returncode == 0
        assert "lost" in rows["kill, control that acknowledges before commit"]["figure"]

    def test_an_unknown_drill_is_refused(self) -> None:
        command = [sys.executable, "-m", "tests.bench.drills", "entah"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert "invalid choice" in done.stderr


@pytest.mark.parametrize("name", ["killing", "disk", "clock", "mail", "backing_up", "growing"])
def test_every_drill_can_be_imported(name: str) -> None:
    module = __import__(f"tests.bench.drills.{name}", fromlist=["drill"])
    assert callable(module.drill)
