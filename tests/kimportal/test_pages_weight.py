"""Weight and cleanliness of what a weak network carries (quality.md D1, design.md section 6)."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import make_area, make_published_report

STATIC = Path(settings.BASE_DIR, "static")
PAGES = ["/", "/tentang/", "/privasi/", "/aksesibilitas/", "/luring/", "/wilayah/", "/wilayah/13.07/"]
INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", re.IGNORECASE)
OUTSIDE = re.compile(r"""(?:src|srcset|action|<link[^>]*href)=["'](?:https?:)?//""", re.IGNORECASE)


def weight(content: bytes) -> int:
    return len(gzip.compress(content))


def templates() -> list[Path]:
    return sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))


class TestWeight:
    def test_the_stylesheet_is_at_most_12_kb(self) -> None:
        assert weight((STATIC / "css/site.css").read_bytes()) <= 12_000

    def test_own_javascript_is_at_most_15_kb_in_all(self) -> None:
        assert sum(weight(path.read_bytes()) for path in (STATIC / "js").glob("*.js")) <= 15_000

    @pytest.mark.django_db
    @pytest.mark.parametrize("address", PAGES)
    def test_a_full_page_with_all_it_asks_for_is_at_most_60_kb(self, client: Client, address: str) -> None:
        make_area()
        for _ in range(21):
            make_published_report(text="Jembatan kayu lapuk di dekat surau. " * 100)
        html = client.get(address).content
        files = set(re.findall(rb'(?:src|href)="/static/([^"]+)"', html)) | {b"img/kawung.svg"}
        assert len(files) <= 7
        assert weight(html) + sum(weight((STATIC / name.decode()).read_bytes()) for name in files) <= 60_000


class TestMarkup:
    """Our own templates; the Content-Security-Policy would stop the rest in the browser, where nobody looks."""

    @pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
    def test_nothing_inline_and_nothing_from_elsewhere(self, path: Path) -> None:
        text = path.read_text()
        assert not INLINE.search(text)
        assert not OUTSIDE.search(text)

    def test_links_that_leave_the_portal_do_not_hand_over_the_page(self) -> None:
        links = [tag for path in templates() for tag in re.findall(r'<a[^>]*href="https?:[^>]*>', path.read_text())]
        assert links
        assert [tag for tag in links if "noopener" not in tag] == []

    @pytest.mark.parametrize(
        "bad", ['<p style="x">', "<script>x</script>", '<a onclick="x">', '<img src="//elsewhere/x.png">']
    )
    def test_the_patterns_find_what_they_look_for(self, bad: str) -> None:
        assert INLINE.search(bad) or OUTSIDE.search(bad)
