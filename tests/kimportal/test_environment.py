"""A wrong setting is one sentence that names it and says what to do; nothing starts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, OperationalError, connection, transaction

from kimportal import environment

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "PRODUCTION": "1",
    "ALLOWED_HOSTS": "kim.contoh.go.id",
    **{name: letter * 50 for name, letter in zip(environment.KEY_NAMES, "abcd", strict=True)},
}


def check(tmp_path: Path, command: str = "check", **over: str) -> tuple[int, str]:
    """Exit code and words of `manage.py check`, or another command, with these settings and no others."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    values = {**inherited, "VAR_DIR": str(tmp_path), **{name: value for name, value in over.items() if value}}
    done = subprocess.run(
        [sys.executable, "manage.py", *command.split()],
        cwd=ROOT,
        env=values,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.returncode, done.stdout + done.stderr


class TestManage:
    def test_good_production_settings_start(self, tmp_path: Path) -> None:
        assert check(tmp_path, **GOOD)[0] == 0

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("SECRET_KEY", ""),
            ("TRACKING_KEY", "pendek"),
            ("EVENT_KEY", GOOD["SECRET_KEY"]),
            ("ALLOWED_HOSTS", ""),
            ("DEBUG", "1"),
            ("DEBUG", "mungkin"),
            ("TRUSTED_PROXIES", "banyak"),
            ("DATABASE_URL", "mysql://kim@127.0.0.1/kim"),
            ("DATABASE_URL", "bukan alamat"),
            ("DATABASE_URL", "postgres://"),
            ("EMAIL_PORT", "surat"),
            ("EMAIL_PORT", "70000"),
            ("TRUSTED_PROXIES", "-1"),
            ("PAGE_CACHE_SECONDS", "-5"),
            ("SITE_URL", "kim.contoh.go.id"),
            ("CSRF_TRUSTED_ORIGINS", "https://kim.contoh.go.id,kim.contoh.go.id"),
            ("VAR_DIR", "/proc/kim"),
            ("DATABASE_URL", "sqlite:////proc/kim/kimportal.sqlite3"),
        ],
    )
    def test_wrong_setting_is_named_without_a_traceback(self, tmp_path: Path, name: str, value: str) -> None:
        code, words = check(tmp_path, **{**GOOD, name: value})
        assert code != 0
        assert name in words
        assert "Traceback" not in words
        assert GOOD["TRACKING_KEY"] not in words


class TestDatabaseTrouble:
    @pytest.mark.parametrize("command", ["migrate", "load_regions", "seed_demo", "demo_accounts"])
    def test_a_server_that_does_not_answer(self, tmp_path: Path, command: str) -> None:
        code, words = check(tmp_path, command, DATABASE_URL="postgres://kim:rahasia@127.0.0.1:1/kim")
        assert code != 0
        assert "Basis data tidak dapat dibuka" in words
        assert "DATABASE_URL" in words
        assert "rahasia" not in words
        assert "Traceback" not in words

    def test_a_file_that_is_no_database(self, tmp_path: Path) -> None:
        (tmp_path / "kim.sqlite3").write_text("Ini surat, bukan basis data. " * 100)
        code, words = check(tmp_path, "migrate", DATABASE_URL=f"sqlite:///{tmp_path}/kim.sqlite3")
        assert code != 0
        assert "Basis data tidak dapat dibuka" in words
        assert "Traceback" not in words

    def test_a_database_without_tables(self, tmp_path: Path) -> None:
        code, words = check(tmp_path, "load_regions")
        assert code != 0
        assert "manage.py migrate" in words
        assert "Traceback" not in words

    @pytest.mark.django_db
    @pytest.mark.parametrize("statement", ["SELECT 1 FROM tiada", "SELECT tiada FROM regions_area"])
    def test_a_database_of_an_older_version(self, statement: str) -> None:
        with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        words = environment.database_trouble(caught.value)
        assert words is not None
        assert "belum disiapkan" in words
        assert "manage.py migrate" in words

    @pytest.mark.django_db
    def test_any_other_trouble_keeps_its_traceback(self) -> None:
        with connection.cursor():
            assert environment.database_trouble(OperationalError("disk I/O error")) is None


class TestAddresses:
    @pytest.mark.parametrize(
        "site", ["https://kim.go.id", "http://127.0.0.1:8000", "http://[::1]:80", "https://*.go.id"]
    )
    def test_taken(self, site: str) -> None:
        assert environment.check_site("SITE_URL", f"{site}/") == site

    @pytest.mark.parametrize(
        "site", ["kim.go.id", "//kim.go.id", "https://kim.go.id/portal", "ftp://x", "https://a b", ""]
    )
    def test_refused(self, site: str) -> None:
        with pytest.raises(ImproperlyConfigured, match="SITE_URL"):
            environment.check_site("SITE_URL", site)


class TestDemoKeys:
    def test_made_once_and_kept_for_the_owner_only(self, tmp_path: Path) -> None:
        first = environment.demo_keys(tmp_path)
        assert environment.demo_keys(tmp_path) == first
        assert len(set(first.values())) == len(environment.KEY_NAMES)
        assert (tmp_path / "keys.json").stat().st_mode & 0o777 == 0o600

    def test_broken_file_is_named_and_left_alone(self, tmp_path: Path) -> None:
        (tmp_path / "keys.json").write_text("{")
        with pytest.raises(ImproperlyConfigured, match=r"keys\.json"):
            environment.demo_keys(tmp_path)
        assert (tmp_path / "keys.json").read_text() == "{"

    def test_file_without_a_key_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "keys.json").write_text(json.dumps({"SECRET_KEY": "x"}))
        with pytest.raises(ImproperlyConfigured, match=r"keys\.json"):
            environment.demo_keys(tmp_path)
