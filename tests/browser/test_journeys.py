"""The main job from end to end on a phone: a resident reports, an officer answers, the resident confirms.

Once with JavaScript and by keyboard alone, once without JavaScript. (A file chooser belongs to the system: Playwright
hands the photo over.)
"""

from __future__ import annotations

import re

import pytest

from reports.models import Report
from tests.browser.conftest import Site
from tests.browser.hand import Hand, hand, take_step
from tests.factories import PASSWORD, make_photo_bytes

pytestmark = pytest.mark.browser
CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}")
PHOTO = {"name": "jembatan.jpg", "mimeType": "image/jpeg", "buffer": make_photo_bytes(800, 600)}


def file(resident: Hand, words: str) -> str:
    """From the home page to the receipt; the code."""
    page = resident.page
    page.goto("/")
    resident.press("main a[href^='/laporan/baru/']")
    resident.write("#id_description", words)
    resident.choose("#id_category", "Jalan dan jembatan")
    resident.name_village()
    resident.write("#id_place", "Jorong Koto, depan surau")
    page.set_input_files("#id_photos", PHOTO)
    resident.look()
    resident.press("button[value=check]")
    assert words in resident.text()
    assert page.locator("img[alt^='Foto 1']").count() == 1
    resident.look()
    resident.press("button[value=submit]")
    assert page.url.endswith("/laporan/tanda-terima/")
    resident.look()
    return str(CODE.search(resident.text())[0])


def track(resident: Hand, code: str) -> None:
    resident.page.goto("/laporan/lacak/")
    resident.write("#id_code", code.lower().replace("-", " "))
    resident.press("form[action='/laporan/lacak/'] button")
    assert resident.page.url.endswith("/laporan/status/")
    assert code not in resident.page.url
    resident.look()


def test_a_report_is_filed_answered_and_confirmed(site: Site, by_keyboard: bool) -> None:
    words = f"Papan jembatan patah, cara {'ketik' if by_keyboard else 'sentuh'}."
    resident = hand(site, "visitor", by_keyboard=by_keyboard)
    code = file(resident, words)

    officer = hand(site, "officer", by_keyboard=by_keyboard)
    open_report(officer, words)
    take_step(officer, "verifikasi")
    take_step(officer, "teruskan", "Mohon diperbaiki.", str(site.stage.cast.institution))
    take_step(officer, "tindaklanjuti")
    take_step(officer, "tanggapi", "Papan sudah diganti hari ini.")

    track(resident, code)
    assert "Papan sudah diganti hari ini." in resident.text()
    assert str(site.stage.cast.institution) in resident.text()
    resident.press("button[value=confirm]")
    assert "Selesai" in resident.text("[aria-current=step]")
    resident.look()


def open_report(officer: Hand, words: str) -> None:
    """From the officer's first page to the queue, to the report."""
    officer.page.goto("/admin/")
    officer.look()
    officer.press("main a[href='/admin/reports/report/']")
    officer.look()
    officer.press(f"main a[href*='/report/{Report.objects.get(description=words).pk}/change/']")
    assert words in officer.text()


def test_what_was_typed_survives_an_error(site: Site, by_keyboard: bool) -> None:
    """No category and no village: a summary on top leads to both, and every word and the photo are still there."""
    resident = hand(site, "visitor", by_keyboard=by_keyboard)
    page = resident.page
    page.goto("/laporan/baru/")
    resident.write("#id_description", "Lampu jalan mati sejak Senin, gelap sekali.")
    resident.write("#id_place", "Simpang tiga")
    resident.write("#id_name", "Warga Uji")
    page.set_input_files("#id_photos", PHOTO)
    resident.press("button[value=check]")
    assert page.title().startswith("Galat")
    assert page.locator("#id_description").input_value() == "Lampu jalan mati sejak Senin, gelap sekali."
    assert page.locator("#id_place").input_value() == "Simpang tiga"
    assert page.locator("#id_name").input_value() == "Warga Uji"
    assert page.locator("img[alt^='Foto 1']").count() == 1
    links = page.locator("[data-error-summary] a")
    assert {link.get_attribute("href") for link in links.all()} >= {"#id_category", "#id_area"}
    if by_keyboard:
        assert page.evaluate("document.activeElement.matches('[data-error-summary]')")
        resident.press("[data-error-summary] a[href='#id_category']", leaves=False)
        assert page.evaluate("document.activeElement.id") == "id_category"
    resident.look()


def test_the_check_page_can_be_left_and_comes_back_with_every_answer(site: Site, by_keyboard: bool) -> None:
    resident = hand(site, "visitor", by_keyboard=by_keyboard)
    page = resident.page
    page.goto("/laporan/baru/")
    resident.write("#id_description", "Air keran keruh selama tiga hari.")
    resident.choose("#id_category", "Air bersih")
    resident.name_village()
    resident.press("button[value=check]")
    resident.press("button[value=edit]")
    assert page.locator("#id_description").input_value() == "Air keran keruh selama tiga hari."
    assert page.locator("#id_category").input_value() == "air-bersih"
    assert "Talang Maur" in page.locator("#id_area").input_value()


def test_a_wrong_code_says_so_and_nothing_else(site: Site, by_keyboard: bool) -> None:
    visitor = hand(site, "visitor", by_keyboard=by_keyboard)
    visitor.page.goto("/laporan/lacak/")
    visitor.write("#id_code", "0000-0000-0000-0000")
    visitor.press("form[action='/laporan/lacak/'] button")
    assert "Kode tidak ditemukan" in visitor.text()
    assert visitor.page.locator("#id_code").input_value() == "0000-0000-0000-0000"
    visitor.look()


def test_a_person_signs_in_reads_their_reports_and_leaves(site: Site, by_keyboard: bool) -> None:
    owner = site.stage.owners["unpublished"]
    person = hand(site, "visitor", by_keyboard=by_keyboard)
    person.page.goto("/akun/login/?next=/laporan/saya/")
    person.write("#id_login", owner.email)
    person.write("#id_password", PASSWORD)
    person.press("main form button")
    assert person.page.url.endswith("/laporan/saya/")
    person.press("main a[href^='/laporan/saya/']")
    assert site.stage.marks["unpublished"].content["text"] in person.text()
    person.look()
    person.page.goto("/akun/logout/")
    person.press("main form button")
    assert not [each for each in person.page.context.cookies() if each["name"] == "sessionid"]
