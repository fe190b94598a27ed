"""Documents from strangers made safe: a PDF without active content, or a photo of the paper, redrawn.

A PDF is kept as it came, so it must be harmless as it is: nothing that runs, opens, sends or carries another file
(ISO 32000-1, 12.6.4 and 7.11.4). It is never shown in our own pages, only downloaded.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import IO

from uploads import images
from uploads.images import Refused

MAX_BYTES = 5 * 1024 * 1024  # of a PDF; a photo has its own limits
MAX_STREAMS = 20_000
MAX_INFLATED = 2 * 1024 * 1024  # of one stream; object streams hold some hundred small objects
MAX_WORK = 100 * 1024 * 1024  # bytes read and inflated over all streams, about a second

_ACTIVE = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToE)(?![A-Za-z0-9])"
    rb"|/JS\s*(?:[(<%]|\d+\s+\d+\s+R)|/AA\s*(?:<<|%|\d+\s+\d+\s+R)"
)
_ENCRYPTED = re.compile(rb"/Encrypt\s*(?:<<|%|\d+\s+\d+\s+R)")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_OTHER_CODING = re.compile(
    rb"/(?:ASCIIHexDecode|AHx|ASCII85Decode|A85|LZWDecode|LZW|RunLengthDecode|RL|Crypt|Predictor)\b"
)

_WANTED = "Kirim berkas PDF, atau foto JPEG, PNG, atau WebP."
_TRY = "Simpan ulang dengan “Cetak ke PDF”, atau kirim foto lembarannya."
_BROKEN = f"PDF ini rusak atau tidak lengkap. {_TRY}"
_ACTIVE_FOUND = f"PDF ini memuat skrip, formulir aktif, atau lampiran, jadi tidak diterima. {_TRY}"
_LOCKED = f"PDF ini dikunci dengan kata sandi. {_TRY}"
_TOO_COMPLEX = f"PDF ini terlalu rumit untuk diperiksa. {_TRY}"


class Kind(StrEnum):
    PDF = "pdf"
    PHOTO = "photo"

    @property
    def label(self) -> str:
        return "PDF" if self is Kind.PDF else "Foto"

    @property
    def suffix(self) -> str:
        return "pdf" if self is Kind.PDF else "jpg"

    @property
    def content_type(self) -> str:
        return "application/pdf" if self is Kind.PDF else "image/jpeg"


@dataclass(frozen=True)
class SafeDocument:
    """A checked PDF, or a photo redrawn by us as JPEG."""

    kind: Kind
    content: bytes
    digest: str  # SHA-256, hexadecimal


def make_safe_document(file: IO[bytes]) -> SafeDocument:
    """The document in `file`, by its content; a name or declared type says nothing. Raises `Refused`."""
    file.seek(0)
    if not file.read(1024).lstrip().startswith(b"%PDF-"):
        return _safe_photo(file)
    content = _read(file)
    _check(content)
    return SafeDocument(Kind.PDF, content, hashlib.sha256(content).hexdigest())


def _safe_photo(file: IO[bytes]) -> SafeDocument:
    if not _is_photo(file):
        raise Refused(f"Berkas ini kosong, terlalu besar, atau bukan jenis yang dikenal. {_WANTED}")
    safe = images.make_safe(file)
    return SafeDocument(Kind.PHOTO, safe.variants["large"], safe.digest)


def _is_photo(file: IO[bytes]) -> bool:
    file.seek(0)
    start = file.read(12)
    return start.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (start[:4] == b"RIFF" and start[8:] == b"WEBP")


def _read(file: IO[bytes]) -> bytes:
    file.seek(0)
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise Refused(f"PDF ini lebih dari {MAX_BYTES // 1024**2} MB. Perkecil dulu, atau kirim foto lembarannya.")
    return content


def _check(content: bytes) -> None:
    end = content[-2048:]
    if b"startxref" not in end or b"%%EOF" not in end:
        raise Refused(_BROKEN)
    plain = _plain(content)
    if _ENCRYPTED.search(plain):
        raise Refused(_LOCKED)
    if _ACTIVE.search(plain) or any(_ACTIVE.search(_plain(part)) for part in _inflated(content)):
        raise Refused(_ACTIVE_FOUND)


def _plain(content: bytes) -> bytes:
    """With the escapes in names resolved: /J#61vaScript is /JavaScript."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)


def _inflated(content: bytes) -> Iterator[bytes]:
    """What compressed streams hold, each from its beginning. Raises `Refused` where objects could hide unseen."""
    view, work = memoryview(content), 0
    for number, found in enumerate(_STREAM.finditer(content)):
        stop = content.find(b"endstream", found.end(), found.end() + MAX_BYTES)
        raw = view[found.end() : min(stop if stop >= 0 else len(content), found.end() + MAX_INFLATED)]
        part, is_whole = _inflate(raw)
        work += len(raw) + len(part)
        if number >= MAX_STREAMS or work > MAX_WORK:
            raise Refused(_TOO_COMPLEX)
        if not is_whole:
            _check_unseen(_plain(content[max(0, found.start() - 400) : found.start()]))
        elif _hides_objects(_plain(content[max(0, found.start() - 400) : found.start()])):
            raise Refused(_TOO_COMPLEX)
        yield part


def _inflate(raw: memoryview) -> tuple[bytes, bool]:
    """What a stream holds, at most MAX_INFLATED bytes, and whether that is all of it."""
    inflater = zlib.decompressobj()
    try:
        part = inflater.decompress(raw, MAX_INFLATED)
    except zlib.error:
        return b"", False
    return part, inflater.eof


def _dictionary(before: bytes) -> bytes:
    """The words of the object in front of its stream."""
    return before.rpartition(b"obj")[2] or before


def _check_unseen(before: bytes) -> None:
    """Refuse a stream of objects that is compressed and was not seen whole."""
    words = _dictionary(before)
    if b"/ObjStm" in words and b"/Filter" in words:
        raise Refused(_TOO_COMPLEX)


def _hides_objects(before: bytes) -> bool:
    """Whether a stream of objects is coded twice, so that inflating it is not reading it."""
    words = _dictionary(before)
    return b"/ObjStm" in words and bool(_OTHER_CODING.search(words))
