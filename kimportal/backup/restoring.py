"""The way back: check everything, then put rows and files in place in one transaction, or leave all as it was."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.sql import emit_post_migrate_signal
from django.db import DataError, IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from kimportal.backup import rows
from kimportal.backup.archive import MEDIA, ROWS, Faulty, check, check_keys, members
from kimportal.backup.progress import Progress, Say

Node = tuple[str, str]
# What `migrate`, `load_regions`, `count_coverage` and a worker put into an empty portal by themselves.
FILLED_BY_ITSELF = {
    *("regions_area", "regions_areaalias", "regions_localterm", "reports_category", "groups_districtcoverage"),
    *("django_content_type", "auth_permission", "kimportal_scheduledtask", "accounts_limitcounter"),
}


def restore(path: Path, say: Say, *, replace: bool = False, other_keys: bool = False) -> dict[str, Any]:
    """Put the archive in the place of what is there; its manifest. Raises `Faulty` before anything is changed."""
    say("Memeriksa cadangan …")
    manifest = check(path)
    check_keys(manifest, other_keys=other_keys)
    then, now = states(manifest)
    if not replace and (table := first_filled()):
        raise Faulty(
            f"Basis data ini sudah berisi data ({table}). Pakai --replace hanya bila semuanya boleh diganti dengan "
            "isi cadangan; hentikan portal dan pekerja latar dulu."
        )
    with all_or_nothing():
        drop_tables()
        say("Menyiapkan tabel …")
        migrate(then)
        load(path, manifest, then, say)
        settle()
        migrate(now)
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
    return manifest


def states(manifest: dict[str, Any]) -> tuple[list[Node], list[Node]]:
    """The last migrations of the archive, and those of this code. `Faulty` where the archive is ahead of the code."""
    graph = MigrationExecutor(connection).loader.graph
    then = {(app, name) for app, name in manifest["migrations"]}
    if unknown := sorted(then - set(graph.nodes)):
        names = ", ".join(".".join(node) for node in unknown[:3])
        raise Faulty(f"Cadangan ini dari versi portal yang lain atau lebih baru ({names}). Perbarui portal dulu.")
    last = [node for node in sorted(then) if not {child.key for child in graph.node_map[node].children} & then]
    return last, graph.leaf_nodes()


def first_filled() -> str | None:
    """A table in which somebody's data lie; None where the portal is as good as new."""
    present = set(connection.introspection.table_names())
    for model in rows.tables(apps):
        table = model._meta.db_table
        if table in present - FILLED_BY_ITSELF and has_rows(table):
            return str(table)
    return None


def has_rows(table: str) -> bool:
    """By the table alone: an older one may lack a column of the model."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # our own table  # nosec B608
        return cursor.fetchone() is not None


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """One transaction for tables, rows and migrations: both databases undo a CREATE TABLE as well.

    SQLite checks foreign keys at the end, because tables cannot be altered while it checks them.
    """
    connection.disable_constraint_checking()
    try:
        with transaction.atomic(durable=True):
            yield
            connection.check_constraints()
    finally:
        connection.enable_constraint_checking()


def drop_tables() -> None:
    prefixes = ("django_", *(f"{config.label}_" for config in apps.get_app_configs()))
    names = [name for name in connection.introspection.table_names() if name == "cache" or name.startswith(prefixes)]
    cascade = " CASCADE" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":  # a full-text table takes its shadow tables along, but not the other way
            cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%%'", [])
            names = [*(name for (name,) in cursor.fetchall()), *names]
        for name in names:
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(name)}{cascade}")


def migrate(targets: list[Node]) -> None:
    def between(action: str, *_: Any) -> None:
        if action == "apply_success":
            settle()

    MigrationExecutor(connection, between).migrate(targets)


def settle() -> None:
    """PostgreSQL alters no table whose foreign keys are still to be checked."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def load(path: Path, manifest: dict[str, Any], nodes: list[Node], say: Say) -> None:
    """Rows into the tables as they were when the archive was made, files into the media folder."""
    state = MigrationExecutor(connection).loader.project_state(nodes).apps
    models = {facts["table"]: state.get_model(facts["model"]) for facts in manifest["tables"]}
    clear(models.values())
    total = sum(facts["rows"] for facts in manifest["tables"])
    lines, files = Progress(say, "baris", total), Progress(say, "berkas", manifest["files"]["count"])
    inserters = {
        facts["table"]: rows.Inserter(models[facts["table"]], facts["columns"]) for facts in manifest["tables"]
    }
    for info, content in members(path):
        if found := ROWS.fullmatch(info.name):
            lines.add(insert(inserters[found["table"]], content))
        elif found := MEDIA.fullmatch(info.name):
            write_file(Path(settings.MEDIA_ROOT) / found["path"], content, info.mtime)
            files.add()
    if (lines.done, files.done) != (total, manifest["files"]["count"]):
        raise Faulty("Isi cadangan tidak sebanyak yang dicatatnya.")
    rows.reset_sequences(models.values())
    os.sync()  # once for all files, before the rows that name them are committed


def clear(models: Iterable[Any]) -> None:
    """Take away what migrations put in: the archive has its own."""
    with connection.cursor() as cursor:
        for model in reversed(list(models)):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # our own  # nosec B608


def insert(inserter: rows.Inserter, content: bytes) -> int:
    try:
        return inserter.insert(rows.unpack(content))
    except (IntegrityError, DataError, ValueError) as error:  # without its words: databases repeat values in them
        raise Faulty(f"Tabel {inserter.table} tidak menerima isi cadangan ({type(error).__name__}).") from error


def write_file(path: Path, content: bytes, mtime: float) -> None:
    """Whole or not at all, with its day. Files that no row will name are swept by the worker, as after any crash."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f".{path.stem}.part")
    part.unlink(missing_ok=True)
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    os.utime(part, (mtime, mtime))
    part.replace(path)
