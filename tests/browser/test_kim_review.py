"""An officer reviews applications of KIM in the admin, on a phone: by keyboard with JavaScript, and without it."""

from __future__ import annotations

import pytest

from groups.models import Kim
from tests.browser.conftest import Site
from tests.browser.hand import Hand, hand, take_step
from tests.factories import make_kim, make_pdf_bytes, make_user

pytestmark = pytest.mark.browser
BYLAWS = {"name": "ad-art.pdf", "mimeType": "application/pdf", "buffer": make_pdf_bytes()}


def applied(site: Site, name: str, by_keyboard: bool) -> Kim:
    """An application of the person whose role is "other"."""
    way = "ketik" if by_keyboard else "sentuh"
    return make_kim(name=f"KIM {name} {way}", status="submitted", admin=site.stage.cast.other)


def open_application(officer: Hand, kim: Kim) -> None:
    """From the officer's first page to the queue, to the application."""
    officer.page.goto("/admin/")
    officer.press("main a[href='/admin/groups/kim/']")
    officer.look()
    officer.press(f"main a[href*='/kim/{kim.pk}/change/']")
    officer.look()
    assert kim.name in officer.text()


def mend(applicant: Hand, kim: Kim) -> None:
    """From the list of one's KIM to what the officer wrote, to the page that mends it, and back to the officer."""
    applicant.page.goto("/kim/kelola/")
    applicant.press(f"main a[href='/kim/{kim.slug}/kelola/']")
    assert "Unggah AD/ART." in applicant.text()
    applicant.look()
    applicant.press("#syarat + ul a[href$='/profil/']")
    applicant.page.set_input_files("[name=bylaws_file]", BYLAWS)
    applicant.press("main form[enctype] button")
    assert "Profil tersimpan." in applicant.text("body")
    applicant.press("form[action$='/ajukan/'] button")
    assert "Verifikator sedang memeriksa" in applicant.text()


def test_an_application_is_sent_back_mended_and_approved(site: Site, by_keyboard: bool) -> None:
    kim = applied(site, "Peninjauan", by_keyboard)
    officer = hand(site, "kim_verifier", by_keyboard=by_keyboard)
    open_application(officer, kim)
    assert "Unduh AD/ART" not in officer.text()
    take_step(officer, "minta-perbaikan", "Unggah AD/ART.")
    assert "Perlu perbaikan" in officer.text()

    mend(hand(site, "other", by_keyboard=by_keyboard), kim)

    open_application(officer, kim)
    with officer.page.expect_download() as download:
        officer.activate("main a[href*='/berkas/']")
    assert download.value.suggested_filename.endswith(".pdf")
    take_step(officer, "setujui")
    assert "KIM terverifikasi." in officer.text("body")
    visitor = hand(site, "visitor", by_keyboard=by_keyboard)
    visitor.page.goto(f"/kim/{kim.slug}/")
    assert "Terverifikasi" in visitor.text()


def test_a_rejection_asks_for_its_reason_and_the_applicant_reads_it(site: Site, by_keyboard: bool) -> None:
    kim = applied(site, "Penolakan", by_keyboard)
    officer = hand(site, "kim_verifier", by_keyboard=by_keyboard)
    open_application(officer, kim)
    take_step(officer, "tolak")
    assert "Tulis dulu isinya." in officer.text()
    officer.write("#tolak_text", "Nagari ini sudah punya KIM.")
    officer.press("#langkah-tolak button")
    assert "Pendaftaran ditolak" in officer.text("body")
    applicant = hand(site, "other", by_keyboard=by_keyboard)
    applicant.page.goto(f"/kim/{kim.slug}/kelola/")
    assert "Nagari ini sudah punya KIM." in applicant.text()


def test_the_slower_of_two_officers_meets_both_versions(site: Site, by_keyboard: bool) -> None:
    kim = applied(site, "Berbarengan", by_keyboard)
    officer = hand(site, "kim_verifier", by_keyboard=by_keyboard)
    open_application(officer, kim)
    kim.ask_changes(by=make_user(), text="Lengkapi nama bendahara.")
    take_step(officer, "bubarkan", "Warga membubarkannya.")
    assert "diubah orang lain" in officer.text()
    assert "Lengkapi nama bendahara." in officer.text()
    assert officer.page.input_value("#bubarkan_text") == "Warga membubarkannya."
    officer.press("main form[action$='/bubarkan/'] button")
    assert "KIM dinyatakan bubar." in officer.text("body")
