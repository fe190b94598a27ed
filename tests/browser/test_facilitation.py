"""On a phone: a KIM writes, approves and prints its work programme; an officer records what was done for KIM."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest

from partnerships.models import Facilitation
from tests.browser.axe import ALL, overflow, violations
from tests.browser.conftest import Site, Watch

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def row(page: Page, number: int, activity: str, target: str, budget: str, source: str) -> None:
    page.get_by_label(f"Kegiatan {number}").fill(activity)
    page.get_by_label(f"Sasaran {number}").fill(target)
    page.get_by_label(f"Anggaran {number} (rupiah)").fill(budget)
    page.get_by_label(f"Sumber dana {number}").select_option(label=source)


@pytest.mark.parametrize(("has_script", "year"), [(True, 2031), (False, 2032)])
def test_an_admin_writes_approves_and_prints(
    site: Site, watch: Callable[[Page], Watch], has_script: bool, year: int
) -> None:
    kim = site.stage.kim
    page = site.page("kim_admin", java_script_enabled=has_script)
    seen = watch(page)
    page.goto(f"/kim/{kim.slug}/kelola/")
    page.get_by_role("link", name="Program kerja KIM").click()
    page.get_by_label("Tahun").fill(str(year))
    page.get_by_role("button", name="Susun program kerja").click()
    row(page, 1, "Buletin nagari", "12 terbitan", "Rp 1.500.000", "Dana desa")
    row(page, 2, "Ronda kabar", "", "lima ratus ribu", "Swadaya")
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.locator(".error-summary").wait_for()
    assert page.get_by_label("Kegiatan 1").input_value() == "Buletin nagari"
    assert page.get_by_label("Anggaran 2 (rupiah)").input_value() == "lima ratus ribu"
    assert overflow(page) <= 0
    row(page, 2, "Ronda kabar", "52 pertemuan", "500000", "Swadaya")
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.wait_for_url(f"**/program/{year}/")
    page.get_by_role("button", name="Tetapkan program kerja").click()
    page.wait_for_selector("text=ditetapkan dan tampil untuk umum")
    if has_script:
        page.get_by_role("button", name="Cetak").wait_for()  # shown by the script
        assert len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(prefer_css_page_size=True))) == 1
    visitor = site.page()
    visitor.goto(f"/kim/{kim.slug}/program/{year}/")
    words = visitor.locator("main").inner_text()
    assert "Rp 1.500.000" in words
    assert "25%" in words
    assert "Tetapkan" not in words
    assert seen.is_quiet()


@pytest.mark.parametrize("has_script", [True, False])
def test_an_officer_records_what_was_done(site: Site, watch: Callable[[Page], Watch], has_script: bool) -> None:
    title = f"Sarasehan KIM {'ber' if has_script else 'tanpa '}skrip"
    page = site.page("kim_verifier", java_script_enabled=has_script)
    seen = watch(page)
    page.goto("/admin/partnerships/facilitation/add/")
    page.get_by_label("Nama kegiatan").fill(title)
    page.get_by_label("Peran pemerintah").select_option(label="Workshop, sarasehan, forum")
    page.get_by_label("Tingkat pelaksana").select_option(label="Kabupaten/Kota")
    page.fill("[name=area_words]", "13.07")
    page.get_by_label("Penyelenggara").select_option(str(site.stage.cast.institution.pk))
    page.fill("[name=held_on]", "2026-05-05")
    page.fill("[name=measurable_evidence]", "Peserta dihitung.")
    page.get_by_role("button", name="Simpan").click()
    page.locator("main", has_text="Terukur perlu hasil dalam angka").wait_for()
    assert page.input_value("[name=title]") == title
    page.fill("[name=result_number]", "24")
    page.fill("[name=result_unit]", "peserta")
    page.fill("[name=result_words]", "Semua menulis rencana.")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_label(site.stage.kim.name, exact=True).check()
    assert not has_script or violations(page, ALL) == []
    page.get_by_role("button", name="Simpan").click()
    stored = Facilitation.objects.get(title=title)
    assert stored.held_on == date(2026, 5, 5)
    assert list(stored.kims.all()) == [site.stage.kim]
    visitor = site.page()
    visitor.goto("/kemitraan/fasilitasi/?area=13.07&tahun=2026")
    visitor.locator("main", has_text=title).wait_for()
    assert seen.is_quiet()
