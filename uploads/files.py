"""Where a photo's three files and a document's one file lie, written whole or not at all.

The files carry no name but a random one and no time of day: their time, and that of their folder, is midnight of the
day, so that a photo cannot be matched with the moment an anonymous report came in.
"""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from uploads.images import SIZES, Refused

KEPT_FREE = 300 * 1024**2  # bytes: photos that nobody asked for must not keep out reports in words
IMAGES, DOCUMENTS = "images", "documents"  # folders under MEDIA_ROOT


class NotStored(Refused):
    """The disk is full or read-only: the file is fine, the server is not."""


def storage_state() -> str:
    """Whether another photo would be stored: "ok", "full" or "read-only"."""
    root = Path(settings.MEDIA_ROOT)
    place = next(each for each in (root, *root.parents) if each.exists())  # the first photo makes the folder
    if not os.access(place, os.W_OK):
        return "read-only"
    return "ok" if shutil.disk_usage(place).free >= KEPT_FREE else "full"


def check_storage(what: str) -> None:
    """Raises `NotStored` where a form can still say so beside its field; `what` is "Foto" or "Berkas"."""
    if storage_state() != "ok":
        raise _not_stored(what)


def _not_stored(what: str) -> NotStored:
    return NotStored(
        f"{what} belum dapat disimpan karena penyimpanan di server penuh atau terkunci. "
        f"Coba lagi nanti, atau kirim tanpa {what.lower()}."
    )


def photo_path(key: UUID, size: str) -> Path:
    """images/<2 hexadecimal digits>/<key>-<size>.jpg under MEDIA_ROOT."""
    return _root(IMAGES) / key.hex[:2] / f"{key}-{size}.jpg"


def document_path(key: UUID) -> Path:
    """documents/<2 hexadecimal digits>/<key>.bin under MEDIA_ROOT: no suffix that a program would open by itself."""
    return _root(DOCUMENTS) / key.hex[:2] / f"{key}.bin"


def write_files(key: UUID, variants: Mapping[str, bytes]) -> None:
    """Write all sizes durably; raises `NotStored` and leaves nothing behind if the disk refuses."""
    _write({photo_path(key, size): content for size, content in variants.items()}, "Foto")


def write_document(key: UUID, content: bytes) -> None:
    """Write a document durably; raises `NotStored` and leaves nothing behind if the disk refuses."""
    _write({document_path(key): content}, "Berkas")


def remove_files(key: UUID) -> None:
    """Remove every size of a photo and whatever an interrupted write left."""
    _remove([photo_path(key, size) for size in SIZES])


def remove_document(key: UUID) -> None:
    """Remove a document's file and whatever an interrupted write left."""
    _remove([document_path(key)])


def _write(contents: Mapping[Path, bytes], what: str) -> None:
    folder = next(iter(contents)).parent
    midnight = _midnight()
    try:
        _make_folder(folder)
        if shutil.disk_usage(folder).free < KEPT_FREE:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        for path, content in contents.items():
            _write_part(_part(path), content, midnight)
        for path in contents:
            _part(path).replace(path)
        _settle(folder, midnight)
    except OSError as error:
        with suppress(OSError):
            _remove(list(contents))
        raise _not_stored(what) from error


def _remove(paths: list[Path]) -> None:
    for path in paths:
        for file in (path, _part(path)):
            file.unlink(missing_ok=True)
    if (folder := paths[0].parent).exists():
        _settle(folder, _midnight())


def old_keys(older_than: timedelta, kind: str = IMAGES) -> Iterator[UUID]:
    """The key of every file of this kind whose time lies further back than this; foreign files are not named."""
    limit = time.time() - older_than.total_seconds()
    for folder in sorted(_root(kind).glob("[0-9a-f][0-9a-f]")):
        seen = set()
        with os.scandir(folder) as entries:
            for entry in entries:
                key = _key_of(entry.name)
                if key and key not in seen and entry.stat(follow_symlinks=False).st_mtime < limit:
                    seen.add(key)
        yield from seen


def _root(kind: str) -> Path:
    return Path(settings.MEDIA_ROOT) / kind


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
