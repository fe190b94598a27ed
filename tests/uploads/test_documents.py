from __future__ import annotations

import io
import zlib

import pytest

from tests.factories import make_pdf_bytes, make_photo_bytes
from uploads import documents
from uploads.documents import MAX_BYTES, Kind, make_safe_document
from uploads.images import Refused

ACTIVE = [
    b"/OpenAction <</S /JavaScript /JS (app.alert(1))>>",
    b"/OpenAction <</S /J#61vaScript /JS (x)>>",
    b"/OpenAction <</S /Rendition /JS (x)>>",
    b"/Names <</JavaScript 9 0 R>>",
    b"/OpenAction <</S /Launch /F (cmd.exe)>>",
    b"/Names <</EmbeddedFiles 9 0 R>>",
    b"/AF [<</EF <</F <</Type /EmbeddedFile>>>>>>]",
    b"/RichMedia 1",
    b"/AA <</O 5 0 R>>",
    b"/AA 5 0 R",
    b"/AcroForm <</XFA 5 0 R>>",
    b"/A <</S /SubmitForm>>",
]


def check(content: bytes) -> documents.SafeDocument:
    return make_safe_document(io.BytesIO(content))


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        check(content)
    return caught.value.messages[0]


def with_objects(inside: bytes, words: bytes = b"/Filter /FlateDecode", packed: bytes | None = None) -> bytes:
    """A PDF with a stream of compressed objects, where newer programs put everything."""
    data = zlib.compress(inside) if packed is None else packed
    stream = b"9 0 obj\n<</Type /ObjStm /N 1 /First 4 " + words + b">>\nstream\n" + data + b"\nendstream\nendobj\n"
    return make_pdf_bytes().replace(b"trailer", stream + b"trailer")


class TestMakeSafeDocument:
    def test_a_plain_pdf_is_kept_as_it_came(self) -> None:
        content = make_pdf_bytes()
        safe = check(content)
        assert (safe.kind, safe.content, len(safe.digest)) == (Kind.PDF, content, 64)

    def test_a_pdf_with_compressed_objects_is_kept(self) -> None:
        assert check(with_objects(b"1 0 <</Type /Catalog>>")).kind == Kind.PDF

    @pytest.mark.parametrize("words", ACTIVE)
    def test_active_content_is_refused(self, words: bytes) -> None:
        assert "memuat skrip" in refusal(make_pdf_bytes(words))

    @pytest.mark.parametrize("words", ACTIVE)
    def test_active_content_in_compressed_objects_is_refused(self, words: bytes) -> None:
        assert "memuat skrip" in refusal(with_objects(b"1 0 <<" + words + b">>"))

    def test_a_false_stream_does_not_hide_a_true_one(self) -> None:
        hidden = with_objects(b"1 0 <<" + ACTIVE[0] + b">>")
        assert "memuat skrip" in refusal(hidden.replace(b"9 0 obj\n", b"8 0 obj\n(stream\n)\nendobj\n9 0 obj\n"))

    @pytest.mark.parametrize(
        "words",
        [
            b"/Filter /LZWDecode",
            b"/Filter [/ASCIIHexDecode /FlateDecode]",
            b"/Filter /FlateDecode /DecodeParms <</Predictor 12>>",
        ],
    )
    def test_objects_that_cannot_be_read_are_refused(self, words: bytes) -> None:
        assert "terlalu rumit" in refusal(with_objects(b"1 0 <<>>", words))

    def test_broken_compression_of_objects_is_refused(self) -> None:
        assert "terlalu rumit" in refusal(with_objects(b"", packed=b"\x78\x9cnonsense"))

    def test_objects_beyond_the_bound_are_refused(self) -> None:
        assert "terlalu rumit" in refusal(with_objects(b" " * (documents.MAX_INFLATED + 1)))

    def test_a_bomb_of_many_streams_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(documents, "MAX_WORK", 3_000_000)
        picture = (
            b"8 0 obj\n<</Filter /FlateDecode>>\nstream\n" + zlib.compress(bytes(1_000_000)) + b"\nendstream\nendobj\n"
        )
        assert "terlalu rumit" in refusal(make_pdf_bytes().replace(b"trailer", picture * 5 + b"trailer"))

    def test_words_in_a_picture_do_not_matter(self) -> None:
        assert check(make_pdf_bytes(stream=b"BT (/AA dan /JS dan /Launching) Tj ET")).kind == Kind.PDF

    def test_an_encrypted_pdf_is_refused(self) -> None:
        assert "dikunci" in refusal(make_pdf_bytes().replace(b"<</Root", b"<</Encrypt 7 0 R /Root"))

    def test_a_cut_pdf_is_refused(self) -> None:
        assert "rusak" in refusal(make_pdf_bytes()[:-20])

    def test_a_large_pdf_is_refused_with_its_limit(self) -> None:
        assert "lebih dari 5 MB" in refusal(
            make_pdf_bytes().replace(b"trailer", b"%" + bytes(MAX_BYTES) + b"\ntrailer")
        )

    def test_a_photo_is_redrawn(self) -> None:
        original = make_photo_bytes(kind="PNG")
        safe = check(original)
        assert safe.kind == Kind.PHOTO
        assert safe.content.startswith(b"\xff\xd8\xff")

    def test_a_refused_photo_says_why(self) -> None:
        assert "terlalu kecil" in refusal(make_photo_bytes(20, 20))

    @pytest.mark.parametrize(
        "content", [b"", b"MZ\x90", b"PK\x03\x04", b"<svg onload='x'>", b"\xd0\xcf\x11\xe0", b"GIF89a"]
    )
    def test_anything_else_is_refused(self, content: bytes) -> None:
        assert "PDF" in refusal(content)
