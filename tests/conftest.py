"""One pytest run per database. SQLite's test database is a file: an in-memory one hides locking between threads."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Name the test database; the parallel suffix keeps two workers apart."""


def pytest_configure() -> None:
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        path = Path(settings.VAR_DIR) / "test.sqlite3"
        database.setdefault("TEST", {})["NAME"] = str(path)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
