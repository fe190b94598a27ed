"""A meeting on a phone: paste who came, confirm, write a promise down, prove it done. With JavaScript and without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.partnerships.test_attendees import FIRST, SECOND

if TYPE_CHECKING:
    from tests.browser.conftest import Site

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False])
def test_from_a_pasted_list_to_a_promise_kept(site: Site, script: bool) -> None:
    page = site.context("kim_admin", java_script_enabled=script).new_page()
    page.goto("/kemitraan/rapat/milik-saya/")
    page.click("text=Atas nama")
    title = f"Rapat peramban {'ber' if script else 'tanpa '}skrip"
    for name, value in (("title", title), ("held_on", "2026-11-20"), ("starts", "09:00"), ("ends", "11:00")):
        page.fill(f"[name={name}]", value)
    page.select_option("[name=kind]", "synergy")
    page.fill("[name=place]", "Balai nagari")
    page.fill("[name=chair_position]", "Kepala Bidang Uji")
    page.fill("[name=agenda]", "Titik internet.")
    page.click("text=Simpan rapat")
    page.click("text=Catat peserta")
    page.fill("[name=text]", f"{FIRST}\n\n{SECOND}")
    page.click("text=Periksa daftar")
    page.locator("main", has_text="Ditemukan 12 peserta").wait_for()
    page.click("text=Simpan peserta")
    page.wait_for_url("**#peserta")
    assert page.locator("#peserta ~ ol > li").count() == 12
    last = page.locator("#peserta ~ ol > li", has_text="Stakeholder terkait")
    last.locator("summary").click()  # it asks first
    assert page.locator("#peserta ~ ol > li").count() == 12
    last.locator("button:has-text('Ya, hapus')").click()
    page.locator("text=Peserta dihapus dari daftar.").wait_for()
    assert page.locator("#peserta ~ ol > li").count() == 11
    page.click("text=Catat tindak lanjut")
    page.select_option("[name=party]", label="Universitas Ganesha")
    page.fill("[name=what]", "Menempatkan mahasiswa KKN.")
    page.click("text=Simpan tindak lanjut")
    page.click("text=Perbarui")
    page.select_option("[name=status]", "done")
    page.click("main button:has-text('Simpan')")
    page.locator(".error-summary", has_text="memerlukan bukti").wait_for()
    page.fill("[name=evidence]", "Dua belas mahasiswa ditempatkan.")
    page.click("main button:has-text('Simpan')")
    page.wait_for_url("**#tindak-lanjut")
    page.locator("main", has_text="Bukti: Dua belas mahasiswa ditempatkan.").wait_for()
