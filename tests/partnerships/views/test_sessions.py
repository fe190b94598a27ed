"""The sheet to print, a meeting held, and who came: counted for everybody, named to both sides."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Role, User
from partnerships.models import ForumSession
from tests.factories import make_grant, make_institution, make_kim, make_user
from tests.partnerships.factories import hold_session, make_active, today

pytestmark = pytest.mark.django_db


class TestSession:
    def test_a_meeting_with_its_sheet_is_counted_for_everybody_and_named_to_nobody(self, client: Client) -> None:
        admin = make_user()
        row = make_active(make_kim(admin=admin))
        client.force_login(admin)
        sheet = client.get(f"{row.get_absolute_url()}daftar-hadir/").content.decode()
        assert "Balai nagari" in sheet
        post = {"held_on": today(-1), "begins_at": "09.30", "hours": "2", "place": "Balai", "result": "Paham."}
        answer = client.post(f"{row.get_absolute_url()}pertemuan/", {**post, "attendees": "Ani Uji\nBudi Uji\n"})
        assert answer.status_code == 302
        assert ForumSession.objects.get().attendees.count() == 2
        client.logout()
        page = client.get(row.get_absolute_url()).content.decode()
        assert "2 yang hadir" in page
        assert "pukul 09.30" in page
        assert "Ani Uji" not in page

    def test_not_before_it_took_place(self, client: Client) -> None:
        admin = make_user()
        row = make_active(make_kim(admin=admin))
        client.force_login(admin)
        post = {"held_on": today(2), "begins_at": "09.30", "hours": "2", "place": "Balai", "result": "Paham."}
        response = client.post(f"{row.get_absolute_url()}pertemuan/", post)
        assert response.status_code == 422
        assert "belum berlangsung" in response.content.decode()


class TestAttendees:
    @pytest.fixture
    def admin(self, client: Client) -> User:
        user = make_user()
        client.force_login(user)
        return user

    def test_either_side_reads_the_names_and_erases_one(self, client: Client, admin: User) -> None:
        liaison, partner = make_user(), make_institution()
        make_grant(liaison, Role.LIAISON, institution=partner)
        row = make_active(make_kim(admin=admin), partner)
        session = hold_session(row)
        here = f"{row.get_absolute_url()}pertemuan/{session.pk}/"
        for user, name in ((admin, "Ani"), (liaison, "Budi")):
            client.force_login(user)
            assert here in client.get(row.get_absolute_url()).content.decode()
            assert f"> {name}</span></button>" in client.get(here).content.decode()
            line = session.attendees.get(line=name)
            answer = client.post(f"{row.get_absolute_url()}peserta/{line.pk}/hapus/")
            assert answer["Location"] == here
        assert not session.attendees.exists()

    def test_nobody_else_does(self, client: Client, admin: User) -> None:
        row = make_active()
        session = hold_session(row)
        make_grant(admin, Role.KIM_VERIFIER, "13.07")
        line = session.attendees.get(line="Ani")
        here = f"{row.get_absolute_url()}pertemuan/{session.pk}/"
        assert here not in client.get(row.get_absolute_url()).content.decode()
        assert client.get(here).status_code == 403
        assert client.post(f"{row.get_absolute_url()}peserta/{line.pk}/hapus/").status_code == 403
        assert session.attendees.count() == 2

    def test_a_line_of_another_partnership_is_not_there(self, client: Client, admin: User) -> None:
        mine, other = make_active(make_kim(admin=admin)), hold_session(make_active())
        line = other.attendees.get(line="Ani")
        assert client.post(f"{mine.get_absolute_url()}peserta/{line.pk}/hapus/").status_code == 404
        assert client.get(f"{mine.get_absolute_url()}pertemuan/{other.pk}/").status_code == 404
        assert other.attendees.count() == 2

    def test_every_meeting_can_be_reached(self, client: Client, admin: User) -> None:
        """A partnership's page shows the last ten; each list leads on to the meeting before."""
        row = make_active(make_kim(admin=admin))
        old, new = (hold_session(row, starts_at=timezone.now() - timedelta(days=days)) for days in (8, 1))
        here = f"{row.get_absolute_url()}pertemuan/"
        assert f"{here}{old.pk}/" in client.get(f"{here}{new.pk}/").content.decode()
        assert "sebelumnya" not in client.get(f"{here}{old.pk}/").content.decode()


class TestAttendeesEdit:
    def test_a_name_is_mended_and_another_taken_off_while_the_list_is_open(self, client: Client) -> None:
        admin = make_user()
        row = make_active(make_kim(admin=admin))
        session = hold_session(row, lines=["Ani Uji", "Budi Ujii", "Cici Uji"])
        kept = session.attendees.get(line="Ani Uji").pk
        client.force_login(admin)
        address = f"{row.get_absolute_url()}pertemuan/{session.pk}/peserta/"
        assert "Budi Ujii" in client.get(address).content.decode()
        assert client.post(address, {"attendees": ""}).status_code == 422
        assert client.post(address, {"attendees": "Ani Uji\nBudi Uji\nani uji"}).status_code == 302
        assert list(session.attendees.order_by("pk").values_list("line", flat=True)) == ["Ani Uji", "Budi Uji"]
        assert session.attendees.filter(pk=kept).exists()
        assert row.events.filter(action="attendees_changed").count() == 1

    def test_a_closed_list_stands(self, client: Client) -> None:
        admin = make_user()
        row = make_active(make_kim(admin=admin))
        session = hold_session(row, starts_at=timezone.now() - timedelta(days=31), lines=["Ani Uji"])
        client.force_login(admin)
        answer = client.post(f"{row.get_absolute_url()}pertemuan/{session.pk}/peserta/", {"attendees": "Orang Lain"})
        assert answer.status_code == 422
        assert "sudah ditutup" in answer.content.decode()
        assert "Orang Lain" in answer.content.decode()
        assert (
            "Ubah daftar hadir" not in client.get(f"{row.get_absolute_url()}pertemuan/{session.pk}/").content.decode()
        )
        stranger = make_user()
        client.force_login(stranger)
        assert client.get(f"{row.get_absolute_url()}pertemuan/{session.pk}/peserta/").status_code == 403
