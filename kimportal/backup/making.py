"""Making an archive of one moment while the portal goes on working."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from kimportal.backup import rows
from kimportal.backup.archive import Writer
from kimportal.backup.progress import Progress, Say
from uploads.files import document_path, photo_path
from uploads.images import SIZES
from uploads.models import Document, Image


def make(path: Path, say: Say, models: Iterable[Any] | None = None) -> dict[str, Any]:
    """Write the archive; its manifest. Raises OSError where the disk refuses, and leaves nothing behind."""
    every = rows.tables(apps) if models is None else list(models)
    with Writer(path) as writer, one_moment():
        manifest: dict[str, Any] = {
            "created_at": timezone.now().isoformat(),
            "engine": connection.vendor,
            "migrations": applied(),
            "tables": [add_table(writer, number, model, say) for number, model in enumerate(every, start=1)],
            "files": add_files(writer, say),
        }
        writer.finish(manifest)
    return manifest


@contextmanager
def one_moment() -> Iterator[None]:
    """Every query inside sees the database as it was at the first one, and nobody waits for us.

    SQLite: a plain BEGIN; `atomic()` would take the write lock (transaction_mode IMMEDIATE) and stop the portal.
    """
    if connection.vendor == "postgresql":
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def applied() -> list[list[str]]:
    return sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations())


def add_table(writer: Writer, number: int, model: Any, say: Say) -> dict[str, Any]:
    table = model._meta.db_table
    progress = Progress(say, table, model._base_manager.count())
    for part, (count, content) in enumerate(rows.parts(model), start=1):
        writer.add(f"tables/{number:04}-{table}/{part:06}.jsonl.gz", content)
        progress.add(count)
    return {"table": table, "model": model._meta.label_lower, "columns": rows.columns(model), "rows": progress.done}


def add_files(writer: Writer, say: Say) -> dict[str, int]:
    """The files of every photo and document that the rows of this moment name.

    One that is gone was erased since: a row is written after its files and deleted before them.
    """
    progress = Progress(say, "berkas", Image.objects.count() * len(SIZES) + Document.objects.count())
    count = size = missing = 0
    for path in stored_paths():
        try:
            content, mtime = path.read_bytes(), path.stat().st_mtime
        except FileNotFoundError:
            missing += 1
            continue
        writer.add(f"media/{path.relative_to(settings.MEDIA_ROOT)}", content, mtime)
        count, size = count + 1, size + len(content)
        progress.add()
    return {"count": count, "bytes": size, "missing": missing}


def stored_paths() -> Iterator[Path]:
    for key in Image.objects.order_by("pk").values_list("pk", flat=True).iterator():
        yield from (photo_path(key, size) for size in SIZES)
    for key in Document.objects.order_by("pk").values_list("pk", flat=True).iterator():
        yield document_path(key)
