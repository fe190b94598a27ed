from __future__ import annotations

import io
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image, ImageFile

from tests.factories import make_photo_bytes
from tests.uploads import hostile
from uploads import images
from uploads.images import MAX_BYTES, Refused, SafeImage, make_safe


def safe(data: bytes) -> SafeImage:
    return make_safe(io.BytesIO(data))


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        safe(data)
    [sentence] = caught.value.messages
    return sentence


def drawn(data: bytes, size: str = "large") -> Image.Image:
    return Image.open(io.BytesIO(safe(data).variants[size])).convert("RGB")


def near(colour: tuple[int, ...], wanted: tuple[int, int, int]) -> bool:
    return all(abs(a - b) <= 6 for a, b in zip(colour, wanted, strict=True))


class TestRefusedByContent:
    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"", "kosong (0 byte)"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "bukan foto yang dikenal"),
            (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 99 99\n(x) run\n", "bukan foto yang dikenal"),
            (b"%PDF-1.7\n", "PDF"),
            (b"<!doctype html><script>alert(1)</script>", "bukan foto yang dikenal"),
            (b"PK\x03\x04" + bytes(99), "bukan foto yang dikenal"),
            (b"MZ" + bytes(99), "bukan foto yang dikenal"),
            (b"\0\0\0\x18ftypheic" + bytes(99), "HEIC"),
            (b"\0\0\0\x18ftypisom" + bytes(99), "Video"),
            (hostile.as_kind("GIF"), "GIF"),
            (hostile.animated("GIF"), "GIF"),
            (hostile.as_kind("TIFF"), "bukan foto yang dikenal"),
            (hostile.as_kind("BMP"), "bukan foto yang dikenal"),
            (hostile.as_kind("ICO"), "bukan foto yang dikenal"),
            (hostile.as_kind("EPS"), "bukan foto yang dikenal"),
            (hostile.as_kind("JPEG2000"), "bukan foto yang dikenal"),
            (hostile.animated("PNG"), "bergerak"),
            (hostile.animated("WEBP"), "bergerak"),
            (make_photo_bytes(63, 500), "terlalu kecil (63 x 500 piksel)"),
        ],
    )
    def test_says_what_is_wrong(self, data: bytes, words: str) -> None:
        assert words in refusal(data)

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    @pytest.mark.parametrize("share", [0.01, 0.3, 0.9])
    def test_truncated_photo_is_refused(self, kind: str, share: float, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint leaves it after the first PDF
        data = make_photo_bytes(kind=kind)
        assert "rusak atau tidak lengkap" in refusal(data[: max(20, int(len(data) * share))])

    @pytest.mark.parametrize("start", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBPVP8L"])
    def test_signature_with_rubbish_behind_is_refused(self, start: bytes) -> None:
        for filler in (b"\0", b"\xff", b"\xe1\x00", bytes(range(256))):
            assert "rusak" in refusal(start + filler * 999)

    def test_only_the_decoder_of_the_kind_is_tried(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked = []
        real = Image.open
        monkeypatch.setattr(images.Image, "open", lambda *a, **kw: asked.append(kw["formats"]) or real(*a, **kw))
        safe(make_photo_bytes(kind="PNG"))
        assert asked == [["PNG"]]


class TestRefusedBySize:
    @pytest.mark.parametrize("size", [MAX_BYTES + 1, 50 * 1024 * 1024])
    def test_file_over_the_limit_names_the_limit(self, size: int) -> None:
        assert "batasnya 12 MB" in refusal(make_photo_bytes() + bytes(size))

    def test_file_a_little_over_the_limit_is_not_said_to_have_its_size(self) -> None:
        assert "12,1 MB" in str(images.too_large(MAX_BYTES + 1).messages)

    @pytest.mark.parametrize(
        "data",
        [
            hostile.png_bomb(),
            hostile.png_of_size(60_000, 60_000),
            hostile.png_of_size(5_000, 5_000),
            hostile.jpeg_of_size(65_000, 65_000),
            hostile.jpeg_of_size(12_000, 10_100),
            hostile.jpeg_of_size(8_000, 6_000, progressive=True),
            hostile.jpeg_in_separate_scans(8_000, 6_000),
            hostile.webp_of_size(16_000, 16_000),
        ],
        ids=[
            "true PNG bomb",
            "PNG of 3600 megapixels",
            "PNG just over",
            "JPEG of 4225 megapixels",
            "JPEG just over",
            "progressive JPEG of 48 megapixels",
            "JPEG of 48 megapixels in separate scans",
            "WebP of 256 megapixels",
        ],
    )
    @pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
    def test_bomb_is_refused_before_a_pixel_is_decoded(self, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(images, "_redraw", lambda image: pytest.fail("decoded"))
        assert "terlalu besar untuk diolah" in refusal(data)

    def test_whole_webp_over_the_limit_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(images.MAX_PIXELS, "WEBP", 640 * 480 - 1)
        assert "terlalu besar untuk diolah" in refusal(make_photo_bytes(kind="WEBP"))

    def test_many_passes_over_one_picture_are_refused(self) -> None:
        assert safe(hostile.jpeg_with_scans(20))
        assert refusal(hostile.jpeg_with_scans(images.MAX_JPEG_SCANS + 1))

    def test_thumbnail_inside_a_large_photo_is_not_taken_for_a_second_pass(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(images, "MAX_BUFFERED_JPEG", 1000)
        exif = hostile.marked_exif()
        photo = make_photo_bytes(exif=exif.tobytes() + make_photo_bytes(64, 64))
        assert photo.count(b"\xff\xda") == 2
        assert safe(photo)

    def test_comments_that_unpack_to_much_are_refused(self) -> None:
        assert "rusak" in refusal(hostile.png_with_text_bomb())


class TestNeutralised:
    @pytest.mark.parametrize(
        "build",
        [
            hostile.marked_jpeg,
            hostile.marked_png,
            hostile.marked_webp,
            hostile.jpeg_and_html,
            hostile.jpeg_and_zip,
            hostile.jpeg_with_huge_exif,
        ],
    )
    def test_planted_mark_is_in_no_byte_that_comes_out(self, build: object) -> None:
        data = build()
        if build is not hostile.marked_png:  # packed there
            assert hostile.MARK in data
        for variant in safe(data).variants.values():
            assert hostile.MARK not in variant
            for word in (b"Exif", b"xmp", b"ICC_PROFILE", b"script", b"PK\x03\x04", b"Photoshop"):
                assert word not in variant

    @pytest.mark.parametrize("build", [hostile.marked_jpeg, hostile.marked_png, hostile.marked_webp])
    def test_variants_carry_no_segment_but_those_that_draw(self, build: object) -> None:
        for variant in safe(build()).variants.values():
            assert variant[:4] == b"\xff\xd8\xff\xe0"  # JFIF, the only application segment
            assert variant.endswith(b"\xff\xd9")
            image = Image.open(io.BytesIO(variant))
            assert set(image.info) <= {
                "jfif",
                "jfif_version",
                "jfif_unit",
                "jfif_density",
                "progressive",
                "progression",
            }
            assert [name for name, _ in image.applist] == ["APP0"]

    def test_second_picture_behind_a_phone_photo_is_left_out(self) -> None:
        result = safe(hostile.two_pictures())
        assert near(drawn(hostile.two_pictures()).getpixel((150, 100)), (255, 255, 255))
        assert result.variants["large"].count(b"\xff\xd8\xff") == 1

    @pytest.mark.filterwarnings("ignore:Corrupt EXIF")
    @pytest.mark.parametrize(
        "photo",
        [
            make_photo_bytes(exif=b"Exif\0\0II*\0\xff\xff\xff\xff"),
            make_photo_bytes(exif=b"Exif\0\0bukan TIFF"),
            hostile.png_with_note("Raw profile type exif", "\nexif\n4\nbukan heksadesimal"),
        ],
        ids=["directory beyond the end", "no TIFF", "no hexadecimal"],
    )
    def test_unreadable_orientation_is_no_reason_to_refuse(self, photo: bytes) -> None:
        assert safe(photo).width == 640

    def test_photo_is_taken_whole_from_wherever_the_file_was_read_to(self) -> None:
        file = io.BytesIO(make_photo_bytes())
        file.read()
        assert make_safe(file).width == 640


class TestDrawing:
    def test_three_sizes_by_longest_side(self) -> None:
        result = safe(make_photo_bytes(2400, 3200))
        sizes = {name: Image.open(io.BytesIO(data)).size for name, data in result.variants.items()}
        assert sizes == {"small": (240, 320), "medium": (600, 800), "large": (1200, 1600)}
        assert (result.width, result.height) == (1200, 1600)

    def test_small_photo_is_never_enlarged(self) -> None:
        result = safe(make_photo_bytes(200, 100))
        assert {Image.open(io.BytesIO(data)).size for data in result.variants.values()} == {(200, 100)}

    def test_long_photo_keeps_a_pixel_of_height(self) -> None:
        assert safe(make_photo_bytes(30_000, 64)).height == 3

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_same_photo_gives_the_same_digest(self, kind: str) -> None:
        data = make_photo_bytes(1700, 900, kind=kind)
        assert safe(data).digest == safe(data).digest
        assert safe(data).digest != safe(make_photo_bytes(900, 1700, kind=kind)).digest

    def test_variants_are_progressive_jpeg(self) -> None:
        assert drawn(make_photo_bytes()).size == (640, 480)
        for data in safe(make_photo_bytes(kind="PNG")).variants.values():
            image = Image.open(io.BytesIO(data))
            assert (image.format, image.info["progressive"]) == ("JPEG", 1)

    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    @pytest.mark.parametrize(
        ("orientation", "dark_at"),
        [(1, "left"), (2, "right"), (3, "right"), (4, "left"), (5, "top"), (6, "top"), (7, "bottom"), (8, "bottom")],
    )
    def test_stands_as_the_camera_was_held(self, kind: str, orientation: int, dark_at: str) -> None:
        exif = Image.Exif()
        exif[0x0112] = orientation
        picture = drawn(make_photo_bytes(kind=kind, exif=exif))
        width, height = picture.size
        corners = {
            (down, across): picture.getpixel((9 if across == "left" else width - 9, 9 if down == "top" else height - 9))
            for down in ("top", "bottom")
            for across in ("left", "right")
        }
        assert all((dark_at in corner) == (sum(colour) < 360) for corner, colour in corners.items())
        assert (width > height) == (orientation <= 4)

    @pytest.mark.parametrize(
        ("kind", "mode"), [("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "1"), ("PNG", "L"), ("PNG", "P"), ("PNG", "LA")]
    )
    def test_every_colour_mode_becomes_plain_colour(self, kind: str, mode: str) -> None:
        picture = drawn(make_photo_bytes(kind=kind, mode=mode))
        dark, light = picture.getpixel((100, 100)), picture.getpixel((500, 100))
        assert sum(dark) + 200 < sum(light)

    def test_sixteen_bit_grey_is_scaled_not_clipped(self) -> None:
        stream = io.BytesIO()
        Image.new("I;16", (300, 300), 32_768).save(stream, "PNG")
        assert near(drawn(stream.getvalue()).getpixel((150, 150)), (128, 128, 128))

    @pytest.mark.parametrize("kind", ["PNG", "WEBP"])
    def test_transparency_lies_on_white(self, kind: str) -> None:
        stream = io.BytesIO()
        Image.new("RGBA", (300, 2000), (0, 0, 0, 0)).save(stream, kind, exact=True)
        assert near(drawn(stream.getvalue()).getpixel((100, 1000)), (255, 255, 255))

    def test_palette_with_transparency_lies_on_white(self) -> None:
        picture = Image.new("P", (300, 300), 1)
        picture.putpalette([0, 0, 0, 10, 20, 30])
        picture.info["transparency"] = 1
        stream = io.BytesIO()
        picture.save(stream, "PNG")
        assert near(drawn(stream.getvalue()).getpixel((150, 150)), (255, 255, 255))

    def test_bands_meet_without_a_seam(self) -> None:
        stream = io.BytesIO()
        Image.linear_gradient("L").resize((3300, 3301)).save(stream, "PNG")
        picture = drawn(stream.getvalue()).convert("L")
        column = [picture.getpixel((800, row)) for row in range(picture.height)]
        assert all(-3 <= b - a <= 3 for a, b in zip(column, column[1:], strict=False))
        assert column[0] < 5
        assert column[-1] > 250

    def test_one_photo_at_a_time_in_a_worker_with_threads(self, monkeypatch: pytest.MonkeyPatch) -> None:
        busy, most = [], []
        real = images._redraw

        def redraw(image: Image.Image) -> Image.Image:
            busy.append(1)
            most.append(len(busy))
            time.sleep(0.02)
            busy.pop()
            return real(image)

        monkeypatch.setattr(images, "_redraw", redraw)
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(safe, [make_photo_bytes()] * 8))
        assert most == [1] * 8
