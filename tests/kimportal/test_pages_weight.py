"""Weight and cleanliness of what a weak network carries (quality.md D1, design.md section 6)."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import make_published_report
from tests.partnerships.factories import make_active
from tests.partnerships.meetings import make_attendance, make_meeting

MOST_REQUESTS = 8
STATIC = Path(settings.BASE_DIR, "static")
BUDGETS = {"/laporan/baru/": 40_000}  # the form is the page that must open on the weakest network
PAGES = [
    *("/", "/pengumuman/", "/laporan/", "/laporan/baru/", "/laporan/lacak/", "/wilayah/", "/wilayah/13.07/"),
    *("/tentang/", "/privasi/", "/aksesibilitas/", "/luring/"),
]
PARTNERSHIPS = [
    *("/kemitraan/", "/kemitraan/panduan/", "/kemitraan/kewajiban/", "/kemitraan/keahlian/", "/kemitraan/rapat/"),
    *("/kemitraan/fasilitasi/", "/kemitraan/pedoman/"),
]
GROUPED = re.compile(r"{{ *(?!form\.)[\w.]*\b(?:year|pk|version) *}}")
OUTSIDE = re.compile(r"""(?:src|srcset|action|<link[^>]*href)=["'](?:https?:)?//""", re.IGNORECASE)


def weight(content: bytes) -> int:
    return len(gzip.compress(content))


def assert_fits(client: Client, address: str) -> None:
    """The page with all it asks for, within its budget and its number of requests."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    files = set(re.findall(rb'(?:src|href)="/static/([^"]+)"', answer.content)) | {b"img/kawung.svg"}
    assert len(files) < MOST_REQUESTS, address  # and the page itself
    total = weight(answer.content) + sum(weight((STATIC / name.decode()).read_bytes()) for name in files)
    assert total <= BUDGETS.get(address, 60_000), address


def templates() -> list[Path]:
    return sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))


class TestWeight:
    def test_the_stylesheet_is_at_most_12_kb(self) -> None:
        assert weight((STATIC / "css/site.css").read_bytes()) <= 12_000

    def test_own_javascript_is_at_most_15_kb_in_all(self) -> None:
        assert sum(weight(path.read_bytes()) for path in (STATIC / "js").glob("*.js")) <= 15_000

    @pytest.mark.django_db
    def test_a_full_page_with_all_it_asks_for_fits_a_weak_network(self, client: Client) -> None:
        for _ in range(21):
            make_published_report(text="Jembatan kayu lapuk di dekat surau. " * 100)
        for address in PAGES:
            assert_fits(client, address)

    @pytest.mark.django_db
    def test_partnerships_and_meetings_fit_too(self, client: Client) -> None:
        bases = ("analog", "regulation", "experience")
        rows = [make_active(basis=bases[each % 3], purpose="Kabar sampai ke warga. " * 80) for each in range(21)]
        meetings = [make_meeting(minutes="Disepakati bersama. " * 200) for _ in range(21)]
        for number in range(100):
            make_attendance(meetings[0], f"Dinas Komunikasi dan Informatika Kabupaten Uji {number}")
        for address in (*PARTNERSHIPS, *(row.get_absolute_url() for row in (*rows[:3], meetings[0]))):
            assert_fits(client, address)


class TestMarkup:
    """The structure test looks for inline code; here is what would leave the origin."""

    def test_no_year_or_key_is_grouped_by_thousands(self) -> None:
        """A number in braces reads "2.026"; in an address or as a form's value it would name another row."""
        found = [*templates(), *Path(settings.BASE_DIR, "templates").rglob("*.txt")]
        assert [path for path in found if GROUPED.search(path.read_text())] == []

    @pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
    def test_nothing_is_fetched_from_elsewhere(self, path: Path) -> None:
        assert not OUTSIDE.search(path.read_text())

    def test_links_that_leave_the_portal_do_not_hand_over_the_page(self) -> None:
        links = [tag for path in templates() for tag in re.findall(r'<a[^>]*href="https?:[^>]*>', path.read_text())]
        assert links
        assert [tag for tag in links if "noopener" not in tag] == []

    @pytest.mark.parametrize("bad", ['<img src="//elsewhere/x.png">', '<link rel="x" href="https://elsewhere/x.css">'])
    def test_the_pattern_finds_what_it_looks_for(self, bad: str) -> None:
        assert OUTSIDE.search(bad)
