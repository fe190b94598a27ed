"""A small portal to make archives of, and archives spoiled in one way each."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kimportal.backup import archive
from kimportal.backup.making import make
from reports.models import Report
from tests.factories import make_document, make_photo_bytes, make_published_report, make_report, make_user
from tests.stage import restore_categories
from uploads.images import make_safe

Member = tuple[tarfile.TarInfo, bytes]


def fill() -> Report:
    """A person, two reports, one with a photo and its events, and a document."""
    restore_categories()
    make_user("ani@contoh.invalid", "Ani")
    make_report()
    report = make_published_report()
    report.add_photos([make_safe(io.BytesIO(make_photo_bytes()))])
    make_document()
    return report


def silent(_: str) -> None:
    """For what would be printed."""


def archive_in(folder: Path, name: str = "cadangan.tar", **options: Any) -> Path:
    path = folder / name
    make(path, silent, **options)
    return path


def sums(path: Path) -> str:
    """The list of all members with their hashes."""
    with tarfile.open(path) as tar:
        handle = tar.extractfile(archive.SUMS)
        assert handle is not None
        return handle.read().decode()


def rewrite(path: Path, change: Callable[[Member], Member | None]) -> Path:
    """A copy whose members went through `change`; None leaves one out."""
    copy = path.with_name("diubah.tar")
    with tarfile.open(path) as source, tarfile.open(copy, "w") as target:
        for info in source.getmembers():
            handle = source.extractfile(info)
            assert handle is not None
            if changed := change((info, handle.read())):
                changed[0].size = len(changed[1])
                target.addfile(changed[0], io.BytesIO(changed[1]))
    return copy
