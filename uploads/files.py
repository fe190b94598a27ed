"""Where a photo's three files lie, written whole or not at all.

The files carry no name but a random one and no time of day: their time, and that of their folder, is midnight of the
day, so that a photo cannot be matched with the moment an anonymous report came in.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from uploads.images import SIZES, Refused


class NotStored(Refused):
    """The disk is full or read-only: the photo is fine, the server is not."""


def photo_path(key: UUID, size: str) -> Path:
    """images/<2 hexadecimal digits>/<key>-<size>.jpg under MEDIA_ROOT."""
    return _root() / key.hex[:2] / f"{key}-{size}.jpg"


def write_files(key: UUID, variants: Mapping[str, bytes]) -> None:
    """Write all sizes durably; raises `NotStored` and leaves nothing behind if the disk refuses."""
    paths = {size: photo_path(key, size) for size in variants}
    folder = next(iter(paths.values())).parent
    midnight = _midnight()
    try:
        _make_folder(folder)
        for size, path in paths.items():
            _write_part(_part(path), variants[size], midnight)
        for path in paths.values():
            _part(path).replace(path)
        _settle(folder, midnight)
    except OSError as error:
        with suppress(OSError):
            remove_files(key)
        raise NotStored(
            "Foto belum dapat disimpan karena penyimpanan di server penuh atau terkunci. "
            "Coba lagi nanti, atau kirim tanpa foto."
        ) from error


def remove_files(key: UUID) -> None:
    """Remove every size of a photo and whatever an interrupted write left."""
    for size in SIZES:
        path = photo_path(key, size)
        for file in (path, _part(path)):
            file.unlink(missing_ok=True)
    if (folder := path.parent).exists():
        _settle(folder, _midnight())


def old_keys(older_than: timedelta) -> Iterator[UUID]:
    """The key of every photo file whose time lies further back than this; other files are not ours and not named."""
    limit = time.time() - older_than.total_seconds()
    for folder in sorted(_root().glob("[0-9a-f][0-9a-f]")):
        seen = set()
        with os.scandir(folder) as entries:
            for entry in entries:
                key = _key_of(entry.name)
                if key and key not in seen and entry.stat(follow_symlinks=False).st_mtime < limit:
                    seen.add(key)
        yield from seen


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / "images"


def _part(path: Path) -> Path:
    return path.with_name(f".{path.stem}.part")


def _key_of(name: str) -> UUID | None:
    try:
        return UUID(name.removeprefix(".")[:36])
    except ValueError:
        return None


def _midnight() -> float:
    return datetime.combine(timezone.localdate(), datetime.min.time(), timezone.get_current_timezone()).timestamp()


def _make_folder(folder: Path) -> None:
    for level in (folder.parent.parent, folder.parent, folder):
        if not level.is_dir():
            level.mkdir(mode=0o700, parents=True, exist_ok=True)
            _sync(level.parent)


def _write_part(path: Path, content: bytes, moment: float) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.utime(file.fileno(), (moment, moment))
        os.fsync(file.fileno())


def _settle(folder: Path, moment: float) -> None:
    """Make the renames durable and take the time of day from the folders."""
    for touched in (folder, folder.parent):
        os.utime(touched, (moment, moment))
    _sync(folder)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
