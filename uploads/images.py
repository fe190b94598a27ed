"""Photos from strangers made safe: only their pixels survive, redrawn on a fresh canvas in three sizes.

Nothing else of a file is kept: no name, no EXIF (place, time, device), no comment, no XMP, no colour profile, and
none of the bytes a disguised file carries behind its picture. Sources: quality.md B3; Pillow's security notes.
"""

from __future__ import annotations

import hashlib
import io
import re
import threading
from dataclasses import dataclass
from typing import IO

from django.core.exceptions import ValidationError
from PIL import ExifTags, Image, ImageFile, ImageOps, JpegImagePlugin, PngImagePlugin

MAX_BYTES = 12 * 1024 * 1024
MIN_SIDE = 64  # pixels; anything smaller shows nothing
SIZES = {"small": 320, "medium": 800, "large": 1600}  # longest side in pixels
QUALITY = {"small": 76, "medium": 78, "large": 80}

# What a decoder holds at once decides the limit: a worker stays below 250 MB (tests/uploads/test_memory.py).
MAX_PIXELS = {"JPEG": 120_000_000, "PNG": 20_000_000, "WEBP": 6_000_000}
MAX_BUFFERED_JPEG = 80_000_000  # bytes of coefficients a JPEG of several passes keeps in memory
MAX_JPEG_SCANS = 40  # a progressive photo has about ten; thousands are an attack on time
BAND = 32  # rows of the canvas drawn at a time

Image.MAX_IMAGE_PIXELS = max(MAX_PIXELS.values())  # Pillow's own warning; our limits refuse earlier
PngImagePlugin.MAX_TEXT_MEMORY = 2 * 1024 * 1024  # 64 MB of compressed comments by default

_one_at_a_time = threading.Lock()  # the memory limit holds for a worker with several threads as well

