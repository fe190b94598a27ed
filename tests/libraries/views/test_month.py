from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from libraries.models import Library, MediaExposure, MonthlyFigures
from tests.factories import make_grant
from tests.libraries.making import (
    MARCH,
    make_clipping,
    make_librarian,
    make_library,
    make_library_officer,
    make_month,
)

EMPTY = {"kliping-TOTAL_FORMS": "3", "kliping-INITIAL_FORMS": "0"}
NUMBERS = {"visits_onsite": "40", "visits_online": "5", "activities": "2", "participants": "30"}
LINE = {
    "kliping-0-outlet": "Harian Contoh",
    "kliping-0-title": "Panen buku",
    "kliping-0-published_on": "2026-03-09",
    "kliping-0-url": "https://contoh.invalid/panen",
}


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(library: Library, month: str = "2026-03") -> str:
    return reverse("libraries:month_edit", args=[library.slug, month])


def post(client: Client, library: Library, month: str = "2026-03", **values: Any) -> Any:
    return client.post(address(library, month), {**EMPTY, **NUMBERS, "version": "0", **values})


@pytest.mark.django_db
class TestMonthEdit:
    def test_a_month_takes_one_page(self) -> None:
        library = make_library()
        answer = post(browser(make_librarian()), library, **LINE)
        row = MonthlyFigures.objects.get()
        assert (answer.status_code, row.numbers) == (302, {name: int(value) for name, value in NUMBERS.items()})
        assert MediaExposure.objects.get().title == "Panen buku"

    def test_what_a_phone_sends_is_small(self) -> None:
        fields = "&".join(f"{name}={value}" for name, value in {**EMPTY, **NUMBERS, **LINE, "version": "0"}.items())
        assert len(fields) + len("csrfmiddlewaretoken=") + 64 < 3000

    @pytest.mark.parametrize("month", ["2126-01", "2009-12", "2026-13", "maret"])
    def test_a_month_that_is_none_or_has_not_come_is_not_there(self, month: str) -> None:
        library = make_library()
        assert browser(make_librarian()).get(address(library, month)).status_code == 404

    @pytest.mark.parametrize(
        ("values", "words"),
        [
            ({"visits_onsite": "-1"}, "tidak boleh kurang dari 0"),
            ({"visits_onsite": "banyak"}, "angka bulat"),
            ({"visits_onsite": "1000001"}, "terlalu besar"),
            ({"visits_onsite": ""}, "Tulis 0 bila memang tidak ada"),
            ({"activities": "0"}, "tidak ada kegiatan"),
            ({**LINE, "kliping-0-url": ""}, "tautan atau pindaian"),
            ({**LINE, "kliping-0-title": ""}, "Lengkapi kliping"),
            ({**LINE, "kliping-0-published_on": "2026-02-01"}, "di bulan lain"),
            ({**LINE, "kliping-0-url": "javascript:alert(1)"}, "tautan lengkap"),
        ],
    )
    def test_bad_input_gets_a_sentence_and_nothing_typed_is_lost(self, values: dict[str, str], words: str) -> None:
        answer = post(browser(make_librarian()), make_library(), **{"participants": "31", **values})
        page = answer.content.decode()
        assert (answer.status_code, words in page, 'value="31"' in page) == (422, True, True)
        assert not MonthlyFigures.objects.exists()

    def test_a_clipping_twice_is_told_so_and_the_month_waits_for_it(self) -> None:
        library = make_library()
        make_clipping(library, url=LINE["kliping-0-url"])
        answer = post(browser(make_librarian()), library, **LINE)
        assert answer.status_code == 422
        assert "tautan ini sudah dicatat" in answer.content.decode()
        assert not MonthlyFigures.objects.exists()

    def test_the_same_clipping_again_is_named_and_the_month_is_stored(self) -> None:
        library, client = make_library(), browser(make_librarian())
        post(client, library, **LINE)
        answer = post(client, library, version="1", visits_onsite="41", **LINE)
        assert (answer.status_code, MonthlyFigures.objects.get().visits_onsite) == (302, 41)
        assert (
            "Sudah tercatat sebelumnya, tidak dihitung lagi: Panen buku."
            in client.get(answer["Location"]).content.decode()
        )
        assert MediaExposure.objects.count() == 1

    def test_a_known_link_with_other_words_is_said_on_top(self) -> None:
        library, client = make_library(), browser(make_librarian())
        make_clipping(library, url=LINE["kliping-0-url"])
        page = post(client, library, **LINE).content.decode()
        assert "<li>Kliping 1 – Kliping dengan tautan ini sudah dicatat.</li>" in page
        assert "<title>Galat: Maret 2026" in page

    def test_the_same_link_on_two_lines_is_told_so(self) -> None:
        twin = {name.replace("-0-", "-1-"): value for name, value in LINE.items()}
        answer = post(browser(make_librarian()), make_library(), **LINE, **twin)
        assert "tertulis dua kali" in answer.content.decode()

    def test_pressing_twice_saves_once(self) -> None:
        library, client = make_library(), browser(make_librarian())
        assert [post(client, library).status_code for _ in range(2)] == [302, 302]
        assert library.events.filter(action__startswith="month").count() == 1

    def test_pressing_twice_with_a_clipping_saves_both_once(self) -> None:
        library, client = make_library(), browser(make_librarian())
        assert [post(client, library, **LINE).status_code for _ in range(2)] == [302, 302]
        assert MediaExposure.objects.count() == 1

    def test_over_the_days_number_of_clippings_nothing_typed_is_lost(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("libraries.views.month.CLIPPINGS", (0, "Sudah {} kliping. Lanjutkan besok."))
        answer = post(browser(make_librarian()), make_library(), **LINE)
        page = answer.content.decode()
        assert (answer.status_code, "Lanjutkan besok" in page, LINE["kliping-0-url"] in page) == (422, True, True)
        assert not MonthlyFigures.objects.exists()

    def test_two_writers_meet_a_page_with_both_versions(self) -> None:
        library, client = make_library(), browser(make_librarian())
        make_month(library, MARCH, visits_onsite=7)
        answer = post(client, library)
        page = answer.content.decode()
        assert (answer.status_code, "Orang lain" in page, MonthlyFigures.objects.get().visits_onsite) == (409, True, 7)
        assert post(client, library, version="1").status_code == 302
        assert MonthlyFigures.objects.get().visits_onsite == 40

    def test_both_versions_are_numbers_as_people_write_them(self) -> None:
        library, client = make_library(), browser(make_librarian())
        make_month(library, MARCH, visits_onsite=1234)
        page = post(client, library, visits_onsite="0").content.decode()
        assert '<td data-label="Tersimpan sekarang">1.234</td><td data-label="Isian Anda">0</td>' in page

    def test_a_link_without_its_scheme_is_taken(self) -> None:
        post(browser(make_librarian()), make_library(), **{**LINE, "kliping-0-url": "contoh.id/berita"})
        assert MediaExposure.objects.get().url == "https://contoh.id/berita"

    def test_a_clipping_is_taken_out(self) -> None:
        library = make_library()
        clipping = make_clipping(library)
        post(browser(make_librarian()), library, drop=str(clipping.pk))
        assert not MediaExposure.objects.exists()

    def test_a_foreign_clipping_is_not_taken_out(self) -> None:
        clipping = make_clipping(make_library("51.03.05.2003"))
        post(browser(make_librarian()), make_library(), drop=str(clipping.pk))
        assert MediaExposure.objects.exists()

    def test_a_librarian_elsewhere_finds_nothing(self) -> None:
        library = make_library()
        client = browser(make_librarian("51.03"))
        assert (client.get(address(library)).status_code, post(client, library).status_code) == (404, 404)


@pytest.mark.django_db
class TestMonthAccept:
    def accept(self, user: User, library: Library, version: str = "1") -> int:
        target = reverse("libraries:month_accept", args=[library.slug, "2026-03"])
        return browser(user).post(target, {"version": version}).status_code

    def test_the_agency_locks_a_month(self) -> None:
        library = make_library()
        make_month(library)
        assert self.accept(make_library_officer(), library) == 302
        assert MonthlyFigures.objects.get().is_locked

    def test_afterwards_come_the_months_that_still_wait(self) -> None:
        library, client = make_library(), browser(make_library_officer())
        make_month(library)
        target = reverse("libraries:month_accept", args=[library.slug, "2026-03"])
        page = client.post(target, {"version": "1"}, follow=True)
        assert page.redirect_chain[0][0] == reverse("admin:libraries_monthlyfigures_changelist")
        assert "Maret 2026 diterima" in page.content.decode()

    def test_a_librarian_may_not(self) -> None:
        library = make_library()
        make_month(library)
        assert self.accept(make_librarian(), library) == 403
        assert not MonthlyFigures.objects.get().is_locked

    def test_an_officer_who_is_the_librarian_too_does_not_check_the_own_figures(self) -> None:
        library, user = make_library(), make_librarian()
        make_grant(user, Role.LIBRARY_OFFICER, "13.07")
        make_month(library)
        assert self.accept(user, library) == 403

    def test_a_month_changed_meanwhile_is_not_locked_unseen(self) -> None:
        library = make_library()
        make_month(library)
        make_month(library, visits_onsite=9)
        assert self.accept(make_library_officer(), library, version="1") == 302
        assert not MonthlyFigures.objects.get().is_locked

    def test_a_locked_month_refuses_the_library_and_lets_the_agency_correct_it(self) -> None:
        library, officer = make_library(), make_library_officer()
        make_month(library)
        self.accept(officer, library)
        assert post(browser(make_librarian()), library, version="2").status_code == 403
        without = post(browser(officer), library, version="2")
        assert (without.status_code, "Tulis alasan koreksi" in without.content.decode()) == (422, True)
        assert post(browser(officer), library, version="2", text="Salah hitung.").status_code == 302
        assert MonthlyFigures.objects.get().visits_onsite == 40
