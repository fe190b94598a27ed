"""A PostgreSQL server of the drill's own, to be killed; in a temporary folder, as `postgres` when we are root."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg2

from tests.bench.drills.portal import free_port, kill_group


def binaries() -> Path | None:
    """Where initdb and postgres lie; None where there is no PostgreSQL."""
    places = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    if found := shutil.which("initdb"):
        places.append(Path(found).parent)
    return next((place for place in places if (place / "initdb").exists()), None)


class Cluster:
    """`with Cluster() as cluster:` starts it; `kill()` is kill -9 of every process of it, `start()` its recovery."""

    def __init__(self) -> None:
        found = binaries()
        if found is None:
            raise RuntimeError("PostgreSQL is not installed.")
        self.binaries = found
        self.folder = Path(tempfile.mkdtemp(prefix="drill-pg-", dir="/tmp"))
        self.port = free_port()
        self.user = "postgres" if os.geteuid() == 0 else None
        if self.user:
            os.chown(self.folder, pwd.getpwnam(self.user).pw_uid, -1)
        self.child: subprocess.Popen[Any] | None = None

    def __enter__(self) -> Self:
        command = [str(self.binaries / "initdb"), "-D", str(self.folder / "data"), "-U", "drill", "-A", "trust"]
        subprocess.run([*command, "-E", "UTF8", "--no-sync"], user=self.user, check=True, capture_output=True, cwd="/")
        self.start()
        self.wait()
        return self

    def start(self) -> None:
        command = [str(self.binaries / "postgres"), "-D", str(self.folder / "data"), "-p", str(self.port)]
        command += ["-h", "127.0.0.1", "-k", str(self.folder), "-c", "max_connections=60"]
        log = (self.folder / "log").open("a")
        (self.folder / "data" / "postmaster.pid").unlink(
            missing_ok=True
        )  # of the killed one: its number may live again
        options: dict[str, Any] = {"stdout": log, "stderr": log, "cwd": "/", "user": self.user}
        self.child = subprocess.Popen(command, start_new_session=True, **options)

    def wait(self, seconds: float = 60) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                psycopg2.connect(self.address("postgres"), connect_timeout=2).close()
                return
            except psycopg2.OperationalError:
                time.sleep(0.2)
        raise RuntimeError("PostgreSQL does not answer.")

    def kill(self) -> None:
        if self.child:
            kill_group(self.child)

    def address(self, name: str) -> str:
        return f"postgres://drill@127.0.0.1:{self.port}/{name}"

    def database(self, name: str, template: str) -> str:
        """A new database, a copy of another one; its address."""
        link = psycopg2.connect(self.address("postgres"))
        link.autocommit = True
        with link.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        link.close()
        return self.address(name)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
