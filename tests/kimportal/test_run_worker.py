"""The worker's process: stops when told, outlives the database."""

import io
import os
import shutil
import signal
import subprocess
import sys
import threading
import time

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, ProgrammingError

from kimportal.management.commands import run_worker
from kimportal.models import ScheduledTask
from tests.kimportal.test_clock import away


@pytest.fixture
def ticks(monkeypatch):
    """Instead of tasks, what `run_due` shall do at each tick; stops the clock when nothing is left."""
    stopped, plan = threading.Event(), []

    def run_due():
        step = plan.pop(0)
        if not plan:
            stopped.set()
        if isinstance(step, Exception):
            raise step

    monkeypatch.setattr(run_worker, "run_due", run_due)
    monkeypatch.setattr(run_worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(run_worker.connection, "close", lambda: None)
    waits = []
    monkeypatch.setattr(stopped, "wait", waits.append)
    return stopped, plan, waits


class TestOnce:
    def test_it_runs_what_is_due_and_says_so(self, db):
        out = io.StringIO()
        call_command("run_worker", "--once", stdout=out)
        assert "selesai dijalankan" in out.getvalue()
        assert ScheduledTask.objects.exists()

    def test_it_fails_when_a_task_fails(self, db, monkeypatch):
        monkeypatch.setattr(run_worker, "run_due", lambda: ["send_mail"])
        with pytest.raises(CommandError, match="send_mail"):
            call_command("run_worker", "--once")


class TestKeepClock:
    def test_it_waits_longer_while_the_database_is_away_and_recovers(self, ticks):
        stopped, plan, waits = ticks
        plan += [None, away(), away(), away(), None]
        run_worker.keep_clock(stopped)
        assert waits == [1, 2, 4, 8, 1]

    def test_it_never_waits_longer_than_a_minute(self, ticks):
        stopped, plan, waits = ticks
        plan += [away() for _ in range(12)]
        run_worker.keep_clock(stopped)
        assert max(waits) == 60

    @pytest.mark.parametrize("error", [ProgrammingError("no such table"), OperationalError("no such table")])
    def test_another_error_is_not_hidden(self, ticks, error):
        stopped, plan, _ = ticks
        plan += [error]
        with pytest.raises(type(error)):
            run_worker.keep_clock(stopped)


class TestProcess:
    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_a_signal_stops_it_cleanly(self, migrated_file, tmp_path, number):
        place = f"sqlite:///{shutil.copy(migrated_file, tmp_path)}"
        environment = {**os.environ, "DATABASE_URL": place, "VAR_DIR": str(tmp_path), "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "manage.py", "run_worker"]
        worker = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
        assert "mulai" in worker.stderr.readline()
        time.sleep(0.3)
        worker.send_signal(number)
        _, log = worker.communicate(timeout=20)
        assert worker.returncode == 0
        assert "berhenti" in log
        assert "Traceback" not in log
