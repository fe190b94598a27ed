from __future__ import annotations

import socket
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path

import pytest

from groups import pdf


@pytest.fixture
def fresh() -> Iterator[None]:
    pdf.can_make_pdf.cache_clear()
    yield
    pdf.can_make_pdf.cache_clear()


class TestCanMakePdf:
    @pytest.mark.parametrize("lacking", pdf.NATIVE)
    def test_false_where_a_native_library_is_missing(
        self, lacking: str, fresh: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(pdf, "find_library", lambda name: None if name == lacking else f"lib{name}.so")
        assert not pdf.can_make_pdf()

    @pytest.mark.parametrize("found", [None, object()])
    def test_asks_for_the_package_and_imports_nothing(
        self, found: object, fresh: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(pdf, "find_library", lambda name: f"lib{name}.so")
        monkeypatch.setattr(pdf, "find_spec", lambda name: found)
        monkeypatch.setattr(pdf, "import_module", None)
        assert pdf.can_make_pdf() is bool(found)


needs_library = pytest.mark.skipif(not pdf.can_make_pdf(), reason="WeasyPrint's native libraries are not installed")


@needs_library
class TestMakePdf:
    def test_gives_a_pdf(self) -> None:
        assert pdf.make_pdf("<h1>Posyandu</h1>", "Posyandu").startswith(b"%PDF-")

    def test_the_same_sheet_is_drawn_once_and_another_anew(self, monkeypatch: pytest.MonkeyPatch) -> None:
        drawn = pdf.make_pdf("<p>Sekali</p>", "Judul")
        monkeypatch.setattr(pdf, "weasyprint", lambda: None)  # draws nothing more
        assert pdf.make_pdf("<p>Sekali</p>", "Judul") is drawn
        for other in (("<p>Lain</p>", "Judul"), ("<p>Sekali</p>", "Lain"), ("<p>Sekali</p>", "Judul", pdf.PAPER)):
            with pytest.raises(AttributeError):
                pdf.make_pdf(*other)

    def test_a_sheet_leaves_memory_soon_and_all_together_take_little(self, monkeypatch: pytest.MonkeyPatch) -> None:
        clock, drawn = [1e6], []
        monkeypatch.setattr(pdf, "_kept", OrderedDict())
        monkeypatch.setattr(pdf, "monotonic", lambda: clock[0])
        monkeypatch.setattr(pdf, "_draw", lambda html, *rest: drawn.append(html) or b"%PDF-" + bytes(1_500_000))
        for html in ("satu", "dua", "satu", "tiga", "satu"):  # three are more than is kept: the oldest went
            pdf.make_pdf(html, "x")
        assert drawn == ["satu", "dua", "tiga", "satu"]
        clock[0] += pdf.KEPT_SECONDS
        pdf.make_pdf("empat", "x")
        assert (len(pdf._kept), "empat" in str(list(pdf._kept))) == (1, False)

    @pytest.mark.parametrize(
        "named",
        [
            '<img src="file://{file}">',
            '<link rel="stylesheet" href="file://{file}">',
            '<link rel="attachment" href="file://{file}">',
            '<object data="http://127.0.0.1:{port}/x"></object>',
            '<img src="http://127.0.0.1:{port}/x">',
            "<style>@import 'http://127.0.0.1:{port}/x'; body {{ background: url(file://{file}) }}</style>",
            '<svg><image href="file://{file}"/></svg>',
            '<img src="data:image/png;base64,iVBORw0KGgo=">',
        ],
    )
    def test_reads_no_file_and_no_address(self, named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        secret, opened = tmp_path / "rahasia.css", []
        secret.write_text("p::after { content: 'SANGAT-RAHASIA' }")
        fetcher = type(pdf._closed_fetcher(pdf.weasyprint()))
        monkeypatch.setattr(pdf.weasyprint().urls.URLFetcher, "fetch", lambda *args, **kwargs: opened.append(args))
        monkeypatch.setattr(socket, "create_connection", lambda *args, **kwargs: opened.append(args))
        content = pdf.make_pdf(named.format(file=secret, port=9) + "<p>isi</p>", "x")
        assert b"SANGAT-RAHASIA" not in content
        assert opened == []
        with pytest.raises(ValueError, match="nothing"):
            fetcher().fetch(f"file://{secret}")
