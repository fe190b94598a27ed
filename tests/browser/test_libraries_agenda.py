"""An activity on a phone: planned by the librarian, taken by a resident, given back, counted. With scripts or not."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from libraries.models import ActivitySession, Library
from tests.browser.axe import overflow, violations

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Site

pytestmark = pytest.mark.browser


def look(page: Page, *, script: bool) -> None:
    assert overflow(page) <= 0
    if script:
        assert violations(page) == []


@pytest.mark.parametrize("script", [True, False], ids=["JavaScript", "without JavaScript"])
def test_from_a_plan_to_a_months_figure(site: Site, script: bool) -> None:
    library = Library.objects.order_by("pk").first()
    assert library
    desk = f"/perpustakaan/{library.slug}/kelola"
    title = f"Kelas {'ber' if script else 'tanpa '}skrip"
    keeper = site.page("librarian", java_script_enabled=script)
    keeper.goto(f"{desk}/kegiatan/baru/")
    day = timezone.localdate() + timedelta(days=12 if script else 13)
    for name, value in (("title", title), ("held_on", day.isoformat()), ("starts", "13:00"), ("ends", "15:00")):
        keeper.fill(f"[name={name}]", value)
    keeper.select_option("[name=kind]", "culture")
    keeper.fill("[name=seats]", "1")
    keeper.fill("[name=description]", "Belajar bersama.")
    keeper.check("[name=tags][value=elders]")
    look(keeper, script=script)
    keeper.click("button:has-text('Simpan kegiatan')")
    keeper.wait_for_url("**/kelola/kegiatan/**")
    keeper.locator("main", has_text="0 terdaftar dari 1 kursi").wait_for()

    codes = [register(site, library, title, name, script=script) for name in ("Uni Upik", "Uda Buyung")]
    resident = site.page(java_script_enabled=script)
    resident.goto(f"/perpustakaan/agenda/pendaftaran/{codes[1]}/")
    resident.locator("main", has_text="Urutan Anda: 1").wait_for()
    resident.goto(f"/perpustakaan/agenda/pendaftaran/{codes[0]}/")
    resident.click("button:has-text('Batalkan pendaftaran')")
    resident.locator("main", has_text="Pendaftaran dibatalkan").wait_for()
    resident.goto(f"/perpustakaan/agenda/pendaftaran/{codes[1]}/")
    resident.locator("h1", has_text="Anda terdaftar").wait_for()

    session = ActivitySession.objects.get(activity__title=title)
    begun = timezone.now() - timedelta(hours=3)
    ActivitySession.objects.filter(pk=session.pk).update(starts_at=begun, ends_at=begun + timedelta(hours=1))
    keeper.reload()
    keeper.click("a:has-text('Catat yang hadir')")
    keeper.check("[name=hadir-0-came]")
    look(keeper, script=script)
    keeper.click("button:has-text('Simpan daftar hadir')")
    keeper.locator("main", has_text="1 orang tercatat hadir").wait_for()
    keeper.goto(f"{desk}/bulan/{begun.astimezone():%Y-%m}/")
    keeper.locator("main", has_text="Menurut daftar hadir bulan ini").wait_for()
    look(keeper, script=script)


def register(site: Site, library: Library, title: str, name: str, *, script: bool) -> str:
    """A resident finds the activity in the agenda and takes a place; the code on the page."""
    page = site.page(java_script_enabled=script)
    page.goto(f"/perpustakaan/{library.slug}/agenda/")
    page.click(f"text={title}")
    page.click("main .card >> text=/^(Daftar|Masuk daftar tunggu)/")
    page.fill("[name=name]", name)
    look(page, script=script)
    page.click("main form button")
    page.wait_for_url("**/agenda/pendaftaran/**")
    look(page, script=script)
    return page.inner_text(".code").strip()


@pytest.mark.parametrize("script", [True, False], ids=["JavaScript", "without JavaScript"])
def test_a_week_in_the_spaces(site: Site, script: bool) -> None:
    library = Library.objects.order_by("pk").first()
    assert library
    page = site.page("librarian", java_script_enabled=script)
    page.goto(f"/perpustakaan/{library.slug}/kelola/jadwal/")
    what = f"Mendongeng {'ber' if script else 'tanpa '}skrip"
    page.select_option("[name=space]", label="Ruang berbagi pengalaman")
    page.select_option("[name=weekday]", label="Rabu" if script else "Kamis")
    for name, value in (("starts", "09:00"), ("ends", "10:00"), ("what", what)):
        page.fill(f"[name={name}]", value)
    page.click("main button:has-text('Simpan')")
    page.locator("main", has_text=what).wait_for()
    page.fill("[name=starts]", "09:30")
    page.fill("[name=ends]", "11:00")
    page.fill("[name=what]", "Bentrok")
    page.select_option("[name=space]", label="Ruang berbagi pengalaman")
    page.select_option("[name=weekday]", label="Rabu" if script else "Kamis")
    page.click("main button:has-text('Simpan')")
    page.locator(".error-summary", has_text="sudah terisi").wait_for()
    assert page.input_value("[name=what]") == "Bentrok"
    page.goto(f"/perpustakaan/{library.slug}/agenda/")
    page.locator("main", has_text=what).wait_for()
