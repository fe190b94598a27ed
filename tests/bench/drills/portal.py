"""A portal of its own for one drill: a folder, a database, keys, servers and workers; all on loopback, all ended."""

from __future__ import annotations

import http.client
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from tests.bench.drills.cluster import Cluster

ROOT = Path(__file__).resolve().parents[3]
START_SECONDS = 120
LOGS = Path(tempfile.mkdtemp(prefix="drill-logs-"))  # not in a portal's folder: some of those are full or read-only


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Ground:
    """Keys and one migrated, filled database of each kind, which every portal copies: migrating takes long."""

    def __init__(self, folder: Path, cluster: Cluster | None) -> None:
        self.folder, self.cluster = folder, cluster
        names = ("SECRET_KEY", "TRACKING_KEY", "EVENT_KEY", "DIGEST_KEY")
        self.keys = {name: secrets.token_urlsafe(48) for name in names}
        self.numbers = count(1)
        self.bases: dict[bool, str] = {}

    def portal(self, *, postgres: bool = False, place: Path | None = None, **environment: str) -> Portal:
        """A filled portal; `place` puts its folder elsewhere, on a small disk for instance."""
        folder = self.empty_folder(place)
        return Portal(folder, self._copy(folder, postgres), self.keys, environment)

    def bare(self, *, postgres: bool = False) -> Portal:
        """A portal on an empty machine: the keys and nothing else."""
        folder = self.empty_folder()
        return Portal(folder, self._new_database() if postgres else sqlite(folder), self.keys, {})

    def empty_folder(self, place: Path | None = None) -> Path:
        folder = place or self.folder / f"portal-{next(self.numbers)}"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _copy(self, folder: Path, postgres: bool) -> str:
        if postgres not in self.bases:
            base = self.bare(postgres=postgres)
            base.manage("migrate", "-v0")
            base.ask("fill")
            self.bases[postgres] = base.url
        if postgres:
            return self._new_database(template=self.bases[True].rpartition("/")[2])
        shutil.copy(self.bases[False].removeprefix("sqlite:///"), folder / "kimportal.sqlite3")
        return sqlite(folder)

    def _new_database(self, template: str = "template1") -> str:
        assert self.cluster is not None
        return self.cluster.database(f"drill{next(self.numbers)}", template)


def sqlite(folder: Path) -> str:
    return f"sqlite:///{folder / 'kimportal.sqlite3'}"


class Portal:
    """`with ground.portal() as portal:`; what it started ends with it."""

    def __init__(self, folder: Path, url: str, keys: dict[str, str], extra: dict[str, str]) -> None:
        self.folder, self.url, self.keys, self.extra = folder, url, keys, extra
        self.media = folder / "media"
        self.children: list[subprocess.Popen[str]] = []

    @property
    def environment(self) -> dict[str, str]:
        place = {"VAR_DIR": str(self.folder), "DATABASE_URL": self.url, "MEDIA_ROOT": str(self.media)}
        return {**os.environ, "PYTHONPATH": str(ROOT), **place, **self.keys, **self.extra}

    def __enter__(self) -> Self:
        return self

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{arguments[0]}: {done.stderr[-2000:]}")
        return done.stdout

    def ask(self, question: str, given: Any = None) -> Any:
        """An answer of `inside.py`, which runs with the settings of this portal."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.drills.inside", question],
            cwd=ROOT,
            env=self.environment,
            input=json.dumps(given),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{question}: {done.stderr[-2000:]}")
        return json.loads(done.stdout.splitlines()[-1])

    def log(self, name: str) -> IO[str]:
        return (LOGS / f"{self.folder.name}-{name}.log").open("a")

    def serve(self, port: int, app: str = "kimportal.wsgi") -> Server:
        server = Server(self, port, app)
        server.start()
        return server

    def worker(self, mode: str, **environment: str) -> subprocess.Popen[str]:
        """A worker process under a shifted clock (see worker.py)."""
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.drills.worker", mode],
            cwd=ROOT,
            env={**self.environment, **environment},
            text=True,
            stderr=self.log("worker"),
            start_new_session=True,
        )
        self.children.append(child)
        return child

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for child in self.children:
            kill_group(child)


class Server:
    """gunicorn with two workers. It can be killed as by a power cut, and started again on the same port."""

    def __init__(self, portal: Portal, port: int, app: str) -> None:
        self.portal, self.port, self.app = portal, port, app
        self.child: subprocess.Popen[str] | None = None

    def start(self) -> None:
        log = self.portal.log("server")
        command = [sys.executable, "-m", "gunicorn", self.app, "--bind", f"127.0.0.1:{self.port}", "--workers", "2"]
        command += ["--timeout", "60", "--log-level", "error"]
        options: dict[str, Any] = {"cwd": ROOT, "env": self.portal.environment, "stderr": log, "stdout": log}
        self.child = subprocess.Popen(command, text=True, start_new_session=True, **options)
        self.portal.children.append(self.child)

    def wait(self) -> None:
        """Until it answers at all; whether it is healthy is the drill's question."""
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            with suppress(OSError, http.client.HTTPException):
                self.health()
                return
            time.sleep(0.1)
        raise RuntimeError("The server does not answer.")

    def health(self) -> tuple[int, dict[str, Any]]:
        with connect(self.port) as link:
            link.request("GET", "/healthz")
            answer = link.getresponse()
            return answer.status, json.loads(answer.read())

    def kill(self) -> None:
        if self.child:
            kill_group(self.child)


@contextmanager
def connect(port: int, timeout: float = 60) -> Iterator[http.client.HTTPConnection]:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        yield link
    finally:
        link.close()


def kill_group(child: subprocess.Popen[Any]) -> None:
    """kill -9 of a process we started and of its children."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
