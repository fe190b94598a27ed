"""On a phone: a visitor answers the survey, a librarian adds a photo and writes a story, an officer publishes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from libraries.models import ImpactStory, Library, LibraryPhoto, SurveyTally
from tests.browser.axe import ALL, overflow, violations
from tests.browser.conftest import Site, Watch
from tests.factories import make_photo_bytes

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("has_script", [True, False])


def library() -> Library:
    return Library.objects.get(institution__name="Perpustakaan Panggung")


def is_fine(page: Page, *, has_script: bool) -> bool:
    """axe needs JavaScript; the width does not."""
    return overflow(page) <= 0 and (not has_script or violations(page, ALL) == [])


@BOTH
def test_a_visitor_answers_five_questions(site: Site, watch: Callable[[Page], Watch], has_script: bool) -> None:
    def counted() -> int:
        return sum(row.fives for row in SurveyTally.objects.of(library()))

    before = counted()
    page = site.page(java_script_enabled=has_script)
    seen = watch(page)
    page.goto(f"/perpustakaan/{library().slug}/")
    page.get_by_role("link", name="Isi survei lima pertanyaan").click()
    assert is_fine(page, has_script=has_script)
    for number in range(1, 5):
        page.check(f"[name=q{number}][value='5']")
    page.get_by_role("button", name="Kirim jawaban").click()
    page.locator(".error-summary").wait_for()
    assert page.is_checked("[name=q4][value='5']")
    page.check("[name=q5][value='5']")
    page.get_by_role("button", name="Kirim jawaban").click()
    page.wait_for_selector("text=sudah dihitung, tanpa nama")
    page.goto(f"/perpustakaan/{library().slug}/survei/")
    for number in range(1, 6):
        page.check(f"[name=q{number}][value='1']")
    page.get_by_role("button", name="Kirim jawaban").click()
    page.wait_for_selector("text=sudah mengisi survei hari ini")
    assert counted() == before + 5
    assert seen.is_quiet()


@BOTH
def test_a_librarian_adds_a_photo(site: Site, watch: Callable[[Page], Watch], has_script: bool) -> None:
    words = f"Ruang baca {'ber' if has_script else 'tanpa '}skrip"
    page = site.page("librarian", java_script_enabled=has_script)
    seen = watch(page)
    page.goto(f"/perpustakaan/{library().slug}/kelola/")
    page.get_by_role("link", name="Foto perpustakaan").click()
    width = 500 if has_script else 520
    file = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": make_photo_bytes(width, 300)}
    page.set_input_files("[name=photo_file]", [file])
    page.check("[name=people][value=none]")
    page.get_by_role("button", name="Tambahkan foto").click()
    page.wait_for_selector(".error-summary")
    page.set_input_files("[name=photo_file]", [file])
    page.fill("[name=alt]", words)
    page.get_by_role("button", name="Tambahkan foto").click()
    page.wait_for_selector("text=Foto tampil di halaman perpustakaan")
    assert is_fine(page, has_script=has_script)
    visitor = site.page()
    visitor.goto(f"/perpustakaan/{library().slug}/")
    assert visitor.get_by_alt_text(words).count() == 1
    page.get_by_role("button", name=f"Hapus foto: {words}").click()
    page.wait_for_selector("text=Foto dihapus")
    assert not LibraryPhoto.objects.filter(alt=words).exists()
    assert seen.is_quiet()


@BOTH
def test_a_story_from_the_desk_to_the_public_and_away(
    site: Site, watch: Callable[[Page], Watch], has_script: bool
) -> None:
    title = f"Belajar menenun {'ber' if has_script else 'tanpa '}skrip"
    page = site.page("librarian", java_script_enabled=has_script)
    seen = watch(page)
    page.goto(f"/perpustakaan/{library().slug}/kelola/cerita/")
    page.get_by_role("link", name="Tulis cerita").click()
    assert is_fine(page, has_script=has_script)
    values = {"title": title, "alias": "Ibu Melati", "real_name": "Rahasiawati", "after": "Kini berpenghasilan."}
    for name, words in values.items():
        page.fill(f"[name={name}]", words)
    page.select_option("[name=domain]", "economy")
    page.fill("[name=before]", "Dulu Rahasiawati menganggur.")
    page.fill("[name=proof_url]", "https://kabar.contoh.invalid/tenun")
    page.check("[name=signed]")
    page.get_by_role("button", name="Simpan").click()
    page.locator(".error-summary", has_text="masih tertulis dalam cerita").wait_for()
    page.fill("[name=before]", "Dulu menganggur.")
    page.get_by_role("button", name="Simpan").click()
    page.wait_for_selector("text=tersimpan sebagai draf")
    page.get_by_role("button", name="Ajukan kepada Dinas").click()
    page.wait_for_selector("text=Cerita diajukan")
    story = ImpactStory.objects.get(title=title)
    officer = site.page("library_officer", java_script_enabled=has_script)
    officer.goto(f"/admin/libraries/impactstory/{story.pk}/change/")
    assert "Rahasiawati" not in officer.content()
    officer.get_by_role("link", name="Tayangkan cerita").click()
    officer.locator("main button").click()
    officer.wait_for_selector("text=Tayangkan cerita: selesai")
    visitor = site.page()
    visitor.goto("/perpustakaan/cerita/")
    visitor.get_by_role("link", name=title).click()
    visitor.locator("main", has_text="Ibu Melati").wait_for()
    assert "Rahasiawati" not in visitor.content()
    assert is_fine(visitor, has_script=True)
    page.reload()
    page.get_by_label("Ya, tarik cerita ini untuk selamanya").check()
    page.get_by_role("button", name="Tarik cerita").click()
    page.wait_for_selector("text=Cerita ditarik")
    answer = visitor.reload()
    assert answer is not None
    assert answer.status == 404
    assert seen.is_quiet()
