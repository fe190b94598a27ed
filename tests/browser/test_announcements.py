"""Announcements as a browser shows and prints them: no script of a writer runs, and a poster fits its sheet."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageChops, ImageStat

from groups.models import Announcement, Kim
from tests.browser.conftest import Site, Watch
from tests.factories import make_announcement, make_kim
from tests.groups.test_markdown import CORPUS

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
LONGEST = "13.05.16.2006"  # Kampuang Tanjuang Koto Mambang Sungai Durian: no village has a longer name
REFERENCE = Path(__file__).with_name("poster.png")
SMALL, SMALLER = (198, 280), (50, 70)  # kept to look at; compared, where fonts of two machines hardly differ
MOST_DIFFERENCE = 3.0  # of 255, on average; another code or date makes 0.5, a lost code 4, a line more 19
CODE = (0, 215, 80, 278)  # where the code is on the small picture
PAPER = {"width": 794, "height": 1123}  # A4 at 96 dots an inch
BODY = (
    "Posyandu buka **pukul 08.00 sampai 11.00** di balai nagari.\n\n"
    "- Bawa buku KIA\n- Ibu hamil juga diperiksa\n- Gratis"
)


def village_kim() -> Kim:
    return Kim.objects.filter(area=LONGEST).first() or make_kim(LONGEST, "KIM Mambang Sungai Durian")


def poster_row() -> Announcement:
    return make_announcement(village_kim(), title="Posyandu dan timbang balita bulan ini", body=BODY)


def printed_pages(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(prefer_css_page_size=True)))


def test_what_a_writer_types_runs_no_script_and_asks_no_other_place(site: Site, watch: Callable[[Page], Watch]) -> None:
    row = make_announcement(title="<script>alert(1)</script>", body="\n\n".join(CORPUS))
    page = site.page()
    ran: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    seen = watch(page)
    for address in (row.get_absolute_url(), f"{row.short_url}poster/", "/pengumuman/"):
        page.goto(address, wait_until="networkidle")
    assert ran == []
    assert seen.foreign == []
    assert seen.troubles == []


def test_the_poster_with_the_longest_village_name_looks_as_it_did(site: Site) -> None:
    """Compared small and with tolerance. To renew the reference: delete tests/browser/poster.png and run this test."""
    page = site.page(viewport=PAPER)
    page.emulate_media(media="print")
    page.goto(f"{poster_row().short_url}poster/")
    taken = Image.open(io.BytesIO(page.locator(".poster").screenshot())).convert("L").resize(SMALL)
    if not REFERENCE.exists():
        taken.save(REFERENCE, optimize=True)
        pytest.fail("the reference was missing: look at the new tests/browser/poster.png, then commit it")
    reference = Image.open(REFERENCE)
    assert difference(taken, reference) <= MOST_DIFFERENCE
    taken.paste(255, CODE)
    assert difference(taken, reference) > MOST_DIFFERENCE, "a poster without its code would pass"


def difference(one: Image.Image, other: Image.Image) -> float:
    return float(ImageStat.Stat(ImageChops.difference(one.resize(SMALLER), other.resize(SMALLER))).mean[0])


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Posyandu", BODY),
        (
            "Jadwal perekaman KTP dan kartu identitas anak keliling di seluruh jorong dan nagari sampai akhir tahun",
            BODY,
        ),
        ("PENGUMUMAN PENTING BAGI WARGA " * 4, "HARAP DATANG TEPAT WAKTU DAN MEMBAWA KTP. " * 15),
        ("Panjang", "Gratis untuk semua warga desa. " * 400),
        ("Daftar", "\n".join(f"- baris {number}" for number in range(14))),
        ("Tabel", "|a|b|\n|-|-|\n" + "|1|2|\n" * 12),
    ],
)
def test_a_poster_takes_one_sheet(site: Site, title: str, body: str) -> None:
    page = site.page(viewport=PAPER)
    page.goto(f"{make_announcement(village_kim(), title=title, body=body).short_url}poster/")
    assert printed_pages(page) == 1


def test_a_bulletin_of_five_long_announcements_takes_one_sheet(site: Site) -> None:
    kim = Kim.objects.filter(name__startswith="KIM Panjang").first() or make_kim(LONGEST, f"KIM Panjang {'x ' * 54}")
    for _ in range(5):
        make_announcement(kim, title="Perekaman kartu identitas keliling di seluruh jorong " * 2, body=BODY * 9)
    page = site.page(viewport=PAPER)
    page.goto(f"/kim/{kim.slug}/buletin/")
    assert printed_pages(page) == 1


@pytest.mark.parametrize("has_script", [True, False])
def test_an_admin_writes_looks_and_shows(site: Site, watch: Callable[[Page], Watch], has_script: bool) -> None:
    """The same journey on a phone with and without JavaScript; the preview leaves what is typed alone."""
    page = site.page("kim_admin", java_script_enabled=has_script)
    seen = watch(page)
    page.goto(f"/kim/{site.stage.kim.slug}/kelola/pengumuman/baru/")
    page.get_by_label("Judul").fill("Kerja bakti Minggu")
    page.get_by_label("Isi").fill("Bawa **cangkul**.")
    page.get_by_role("button", name="Lihat pratinjau").click()
    assert page.locator("[data-preview] strong").inner_text() == "cangkul"
    assert page.get_by_label("Isi").input_value() == "Bawa **cangkul**."
    page.get_by_role("button", name="Tampilkan").click()
    page.wait_for_url("**/kelola/pengumuman/")
    assert "Pengumuman sudah tampil." in page.content()
    row = Announcement.objects.filter(title="Kerja bakti Minggu").latest("pk")
    page.goto(row.get_absolute_url())
    assert page.get_by_role("heading", level=1).inner_text() == "Kerja bakti Minggu"
    assert seen.is_quiet()


def test_answers_keep_themselves_while_one_types(site: Site) -> None:
    page = site.page("kim_admin")
    address = f"/kim/{site.stage.kim.slug}/kelola/pengumuman/baru/"
    page.goto(address)
    page.get_by_label("Judul").fill("Setengah jadi")
    with page.expect_response("**/baru/?simpan=1"):
        page.get_by_label("Isi").fill("Belum selesai")
    page.goto(address)
    assert page.get_by_label("Judul").input_value() == "Setengah jadi"
    page.get_by_role("button", name="Buang dan mulai lagi").click()
    assert page.get_by_label("Judul").input_value() == ""
