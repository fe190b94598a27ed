"""The archive: a plain tar whose every member is named, with its SHA-256, in a list that the keys of the portal seal.

    tables/<number>-<table>/<part>.jsonl.gz   rows as JSON arrays, one a line
    media/<path under MEDIA_ROOT>             photos and documents as they lie
    SHA256SUMS                                `sha256sum -c` reads it
    manifest.json                             counts, columns, migrations, fingerprints of the keys, the seal

It is written and read one member at a time, so a million reports need no more memory than a thousand.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import os
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Any, Self

from django.conf import settings

from kimportal.environment import KEY_NAMES

FORMAT = 1
SUMS, MANIFEST = "SHA256SUMS", "manifest.json"
ROWS = re.compile(r"tables/\d{4}-(?P<table>\w+)/\d{6}\.jsonl\.gz")
MEDIA = re.compile(r"media/(?P<path>(?:images|documents)/[0-9a-f]{2}/[0-9a-f][0-9a-z-]+\.(?:jpg|bin))")
LARGEST = 64 * 1024**2  # bytes of one member; the largest we write are 5 MB
LOST_KEYS = {
    "SECRET_KEY": "tautan sandi dan undangan yang sudah terkirim mati",
    "TRACKING_KEY": "semua kode lacak warga mati",
    "EVENT_KEY": "rantai peristiwa tidak dapat diperiksa lagi",
    "DIGEST_KEY": "hitungan batas percobaan mulai dari nol",
}


class Faulty(Exception):  # noqa: N818  a sentence for the operator
    """This archive cannot be restored, and why."""


def fingerprint(name: str) -> str:
    """Tells whether two keys are the same, and nothing else about them."""
    key: str = getattr(settings, name)
    return hmac.new(key.encode(), f"kimportal backup {name}".encode(), hashlib.sha256).hexdigest()[:16]


def seal_of(manifest: dict[str, Any]) -> str:
    """Whoever changes the archive and its sums would need EVENT_KEY to seal it again."""
    text = json.dumps(manifest, sort_keys=True, separators=(",", ":"))
    return hmac.new(settings.EVENT_KEY.encode(), f"kimportal backup{text}".encode(), hashlib.sha256).hexdigest()


class Writer:
    """Writes beside its place and moves there once all is on disk; a failure leaves nothing behind."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.part = path.with_name(f".{path.name}.{os.getpid()}.part")
        self.file = os.fdopen(os.open(self.part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self.tar: Any = tarfile.open(fileobj=self.file, mode="w", format=tarfile.GNU_FORMAT)  # noqa: SIM115  __exit__
        self.sums = TemporaryFile()  # noqa: SIM115  closed in __exit__

    def __enter__(self) -> Self:
        return self

    def add(self, name: str, content: bytes, mtime: float = 0) -> None:
        self._write(name, content, mtime)
        self.sums.write(f"{hashlib.sha256(content).hexdigest()}  {name}\n".encode())

    def finish(self, manifest: dict[str, Any]) -> None:
        """Add the list and the manifest, then put the archive in its place."""
        self.sums.seek(0)
        digest = hashlib.file_digest(self.sums, "sha256").hexdigest()
        size = self.sums.tell()
        self.sums.seek(0)
        self.tar.addfile(member(SUMS, size), self.sums)
        manifest = {"format": FORMAT, **manifest, "sums": digest, "keys": {key: fingerprint(key) for key in KEY_NAMES}}
        self._write(MANIFEST, json.dumps({**manifest, "seal": seal_of(manifest)}, indent=1).encode())
        self.tar.close()
        self.file.flush()
        os.fsync(self.file.fileno())
        self.part.rename(self.path)
        sync_folder(self.path.parent)

    def _write(self, name: str, content: bytes, mtime: float = 0) -> None:
        self.tar.addfile(member(name, len(content), mtime), io.BytesIO(content))
        self.tar.members = []  # tarfile remembers every member it wrote

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.sums.close()
        self.part.unlink(missing_ok=True)  # gone already where all went well
        self.file.close()


def member(name: str, size: int, mtime: float = 0) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, 0o600, int(mtime)
    return info


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def members(path: Path) -> Iterator[tuple[tarfile.TarInfo, bytes]]:
    """Each member with its content, in order. Raises `Faulty` where the file is cut off or no archive."""
    tar: Any
    try:
        with tarfile.open(path, "r:") as tar:
            while (info := tar.next()) is not None:
                tar.members = []
                if not info.isreg() or (info.size > LARGEST and info.name != SUMS):
                    raise Faulty(f"Bagian {info.name!r} bukan bagian cadangan.")
                handle = tar.extractfile(info)
                yield info, b"" if handle is None or info.name == SUMS else handle.read()
    except (tarfile.TarError, EOFError) as error:
        raise Faulty("Berkas cadangan terpotong atau bukan cadangan portal ini.") from error


def check(path: Path) -> dict[str, Any]:
    """Read the whole archive once; its manifest when every hash, the list and the seal are right. Else `Faulty`."""
    manifest: dict[str, Any] = {}
    with TemporaryFile() as found:
        for info, content in members(path):
            if info.name == MANIFEST:
                manifest = read_manifest(content)
            elif info.name != SUMS:
                if not (ROWS.fullmatch(info.name) or MEDIA.fullmatch(info.name)):
                    raise Faulty(f"Bagian {info.name!r} bukan bagian cadangan.")
                found.write(f"{hashlib.sha256(content).hexdigest()}  {info.name}\n".encode())
        if not manifest:
            raise Faulty("Berkas cadangan terpotong: daftar isinya tidak ada.")
        found.seek(0)
        if hashlib.file_digest(found, "sha256").hexdigest() != manifest["sums"]:
            raise Faulty(f"Isi cadangan rusak atau diubah: {first_difference(path, found)}.")
    return manifest


def read_manifest(content: bytes) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(content)
        known = manifest["format"] == FORMAT
        kept = {
            name: manifest[name] for name in ("sums", "keys", "seal", "tables", "files", "migrations", "created_at")
        }
    except (ValueError, KeyError, TypeError) as error:
        raise Faulty("Daftar isi cadangan rusak.") from error
    if not known or not isinstance(kept["keys"], dict):
        raise Faulty("Cadangan ini dibuat oleh versi portal yang lebih baru. Perbarui portal dulu.")
    return manifest


def first_difference(path: Path, found: Any) -> str:
    """The first member whose hash is not the one in the list."""
    found.seek(0)
    try:
        with tarfile.open(path, "r:") as tar:
            handle = tar.extractfile(SUMS)
            for listed, line in zip(handle or (), found, strict=False):
                if listed != line:
                    return str(line.split(b"  ", 1)[1].strip().decode())
    except (tarfile.TarError, KeyError):
        pass
    return "daftar isinya tidak cocok"


def check_keys(manifest: dict[str, Any], *, other_keys: bool) -> None:
    """Refuse an archive made under other keys, unless the operator says that they are lost."""
    differing = [name for name in KEY_NAMES if manifest["keys"].get(name) != fingerprint(name)]
    if differing and not other_keys:
        losses = "; ".join(f"{name}: {LOST_KEYS[name]}" for name in differing)
        raise Faulty(
            f"Cadangan ini dibuat dengan kunci lain ({', '.join(differing)}). Pasang kunci yang lama di lingkungan. "
            f"Bila kunci itu hilang, pakai --other-keys; akibatnya: {losses}."
        )
    manifest = dict(manifest)
    seal = manifest.pop("seal")
    if "EVENT_KEY" not in differing and not hmac.compare_digest(seal, seal_of(manifest)):
        raise Faulty("Segel cadangan tidak cocok: daftar isinya diubah.")
