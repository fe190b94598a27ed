"""Sheets as PDF, where WeasyPrint's native libraries (Pango and its friends) are installed."""

from __future__ import annotations

from collections import OrderedDict
from ctypes.util import find_library
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from threading import Lock
from time import monotonic
from typing import Any

from django.conf import settings

POSTER = "css/poster.css"
PAPER = "css/paper.css"
NATIVE = ("gobject-2.0", "pango-1.0", "pangoft2-1.0", "harfbuzz", "fontconfig")
KEPT_SECONDS, KEPT_BYTES = 600, 4_000_000

_kept: OrderedDict[str, tuple[float, bytes]] = OrderedDict()  # when drawn, and the sheet, by a digest of its text
_lock = Lock()


@cache
def can_make_pdf() -> bool:
    """Asked by every page with a link to a PDF, so nothing is imported: that takes a second and 20 MB for good."""
    return find_spec("weasyprint") is not None and all(map(find_library, NATIVE))


def weasyprint() -> Any:
    """The module; the first PDF of a process imports it."""
    return import_module("weasyprint")


def make_pdf(html: str, title: str, stylesheet: str = POSTER) -> bytes:
    """The page as PDF. It reads no file and no address, whatever the page names: the stylesheet is handed over.

    Drawing takes a second: the same sheet asked for again is not drawn again, a changed one is another sheet.
    """
    rules = (settings.BASE_DIR / "static" / stylesheet).read_text()
    key = sha256("\0".join((title, rules, html)).encode()).hexdigest()
    now = monotonic()
    with _lock:
        _forget(now - KEPT_SECONDS)
        if key in _kept:
            return _kept[key][1]
    content = _draw(html, title, rules)
    with _lock:
        _kept[key] = now, content
        _forget(now - KEPT_SECONDS)
    return content


def _forget(before: float) -> None:
    """Some sheets name people: none stays in memory for long, and all together take little of it."""
    while _kept:
        drawn_at = next(iter(_kept.values()))[0]
        if drawn_at > before and sum(len(content) for _, content in _kept.values()) <= KEPT_BYTES:
            return
        _kept.popitem(last=False)


def _draw(html: str, title: str, rules: str) -> bytes:
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
