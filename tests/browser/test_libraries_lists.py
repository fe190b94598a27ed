"""On a phone: an officer brings a list of libraries and one of months, then prints the year of one and of the area."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from libraries.models import Library, MonthlyFigures
from tests.browser.axe import ALL, overflow, violations
from tests.browser.conftest import PHONE, Site, Watch

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("has_script", [True, False])
PAPER = {"width": 690, "height": 1000}  # an A4 sheet between its margins, in CSS pixels
YEAR = timezone.localdate().year - 1


def staged() -> Library:
    return Library.objects.get(institution__name="Perpustakaan Panggung")


def is_fine(page: Page, *, has_script: bool) -> bool:
    """axe needs JavaScript; the width does not."""
    return overflow(page) <= 0 and (not has_script or violations(page, ALL) == [])


def send_file(page: Page, name: str, lines: list[str]) -> None:
    content = "\r\n".join(lines).encode()
    page.set_input_files("[name=file]", [{"name": name, "mimeType": "text/csv", "buffer": content}])
    page.get_by_role("button", name="Periksa daftar").click()


def fault_lines(page: Page) -> list[str]:
    """Row, column and the beginning of each fault, as the officer reads them."""
    page.wait_for_selector("#galat-daftar")
    return [" ".join(each.split()) for each in page.locator("section tbody tr").all_inner_texts()]


@BOTH
def test_an_officer_brings_a_list_of_libraries(site: Site, watch: Callable[[Page], Watch], has_script: bool) -> None:
    name = f"Perpustakaan Impor {'Berskrip' if has_script else 'Tanpa Skrip'}"
    page = site.page("library_officer", java_script_enabled=has_script)
    seen = watch(page)
    page.goto("/admin/libraries/library/")
    page.get_by_role("link", name="Impor daftar perpustakaan").click()
    heading, village = "nama,kode_desa,jam_buka,internet", staged().area_id
    send_file(page, "daftar.csv", [heading, f"{name},{village},Senin,Kencang", f"{name} Dua,13.07,Senin,Terbatas"])
    faults = fault_lines(page)
    assert [line.split()[:2] for line in faults] == [["2", "internet"], ["3", "kode_desa"]]
    assert is_fine(page, has_script=has_script)
    assert not Library.objects.filter(institution__name__startswith=name).exists()
    send_file(page, "daftar.csv", [heading, f"{name},{village},Senin,Terbatas"])
    page.wait_for_selector("text=Siap dimasukkan: 1 baris")
    page.locator("section", has_text=staged().area.full_name).first.wait_for()
    assert is_fine(page, has_script=has_script)
    assert not Library.objects.filter(institution__name=name).exists()
    page.get_by_role("button", name="Simpan 1 baris").click()
    page.wait_for_selector("text=Daftar perpustakaan: 1 baris disimpan")
    visitor = site.page()
    visitor.goto(f"/perpustakaan/{Library.objects.get(institution__name=name).slug}/")
    visitor.locator("h1", has_text=name).wait_for()
    assert seen.is_quiet()


@BOTH
def test_an_officer_brings_months_and_prints_the_year(
    site: Site, watch: Callable[[Page], Watch], has_script: bool
) -> None:
    library, month, visits = staged(), f"{YEAR}-{'03' if has_script else '04'}", 4321
    page = site.page("library_officer", java_script_enabled=has_script)
    seen = watch(page)
    page.goto("/admin/libraries/library/")
    page.get_by_role("link", name="Impor angka bulanan").click()
    heading = "kode_perpustakaan\tbulan\tkunjungan_di_tempat\tkunjungan_daring\tkegiatan\tpeserta"
    line = f"{library.slug}\t{month}\t{{}}\t0\t2\t30"
    page.fill("[name=text]", f"{heading}\n{line.format('-5')}\n{library.slug}\t2999-01\t1\t0\t0\t0")
    page.get_by_role("button", name="Periksa daftar").click()
    assert [each.split()[:2] for each in fault_lines(page)] == [["2", "kunjungan_di_tempat"], ["3", "bulan"]]
    assert "2999-01" in page.input_value("[name=text]")
    assert is_fine(page, has_script=has_script)
    page.fill("[name=text]", f"{heading}\n{line.format(visits)}")
    page.get_by_role("button", name="Periksa daftar").click()
    page.wait_for_selector("text=Siap dimasukkan: 1 baris")
    page.get_by_role("button", name="Simpan 1 baris").click()
    page.wait_for_selector("text=Angka bulanan: 1 baris disimpan")
    assert MonthlyFigures.objects.get(library=library, month=f"{month}-01").visits == visits
    check_library_report(site, library, has_script=has_script)
    check_area_report(site, library, has_script=has_script)
    assert seen.is_quiet()


def check_library_report(site: Site, library: Library, *, has_script: bool) -> None:
    """From the library's public page, with what was just imported in it."""
    page = site.page(java_script_enabled=has_script)
    page.goto(f"/perpustakaan/{library.slug}/")
    open_year(page)
    page.get_by_text("4.321").first.wait_for()
    assert page.locator("td.gap").count() >= 10  # a month nobody entered is a gap on paper, too
    look_at_paper(page, has_script=has_script)


def check_area_report(site: Site, library: Library, *, has_script: bool) -> None:
    """From the regency's figures, with the library among those whose year is not complete."""
    page = site.page(java_script_enabled=has_script)
    page.goto(f"/perpustakaan/indikator/{library.regency_code}/")
    open_year(page)
    page.get_by_text("4.321").first.wait_for()
    page.get_by_role("rowheader", name=library.name).wait_for()
    look_at_paper(page, has_script=has_script)


def open_year(page: Page) -> None:
    """The report offered is that of the last finished month; the year before is one press away."""
    page.get_by_role("link", name="Laporan tahun").click()
    if f"/laporan/{YEAR}/" not in page.url:
        page.get_by_role("link", name=str(YEAR), exact=True).click()
    page.locator("article h1", has_text=str(YEAR)).wait_for()


def look_at_paper(page: Page, *, has_script: bool) -> None:
    """Nothing beyond the edge of a phone or a sheet; on the sheet no link and no button, but a place to sign."""
    assert is_fine(page, has_script=has_script)
    assert page.get_by_role("button", name="Cetak").count() == has_script
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    assert overflow(page) <= 0
    assert [each for each in page.locator("button, .actions, nav, footer").all() if each.is_visible()] == []
    assert page.locator(".signatures").is_visible()
    page.emulate_media(media="screen")
    page.set_viewport_size(PHONE)
