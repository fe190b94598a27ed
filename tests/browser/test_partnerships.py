"""On a phone: a KIM proposes, the liaison confirms, the partnership runs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Site


@pytest.mark.parametrize("script", [True, False])
def test_a_kim_proposes_and_the_liaison_confirms(site: Site, script: bool) -> None:
    page = site.context("kim_admin", java_script_enabled=script).new_page()
    title = f"Sekolah ladang {'ber' if script else 'tanpa '}skrip"
    page.goto("/kemitraan/saya/")
    page.click("text=Usulkan kemitraan")
    page.fill("[name=q]", "pekerjaan umum uji")
    page.click("text=Cari >> nth=0")
    page.click("text=Dinas Pekerjaan Umum Uji")
    page.click("text=Berbasis analog")
    fill(page, title, days=4000 if script else 6000)
    page.fill("[name=place]", "https://zoom.us/j/1")
    page.click("button:has-text('Usulkan')")
    page.locator(".error-summary", has_text="Tautan rapat daring bukan tempat").wait_for()
    assert page.input_value("[name=title]") == title
    page.fill("[name=place]", "Balai nagari")
    page.click("button:has-text('Usulkan')")
    page.wait_for_selector("text=Menunggu jawaban pihak lain")
    answer = site.context("liaison", java_script_enabled=script).new_page()
    answer.goto("/kemitraan/saya/")
    answer.click(f"text={title}")
    answer.click("button:has-text('Setujui isi ini')")
    answer.wait_for_selector("text=Kemitraan ini sekarang aktif")
    everybody = site.context("visitor").new_page()
    everybody.goto("/kemitraan/?q=ladang")
    everybody.locator("main", has_text=title).wait_for()


def fill(page: Page, title: str, days: int) -> None:
    """Far ahead, so that it overlaps nothing on the stage."""
    start = timezone.localdate() + timedelta(days=days)
    values = {
        "title": title,
        "purpose": "Panen lebih baik.",
        "first_duties": "Mengundang.",
        "partner_duties": "Melatih.",
    }
    values |= {"starts_on": str(start), "ends_on": str(start + timedelta(days=300)), "name": "Sekolah ladang"}
    values |= {"first_on": str(start), "begins_at": "09:00", "contact_person": "Penyuluh Uji", "place": "Balai"}
    for name, value in values.items():
        page.fill(f"[name={name}]", value)
    page.select_option("[name=repeats]", "weekly")
