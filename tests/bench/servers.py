"""gunicorn as production runs it, on a free port of this machine, and what its workers hold."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.databases import ROOT, Database

WORKERS = 2
PORTAL, REFERENCE, CONTROL = "kimportal.wsgi", "tests.bench.reference.wsgi", "tests.bench.control"


class Server:
    """`with Server(database) as server:` serves until the end of the block."""

    def __init__(self, database: Database, app: str = PORTAL) -> None:
        self.port = free_port()
        command = [sys.executable, "-m", "gunicorn", app, "--bind", f"127.0.0.1:{self.port}"]
        options = ["--workers", str(WORKERS), "--timeout", "60", "--log-level", "warning"]
        self.process = subprocess.Popen([*command, *options], cwd=ROOT, env=database.env(), start_new_session=True)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Server:
        wait_for(self.port)
        return self

    def __exit__(self, *error: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def memory(self) -> float:
        """Megabytes of the largest worker."""
        return max(map(resident, workers_of(self.process.pid)), default=0.0)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_for(port: int, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as probe:
            probe.settimeout(0.2)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"Tidak ada yang menjawab di port {port}.")


def workers_of(parent: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def resident(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
