"""The databases that are measured: made once under BENCH_DIR, migrated before every run, never the user's own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from psycopg2 import sql

ROOT = Path(__file__).resolve().parents[2]
SERVER = os.environ.get("BENCH_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432")  # without a database's name
SHORT = {1_000_000: "m", 1_000: "k"}


def bench_dir() -> Path:
    return Path(os.environ.get("BENCH_DIR", "/tmp/bench")).resolve()  # noqa: S108  made-up data only


def short(rows: int) -> str:
    """1000000 -> "1m", 10000 -> "10k"."""
    return next((f"{rows // size}{letter}" for size, letter in SHORT.items() if rows % size == 0), str(rows))


@dataclass(frozen=True)
class Database:
    """One engine with so many reports."""

    engine: str  # sqlite or postgres
    rows: int

    @property
    def name(self) -> str:
        return f"bench_{short(self.rows)}"

    @property
    def folder(self) -> Path:
        return bench_dir() / f"{self.engine}-{short(self.rows)}"

    @property
    def reference(self) -> str:
        """What the bare pages read: as many rows in a database of their own."""
        if self.engine == "postgres":
            return f"postgres:reference_{short(self.rows)}"
        return str(self.folder / "reference.sqlite3")

    def env(self, *, production: bool = True) -> dict[str, str]:
        """As an operator sets it, behind one proxy that ends HTTPS."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        values = {**kept, "VAR_DIR": str(self.folder), "PYTHONPATH": str(ROOT), "REFERENCE_DATABASE": self.reference}
        if self.engine == "postgres":
            values["DATABASE_URL"] = f"{SERVER}/{self.name}"
        if production:
            keys = json.loads((self.folder / "keys.json").read_text())
            hosts = {"ALLOWED_HOSTS": "127.0.0.1", "SITE_URL": "https://127.0.0.1", "TRUSTED_PROXIES": "1"}
            values |= {"PRODUCTION": "1", **hosts, **keys}
        return values

    def prepare(self) -> str:
        """Make it where it is missing, bring it to this code's migrations; says the reference's key and cookie."""
        self.folder.mkdir(parents=True, exist_ok=True)
        ready = self.folder / "ready"
        if self.engine == "postgres":
            self._create(self.name, anew=not ready.exists())
            self._create(self.reference.removeprefix("postgres:"))
        if ready.exists():
            self.run("manage.py", "migrate", "--verbosity", "0")
            self.run("-m", "tests.bench.partnerships")  # one made before there were any
        else:
            for old in self.folder.glob("kimportal.sqlite3*"):
                old.unlink()
            self.run("-m", "tests.bench.generate", "--reports", str(self.rows), production=False)
            ready.touch()
        self.run("manage.py", "collectstatic", "--noinput", "--verbosity", "0")
        return self.run("-m", "tests.bench.reference.seed", str(self.rows), capture=True)

    def run(self, *arguments: str, production: bool = True, capture: bool = False) -> str:
        output = subprocess.PIPE if capture else None
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.env(production=production), stdout=output, text=True
        )
        if done.returncode:
            raise SystemExit(f"Gagal menyiapkan {self.folder.name}: {' '.join(arguments)}")
        return done.stdout or ""

    @staticmethod
    def _create(name: str, *, anew: bool = False) -> None:
        connection = psycopg2.connect(f"{SERVER}/postgres")
        connection.autocommit = True
        with connection.cursor() as cursor:
            if anew:
                cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if not cursor.fetchone():
                cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        connection.close()


def postgres_answers() -> bool:
    try:
        psycopg2.connect(f"{SERVER}/postgres", connect_timeout=3).close()
    except psycopg2.OperationalError:
        return False
    return True
