"""On a phone: a librarian writes a year's plan, adopts it, records progress; everybody reads and prints it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from libraries.models import Library
from tests.browser.axe import ALL, overflow, violations
from tests.browser.conftest import Site, Watch

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
# The words of a table's heads that stand on more than one line.
BROKEN = r"""() => [...document.querySelectorAll("table.tally th")].flatMap(head => {
  const text = head.firstChild, range = document.createRange();
  return [...text.data.matchAll(/\S+/g)].filter(word => {
    range.setStart(text, word.index); range.setEnd(text, word.index + word[0].length);
    return range.getClientRects().length > 1;
  }).map(word => word[0]);
})"""


def write_activity(page: Page, title: str, budget: str, source: str) -> None:
    page.get_by_label("Kegiatan").fill(title)
    page.get_by_label("Ruang").select_option(label="Ruang berlatih keterampilan kerja")
    page.get_by_label("Sasaran").fill("20 peserta")
    page.get_by_label("Bulan").select_option(label="Maret")
    page.get_by_label("Anggaran (rupiah)").fill(budget)
    page.get_by_label("Sumber dana").select_option(label=source)
    page.get_by_role("button", name="Simpan").click()


@pytest.mark.parametrize(("has_script", "year"), [(True, 2031), (False, 2032)])
def test_a_librarian_plans_a_year(site: Site, watch: Callable[[Page], Watch], has_script: bool, year: int) -> None:
    library = Library.objects.get(slug__startswith="perpustakaan-panggung")
    page = site.page("librarian", java_script_enabled=has_script)
    seen = watch(page)
    page.goto(f"/perpustakaan/{library.slug}/kelola/")
    page.get_by_role("link", name="Rencana tahunan").click()
    page.get_by_label("Tahun").fill(str(year))
    page.get_by_role("button", name="Susun rencana").click()
    page.get_by_role("link", name="Ubah rancangan").click()
    page.get_by_label("Rancangan perpustakaan").fill("Teras menjadi ruang anak.")
    page.get_by_label("Rancangan koleksi").fill("Buku menenun dan pemasaran.")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("link", name="Ubah sasaran dan SDGs Pelibatan masyarakat").click()
    page.get_by_label("Sasaran tahun ini").fill("Setiap jorong mengirim peserta.")
    page.get_by_label("8. Pekerjaan layak dan pertumbuhan ekonomi").check()
    assert overflow(page) <= 0
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("link", name="Tambah kegiatan untuk Pelibatan masyarakat").click()
    write_activity(page, "Kelas menenun", "satu juta", "Swadaya")
    page.locator(".error-summary").wait_for()
    assert page.get_by_label("Kegiatan").input_value() == "Kelas menenun"
    assert page.get_by_label("Anggaran (rupiah)").input_value() == "satu juta"
    write_activity(page, "Kelas menenun", "1.000.000", "Swadaya")
    page.get_by_role("link", name="Tambah kegiatan untuk Kualitas layanan").click()
    write_activity(page, "Tiga komputer", "Rp 3.000.000", "APBN")
    page.locator("main", has_text="25%").wait_for()
    if has_script:
        assert violations(page, ALL) == []
    page.get_by_role("button", name="Tetapkan rencana").click()
    page.wait_for_selector("text=ditetapkan dan tampil untuk umum")
    page.get_by_role("link", name="Kelas menenun").click()
    page.get_by_label("Kemajuan").select_option(label="Terlaksana")
    page.get_by_label("Hasil").fill("23 orang menenun.")
    page.get_by_role("button", name="Simpan").click()
    page.wait_for_selector("text=Kemajuan tercatat")
    read_by_everybody(site, f"/perpustakaan/{library.slug}/", year)
    assert seen.is_quiet()


def read_by_everybody(site: Site, address: str, year: int) -> None:
    visitor = site.page()
    visitor.goto(address)
    visitor.get_by_role("link", name="Rencana tahunan").click()
    visitor.get_by_role("link", name=f"Rencana tahunan {year}").click()
    for words in (
        "Terciptanya masyarakat sejahtera",
        "Terlaksana: 23 orang menenun.",
        "Dihitung: dana dari desa sendiri",
    ):
        visitor.locator("main", has_text=words).wait_for()
    assert overflow(visitor) <= 0


def test_no_word_of_the_tally_sheets_heads_breaks_on_a_phone(site: Site) -> None:
    page = site.page("librarian")
    page.goto(
        f"/perpustakaan/{Library.objects.get(slug__startswith='perpustakaan-panggung').slug}/kelola/lembar-hitung/"
    )
    assert page.locator("table.tally th").count() == 5
    assert page.evaluate(BROKEN) == []