_SIGNATURES = (
    ("JPEG", re.compile(rb"\xff\xd8\xff")),
    ("PNG", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("WEBP", re.compile(rb"RIFF.{4}WEBP", re.DOTALL)),
)
_REFUSED_KINDS = (
    (re.compile(rb"GIF8"), "Gambar GIF tidak diterima."),
    (
        re.compile(rb".{4}ftyp(heic|heix|heim|heis|hevc|mif1|msf1|avif)", re.DOTALL),
        "Foto HEIC atau AVIF belum diterima.",
    ),
    (re.compile(rb".{4}ftyp", re.DOTALL), "Video tidak diterima."),
    (re.compile(rb"%PDF"), "Dokumen PDF bukan foto."),
)
_WANTED = "Kirim foto JPEG, PNG, atau WebP."
_BROKEN = f"Foto ini rusak atau tidak lengkap, jadi tidak dapat dibuka. Pilih foto lain atau potret ulang. {_WANTED}"
_TOO_MANY_PIXELS = (
    "Gambar ini terlalu besar untuk diolah. Kecilkan ukuran foto di kamera, atau kirim tangkapan layarnya."
)


class Refused(ValidationError):  # noqa: N818  reads as what happened
    """A photo that is not taken, with the sentence for the person who sent it."""


@dataclass(frozen=True)
class SafeImage:
    """A photo redrawn by us: JPEG bytes by size ("small", "medium", "large"); width and height are the large one's."""

    width: int
    height: int
    variants: dict[str, bytes]
    digest: str  # SHA-256 of the large variant, hexadecimal


def make_safe(file: IO[bytes]) -> SafeImage:
    """The photo in `file`, redrawn. Raises `Refused` for everything that is not a whole, still, reasonable photo."""
    data = _read(file)
    kind = _kind(data)
    try:
        with _one_at_a_time, Image.open(io.BytesIO(data), formats=[kind]) as image:
            ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint turns it on for the whole process when it is imported
            _check_header(image, kind, data)
            canvas = _upright(_redraw(image), image)
    except Refused:
        raise
    except Image.DecompressionBombError as error:
        raise Refused(_TOO_MANY_PIXELS) from error
    except Exception as error:  # a hostile file makes decoders raise nearly anything, MemoryError included
        raise Refused(_BROKEN) from error
    variants = _variants(canvas)
    return SafeImage(canvas.width, canvas.height, variants, hashlib.sha256(variants["large"]).hexdigest())


def too_large(size: int) -> Refused:
    """The refusal of a file of `size` bytes."""
    megabytes = f"{-(-size * 10 // 1024**2) / 10:.1f}".replace(".", ",")
    return Refused(
        f"Foto ini {megabytes} MB, sedangkan batasnya {MAX_BYTES // 1024**2} MB. "
        "Kecilkan ukuran foto di kamera, atau kirim tangkapan layarnya."
    )


def _read(file: IO[bytes]) -> bytes:
    size = getattr(file, "size", 0) or 0
    if size > MAX_BYTES:
        raise too_large(size)
    file.seek(0)
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise too_large(len(data))
    if not data:
        raise Refused("Berkas foto ini kosong (0 byte). Pilih foto lain.")
    return data


def _kind(data: bytes) -> str:
    """The format by content; a name or a declared type says nothing."""
    for kind, signature in _SIGNATURES:
        if signature.match(data):
            return kind
    for signature, sentence in _REFUSED_KINDS:
        if signature.match(data):
            raise Refused(f"{sentence} {_WANTED}")
    raise Refused(f"Berkas ini bukan foto yang dikenal. {_WANTED}")


def _check_header(image: Image.Image, kind: str, data: bytes) -> None:
    """Refuse by what the header says, before a single pixel is decoded."""
    width, height = image.size
    if min(width, height) < MIN_SIDE:
        raise Refused(
            f"Foto ini terlalu kecil ({width} x {height} piksel). Sisi terpendek paling sedikit {MIN_SIDE} piksel."
        )
    if width * height > MAX_PIXELS[kind]:
        raise Refused(_TOO_MANY_PIXELS)
    if isinstance(image, JpegImagePlugin.JpegImageFile):
        _check_passes(image, data)
    elif getattr(image, "n_frames", 1) > 1:
        raise Refused(f"Gambar bergerak tidak diterima. {_WANTED}")


def _check_passes(image: JpegImagePlugin.JpegImageFile, data: bytes) -> None:
    """A JPEG drawn in several passes is held whole in memory, two bytes a coefficient, and read once per pass."""
    scans = data.count(b"\xff\xda")  # compressed data never holds these two bytes
    if scans > MAX_JPEG_SCANS:
        raise Refused(_BROKEN)
    samples = [across * down for _, across, down, _ in image.layer]
    held = image.width * image.height * 2 * sum(samples) // max(samples)
    if scans > 1 and held > MAX_BUFFERED_JPEG and _has_passes(image, data):
        raise Refused(_TOO_MANY_PIXELS)


def _has_passes(image: JpegImagePlugin.JpegImageFile, data: bytes) -> bool:
    """Whether the picture itself (not a thumbnail inside it) is drawn in several passes."""
    if image.info.get("progressive"):
        return True
    position = 2
    while data[position + 1] != 0xDA:  # walk the segments up to the first scan
        position += 2 + int.from_bytes(data[position + 2 : position + 4], "big")
    return data[position + 4] < len(image.layer)


def _fit(size: tuple[int, int], side: int) -> tuple[int, int]:
    """`size` shrunk so that the longest side is at most `side`; never enlarged."""
    scale = min(1.0, side / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _redraw(image: Image.Image) -> Image.Image:
    """The pixels alone, on a white canvas at most 1600 pixels long. Drawn in bands: a whole copy costs too much."""
    target = _fit(image.size, SIZES["large"])
    image.draft(None, target)  # a large JPEG is decoded at a fraction of its size
    factor = max(1, min(image.width // target[0], image.height // target[1]))
    canvas = Image.new("RGB", (-(-image.width // factor), -(-image.height // factor)), "white")
    step = BAND * factor
    for top in range(0, image.height, step):
        band = image.crop((0, top, image.width, min(top + step, image.height)))
        canvas.paste(_flat(band).reduce(factor), (0, top // factor))
    return canvas.resize(target, Image.Resampling.LANCZOS)


def _flat(band: Image.Image) -> Image.Image:
    """Plain RGB: transparency on white, 16-bit grey scaled down (Pillow would clip it)."""
    if band.mode.startswith("I"):
        return band.point(lambda value: value * (1 / 257)).convert("RGB")
    if not band.has_transparency_data:
        return band.convert("RGB")
    clear = band.convert("RGBA")
    flat = Image.new("RGB", band.size, "white")
    flat.paste(clear, mask=clear.getchannel("A"))
    return flat


def _upright(canvas: Image.Image, original: Image.Image) -> Image.Image:
    """The canvas turned as the camera was held; an unreadable note on that leaves it as it is."""
    try:
        orientation = original.getexif().get(ExifTags.Base.Orientation, 1)
    except Exception:  # hostile EXIF is no reason to refuse a good picture
        return canvas
    canvas.getexif()[ExifTags.Base.Orientation] = orientation
    turned = ImageOps.exif_transpose(canvas)
    fresh = Image.new("RGB", turned.size)
    fresh.paste(turned)
    return fresh


def _variants(canvas: Image.Image) -> dict[str, bytes]:
    """The canvas as JPEG in each size; each smaller one is drawn from the one before."""
    made = {}
    for name, side in sorted(SIZES.items(), key=lambda item: -item[1]):
        canvas = canvas.resize(_fit(canvas.size, side), Image.Resampling.LANCZOS)
        stream = io.BytesIO()
        canvas.save(stream, "JPEG", quality=QUALITY[name], progressive=True, optimize=True)
        made[name] = stream.getvalue()
    return made
