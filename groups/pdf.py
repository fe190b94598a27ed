"""Sheets as PDF, where WeasyPrint's native libraries (Pango and its friends) are installed."""

from __future__ import annotations

from ctypes.util import find_library
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings

POSTER = "css/poster.css"
PAPER = "css/paper.css"
NATIVE = ("gobject-2.0", "pango-1.0", "pangoft2-1.0", "harfbuzz", "fontconfig")


@cache
def can_make_pdf() -> bool:
    """Asked by every page with a link to a PDF, so nothing is imported: that takes a second and 20 MB for good."""
    return find_spec("weasyprint") is not None and all(map(find_library, NATIVE))


def weasyprint() -> Any:
    """The module; the first PDF of a process imports it."""
    return import_module("weasyprint")


def make_pdf(html: str, title: str, stylesheet: str = POSTER) -> bytes:
    """The page as PDF. It reads no file and no address, whatever the page names: the stylesheet is handed over."""
    return _draw(html, title, (settings.BASE_DIR / "static" / stylesheet).read_text())


@lru_cache(maxsize=32)
def _draw(html: str, title: str, rules: str) -> bytes:
    """Drawing takes a second: the same sheet asked for again is not drawn again, a changed one is another sheet."""
    module = weasyprint()
    fetcher = _closed_fetcher(module)
    style = module.CSS(string=rules, url_fetcher=fetcher)
    page = module.HTML(string=html, url_fetcher=fetcher, base_url=None)
    document = page.render(stylesheets=[style])
    document.metadata.title = title
    content: bytes = document.write_pdf()
    return content


def _closed_fetcher(module: Any) -> Any:
    """WeasyPrint's own fetcher opens files and addresses (`file:`, `http:`, `data:`); this one opens nothing."""

    class ClosedFetcher(module.urls.URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            raise ValueError("a sheet asks for nothing")

    return ClosedFetcher()
