"""Yes, no, another place, a meeting held, a word on the year."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import Role, User
from groups.workflow import Status as KimStatus
from partnerships.models import Forum, Partnership, Side
from partnerships.workflow import Status
from tests.factories import make_grant, make_institution, make_kim, make_user
from tests.partnerships.factories import make_active, make_forum, make_partnership, terms, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def liaison() -> User:
    user = make_user("penghubung@mitra.invalid")
    make_grant(user, Role.LIAISON, institution=make_institution("Puskesmas Mungka"))
    return user


def partner_of(user: User) -> Any:
    return user.grants[0].institution


class TestPartnershipConfirm:
    def test_the_liaison_says_yes_to_what_the_page_showed(self, client: Client, liaison: User) -> None:
        row = make_partnership(partner=partner_of(liaison))
        client.force_login(liaison)
        page = client.get(row.get_absolute_url()).content.decode()
        assert 'name="terms_version" value="1"' in page
        client.post(f"{row.get_absolute_url()}setuju/", {"terms_version": "1"})
        assert Partnership.objects.get().status == Status.ACTIVE

    def test_terms_changed_meanwhile_are_shown_again(self, client: Client, liaison: User) -> None:
        row = make_partnership(partner=partner_of(liaison))
        row.change_terms(side=Side.FIRST, by=make_user(), forum=make_forum(), **terms(purpose="Diubah diam-diam."))
        client.force_login(liaison)
        response = client.post(f"{row.get_absolute_url()}setuju/", {"terms_version": "1"})
        assert response.status_code == 409
        assert "Diubah diam-diam." in response.content.decode()
        assert Partnership.objects.get().status == Status.PROPOSED

    def test_what_is_missing_is_said(self, client: Client, liaison: User) -> None:
        forum = make_forum(first_on=today(-2), repeats="none")
        row = make_partnership(partner=partner_of(liaison), forum=forum)
        client.force_login(liaison)
        response = client.post(f"{row.get_absolute_url()}setuju/", {"terms_version": "1"}, follow=True)
        assert "paling sedikit satu pertemuan yang akan datang" in response.content.decode()

    def test_a_dissolved_kim_says_yes_to_nothing_and_gets_none(self, client: Client, liaison: User) -> None:
        admin = make_user()
        kim = make_kim(admin=admin)
        row = make_partnership(kim, partner_of(liaison))
        kim.status = KimStatus.DISSOLVED
        kim.save()
        client.force_login(admin)
        assert client.post(f"{row.get_absolute_url()}ubah/").status_code == 403
        client.force_login(liaison)
        response = client.post(f"{row.get_absolute_url()}setuju/", {"terms_version": "1"}, follow=True)
        assert "KIM ini sudah bubar." in response.content.decode()
        assert Partnership.objects.get().status == Status.PROPOSED

    def test_strangers_and_readers_cannot(self, client: Client) -> None:
        row, reader = make_active(), make_user()
        make_grant(reader, Role.KIM_VERIFIER, "13.07")
        client.force_login(reader)
        assert client.post(f"{row.get_absolute_url()}setuju/", {"terms_version": "1"}).status_code == 403


class TestUnanswerable:
    @pytest.mark.parametrize("has_liaison", [True, False])
    def test_a_partner_without_a_liaison_is_said_to_be_one(
        self, client: Client, liaison: User, has_liaison: bool
    ) -> None:
        admin = make_user()
        partner = partner_of(liaison) if has_liaison else make_institution()
        row = make_partnership(make_kim(admin=admin), partner)
        client.force_login(admin)
        page = client.get(row.get_absolute_url()).content.decode()
        assert ("belum punya Pejabat Penghubung" in page) is not has_liaison


def moved(**over: Any) -> dict[str, Any]:
    values = {
        "place": "Sekolah",
        "first_on": today(5),
        "begins_at": "09:00",
        "repeats": "weekly",
        "contact_person": "Kader Baru",
        "contact_phone": "0812 3456 7890",
        "terms_version": "1",
    }
    return {**values, **over}


class TestForumMove:
    def test_a_stale_form_moves_nothing(self, client: Client) -> None:
        admin = make_user()
        row = make_active(make_kim(admin=admin))
        row.move_forum(Side.PARTNER, by=make_user(), place="Masjid")
        client.force_login(admin)
        assert client.post(f"{row.get_absolute_url()}jadwal/", moved()).status_code == 409
        assert Partnership.objects.get().forum.place == "Masjid"

    def test_another_contact_person_also_of_a_schedule_that_is_over(self, client: Client) -> None:
        admin = make_user()
        row = make_active(make_kim(admin=admin))
        Forum.objects.update(first_on=today(-30), repeats="none")
        client.force_login(admin)
        shown = client.get(f"{row.get_absolute_url()}jadwal/").content.decode()
        assert "Bidan Uji" in shown
        old = {"place": row.forum.place, "first_on": today(-30), "repeats": "none"}
        assert client.post(f"{row.get_absolute_url()}jadwal/", moved(**{**old, "place": "Masjid"})).status_code == 422
        assert client.post(f"{row.get_absolute_url()}jadwal/", moved(**old)).status_code == 302
        forum = Forum.objects.get()
        assert (forum.contact_person, forum.contact_phone) == ("Kader Baru", "0812 3456 7890")

    def test_who_answers_is_nobodys_to_know_once_it_is_over(self, client: Client) -> None:
        admin = make_user()
        row = make_active(make_kim(admin=admin), forum=make_forum(contact_phone="0812 3456 7890"))

        def seen(by: User | None) -> list[bool]:
            client.logout()
            if by:
                client.force_login(by)
            page = client.get(row.get_absolute_url()).content.decode()
            return ["Bidan Uji" in page, "0812 3456 7890" in page]

        assert (seen(admin), seen(None)) == ([True, True], [True, False])
        row.end(Side.FIRST, by=admin, text="Selesai.")
        assert (seen(admin), seen(None)) == ([True, False], [False, False])


class TestPartnershipEnd:
    def test_a_no_asks_for_its_reason(self, client: Client, liaison: User) -> None:
        row = make_partnership(partner=partner_of(liaison))
        client.force_login(liaison)
        assert client.post(f"{row.get_absolute_url()}akhiri/", {"text": " "}).status_code == 422
        client.post(f"{row.get_absolute_url()}akhiri/", {"text": "Belum ada tenaga."})
        assert Partnership.objects.get().status == Status.CANCELLED
