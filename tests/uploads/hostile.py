"""Files that mean harm, or that a careless program stumbles over. Built here, so that nothing harmful is kept."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from PIL import Image, ImageCms, PngImagePlugin

from tests.factories import make_photo_bytes

MARK = b"RAHASIA-7741"  # planted wherever a format has a place for it; it must come out nowhere
TEXT = MARK.decode()


def png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_of_size(width: int, height: int, depth: int = 8, kind: int = 6, pixels: bytes = bytes(10_000)) -> bytes:
    """A PNG whose header claims a size that its pixels need not fill."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + png_chunk(b"IDAT", zlib.compress(pixels)) + png_chunk(b"IEND", b"")


def png_bomb() -> bytes:
    """A true bomb: 100 million black and white pixels in 12 kB."""
    return png_of_size(10_000, 10_000, depth=1, kind=0, pixels=bytes(10_000 * 1251))


def jpeg_of_size(width: int, height: int, **options: object) -> bytes:
    """A JPEG whose header claims a size its few bytes never fill."""
    data = bytearray(make_photo_bytes(**options))
    frame = next(data.find(marker) for marker in (b"\xff\xc0", b"\xff\xc2") if marker in data)
    data[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def jpeg_in_separate_scans(width: int, height: int) -> bytes:
    """The header of a JPEG that is not progressive and yet drawn in several passes, one colour at a time."""
    data = bytearray(jpeg_of_size(width, height))
    scan = data.find(b"\xff\xda")
    data[scan + 4] = 1  # colours in the first scan
    return bytes(data[:-2] + b"\xff\xda\xff\xd9")


def jpeg_with_scans(count: int) -> bytes:
    """A progressive JPEG whose last pass is repeated: little to send, much to decode."""
    data = make_photo_bytes(progressive=True)
    last = data[data.rfind(b"\xff\xc4") : -2]
    return data[:-2] + last * (count - data.count(b"\xff\xda")) + b"\xff\xd9"


def webp_of_size(width: int, height: int) -> bytes:
    header = bytes(4) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + header
    return b"RIFF" + struct.pack("<I", len(body)) + body


def animated(kind: str) -> bytes:
    frames = [Image.new("RGB", (100, 100), colour) for colour in ("red", "blue")]
    stream = io.BytesIO()
    frames[0].save(stream, kind, save_all=True, append_images=frames[1:])
    return stream.getvalue()


def marked_exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = exif[0x0110] = exif[0x9286] = TEXT  # maker, model, comment
    exif.get_ifd(0x8825).update({1: "S", 2: (0.0, 13.0, 5.0), 29: TEXT})  # place and day
    return exif


def marked_xmp() -> bytes:
    return b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + MARK + b"</x:xmpmeta>"


def marked_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + MARK


def marked_jpeg() -> bytes:
    return make_photo_bytes(exif=marked_exif(), comment=MARK, xmp=marked_xmp(), icc_profile=marked_profile())


def marked_png() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", TEXT)
    notes.add_itxt("XML:com.adobe.xmp", marked_xmp().decode(), zip=True)
    return make_photo_bytes(kind="PNG", pnginfo=notes, exif=marked_exif(), icc_profile=marked_profile())


def png_with_note(key: str, text: str) -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text(key, text)
    return make_photo_bytes(kind="PNG", pnginfo=notes)


def marked_webp() -> bytes:
    return make_photo_bytes(kind="WEBP", exif=marked_exif(), xmp=marked_xmp(), icc_profile=marked_profile())


def jpeg_and_html() -> bytes:
    """A photo that a browser would read as a page, were it served with the wrong type."""
    return make_photo_bytes(comment=b"*/--><script>alert('" + MARK + b"')</script><!--") + b"<script>" + MARK


def jpeg_and_zip() -> bytes:
    """A photo that is an archive when read from its end."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("perintah.sh", MARK)
    return make_photo_bytes() + stream.getvalue()


def jpeg_with_huge_exif() -> bytes:
    """Five megabytes of EXIF in eighty segments."""
    segment = b"\xff\xe1" + struct.pack(">H", 65_000) + b"Exif\0\0" + (MARK * 5_500)[:64_992]
    photo = make_photo_bytes()
    return photo[:2] + segment * 80 + photo[2:]


def png_with_text_bomb() -> bytes:
    """Comments that unpack to 60 MB."""
    note = png_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(1_000_000)))
    photo = make_photo_bytes(kind="PNG")
    return photo[:33] + note * 60 + photo[33:]


def two_pictures() -> bytes:
    """What many phones write: a second picture (depth, gain map) behind the photo."""
    stream = io.BytesIO()
    first, second = Image.new("RGB", (300, 200), "white"), Image.new("RGB", (300, 200), "black")
    first.save(stream, "MPO", save_all=True, append_images=[second])
    return stream.getvalue()


def as_kind(kind: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (100, 100), "red").save(stream, kind)
    return stream.getvalue()
