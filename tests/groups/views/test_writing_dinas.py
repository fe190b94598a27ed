"""Speaking for the Dinas, and a KIM that passes on what it says."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Role, User
from groups.models import Announcement, Kim
from tests.factories import make_announcement, make_area, make_grant, make_kim, make_user
from tests.groups.views.writing import answers, browser, edit, html

pytestmark = pytest.mark.django_db


class TestAnnouncementOffice:
    def test_residents_may_not_speak_for_the_dinas(self, admin: User) -> None:
        for name in ("groups:announcement_office", "groups:announcement_office_create"):
            assert browser(admin).get(reverse(name)).status_code == 403

    def test_an_officer_announces_to_the_own_area_and_below(self, officer: User) -> None:
        make_area("13.07.11.2004")
        client, address = browser(officer), reverse("groups:announcement_office_create")
        assert client.get(address).status_code == 200
        assert client.post(address, answers(area="13.07.11.2004")).status_code == 302
        row = Announcement.objects.get()
        assert (row.kim, row.office_id, row.area_id) == (None, "13.07", "13.07.11.2004")

    @pytest.mark.parametrize("area", ["13", "33.73"])
    def test_not_above_and_not_beside(self, officer: User, area: str) -> None:
        make_area(area)
        response = browser(officer).post(reverse("groups:announcement_office_create"), answers(area=area))
        assert response.status_code == 422
        assert "Di luar Kabupaten Lima Puluh Kota" in html(response)

    def test_who_speaks_for_two_says_for_which(self, officer: User) -> None:
        make_grant(officer, Role.KIM_VERIFIER, "33.73")
        client, address = browser(officer), reverse("groups:announcement_office_create")
        assert client.post(address, answers(area="33.73", office="13.07")).status_code == 422
        assert client.post(address, answers(area="33.73", office="33.73")).status_code == 302
        assert Announcement.objects.get().office_id == "33.73"

    def test_the_list_tells_how_many_kim_passed_it_on(self, officer: User) -> None:
        make_announcement().relay(make_kim(), by=make_user())
        assert "Diteruskan 1 KIM" in html(browser(officer).get(reverse("groups:announcement_office")))


class TestAnnouncementDesk:
    @pytest.mark.parametrize("rows", [1, 20])
    def test_queries_do_not_grow(self, kim: Kim, admin: User, rows: int, django_assert_max_num_queries: Any) -> None:
        for _ in range(rows):
            make_announcement(kim)
        client = browser(admin)
        with django_assert_max_num_queries(8):
            client.get(reverse("groups:announcement_desk", args=[kim.slug]))


class TestAnnouncementRelay:
    def address(self, row: Announcement, kim: Kim) -> str:
        return reverse("groups:announcement_relay", args=[row.public_id, kim.slug])

    def test_one_click_passes_it_on_and_two_count_once(self, kim: Kim, admin: User) -> None:
        row, client = make_announcement(), browser(admin)
        for _ in range(2):
            assert client.post(self.address(row, kim), {"note": "Di balai."}).status_code == 302
        row.refresh_from_db()
        assert row.relay_count == 1
        assert Announcement.objects.published().get(kim=kim).relay_note == "Di balai."

    def test_only_for_ones_own_kim_and_what_is_out(self, kim: Kim, admin: User) -> None:
        assert browser(make_user()).post(self.address(make_announcement(), kim)).status_code == 404
        assert browser(admin).post(self.address(make_announcement(published=False), kim)).status_code == 404
        assert browser(admin).post(self.address(make_announcement(make_kim()), kim)).status_code == 404

    def test_the_words_of_the_dinas_are_not_edited_the_note_is(self, kim: Kim, admin: User) -> None:
        copy = make_announcement(title="Kata Dinas").relay(kim, by=admin)
        response = browser(admin).post(edit(copy), answers(version=1, title="Kata saya", note="Baru"))
        copy.refresh_from_db()
        assert response.status_code == 302
        assert (copy.title, copy.relay_note) == ("Kata Dinas", "Baru")
