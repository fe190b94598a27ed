"""One pytest run per database. SQLite's test database is a file: an in-memory one hides locking between threads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

    from tests.cast import Cast
    from tests.stage import Stage


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Name the test database; the parallel suffix keeps two workers apart."""


def pytest_configure() -> None:
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        path = Path(settings.VAR_DIR) / "test.sqlite3"
        database.setdefault("TEST", {})["NAME"] = str(path)
        options = database["OPTIONS"]  # no acknowledged row of a test has to survive
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    else:
        database["OPTIONS"]["options"] = "-c synchronous_commit=off"
    settings.WHITENOISE_AUTOREFRESH = True  # else every new test client lists all static files: two thirds of its time
    settings.PAGE_CACHE_SECONDS = 0  # a test's transaction is rolled back and never commits what it changes
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


ASKS_DATABASE = {"db", "transactional_db", "django_db_setup"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What asks for no database is told nothing new by the second one: it runs with SQLite alone.

    A test cannot be left out by mistake: without these fixtures or the mark, pytest-django lets it reach no database.
    """
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return
    left_out = [each for each in items if not asks_database(each)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [each for each in items if asks_database(each)]


def asks_database(item: pytest.Item) -> bool:
    return item.get_closest_marker("django_db") is not None or bool(ASKS_DATABASE & set(item.fixturenames))


@pytest.fixture(scope="session", autouse=True)
def flush_under_permit() -> None:
    """Tests with transaction=True empty all tables; the append-only ones ask for a permit, the cache has no model."""
    from django.core.cache import cache
    from django.db.backends.base.operations import BaseDatabaseOperations

    from accounts.events import permit

    flush = BaseDatabaseOperations.execute_sql_flush

    def permitted(operations: BaseDatabaseOperations, statements: list[str]) -> None:
        with permit():
            flush(operations, statements)
        cache.clear()

    BaseDatabaseOperations.execute_sql_flush = permitted


@pytest.fixture(scope="session", autouse=True)
def media_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Photos of a test run lie in a folder of their own."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    return settings.MEDIA_ROOT


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Path:
    """An SQLite database with all tables, to copy by whoever needs one of its own: migrating takes ten seconds."""
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("this runs once, with SQLite")
    before, path = connection.settings_dict["NAME"], tmp_path_factory.mktemp("migrated") / "site.sqlite3"
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = str(path)
        call_command("migrate", verbosity=0)
        connection.close()  # the last connection leaves all of it in the one file
        connection.settings_dict["NAME"] = before
    return path


@pytest.fixture
def cast(db: None) -> Cast:
    """Named people per role, each with the grants of that role."""
    from tests.cast import make_cast  # models can be imported only once Django is set up

    return make_cast()


@pytest.fixture(scope="module")
def built_stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    """The stage of tests/stage.py, built once a module inside a transaction that is rolled back at its end."""
    from django.db import transaction

    from tests.stage import make_stage

    with django_db_blocker.unblock(), transaction.atomic():
        yield make_stage()
        transaction.set_rollback(True)


@pytest.fixture
def stage(built_stage: Stage, db: None) -> Stage:
    """The stage as it was built: what this test changes is rolled back."""
    return built_stage
