"""Applying for a KIM on a phone, with JavaScript and without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.factories import make_pdf_bytes

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Site

FORM = "/kim/pendaftaran/"  # the stage has a verifier of this regency


def fill(page: Page, name: str) -> None:
    page.fill("[name=name]", name)
    page.select_option("[name=mode]", "hybrid")
    for field, person in (("chair", "Rina"), ("secretary", "Budi"), ("treasurer", "Cici")):
        page.fill(f"[name={field}_name]", f"{person} {name}")
    page.select_option("[name=sender]", "chair")
    page.set_input_files(
        "[name=bylaws_file]", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": make_pdf_bytes()}
    )


@pytest.mark.parametrize("script", [True, False])
def test_an_application_survives_a_mistake_and_is_sent(site: Site, script: bool) -> None:
    page = site.context("other", java_script_enabled=script).new_page()
    name = f"KIM Peramban {'Ber' if script else 'Tanpa '}skrip"
    page.goto(FORM)
    fill(page, name)
    page.click("button[value=check]")
    assert page.locator(".error-summary").is_visible()
    assert page.input_value("[name=name]") == name
    page.locator("main", has_text="Sudah diunggah").wait_for()
    page.fill("[name=area_words]", "13.07.11.2004")
    page.check("[name=conduct]")
    page.click("button[value=check]")
    page.wait_for_url("**/periksa/")
    page.locator("main", has_text="Nagari Talang Maur").wait_for()
    page.click("text=Kirim pendaftaran")
    page.wait_for_url("**/kelola/")
    page.locator("main", has_text="Verifikator sedang memeriksa").wait_for()


def test_answers_keep_themselves_and_wait_for_the_signal(site: Site) -> None:
    context = site.context("liaison")
    page = context.new_page()
    page.goto(FORM)
    context.set_offline(True)
    page.fill("[name=name]", "KIM Sinyal Lemah")
    page.dispatch_event("[name=name]", "change")
    page.wait_for_selector("text=Belum tersimpan")
    context.set_offline(False)
    page.wait_for_selector("text=Tersimpan pukul")
    again = context.new_page()
    again.goto(FORM)
    assert again.input_value("[name=name]") == "KIM Sinyal Lemah"
