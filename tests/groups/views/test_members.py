"""The people of a KIM at its desk."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.outbox import OutgoingMail
from groups.models import Kim, MemberInvitation, Membership, Post
from tests.factories import make_kim, make_membership, make_photo_bytes, make_user
from uploads.models import Image

pytestmark = pytest.mark.django_db


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(response: Any) -> str:
    return response.content.decode()


def person(**over: Any) -> dict[str, Any]:
    return {"name": "Budi", "post": "member", "joined_on": "2026-01-02", **over}


def at(kim: Kim, page: str = "") -> str:
    return f"/kim/{kim.slug}/kelola/anggota/{page}"


class TestMemberList:
    def test_keeps_those_who_left(self, kim: Kim, admin: User) -> None:
        member = make_membership(kim, Post.SECRETARY, name="Siti")
        member.leave(timezone.localdate(), by=admin)
        page = text(browser(admin).get(at(kim)))
        assert "Pernah menjabat" in page
        assert "Siti, sekretaris" in page

    @pytest.mark.parametrize("count", [1, 20])
    def test_at_most_eight_queries(self, kim: Kim, admin: User, count: int, django_assert_max_num_queries: Any) -> None:
        for _ in range(count):
            make_membership(kim)
        client = browser(admin)
        with django_assert_max_num_queries(8):
            client.get(at(kim))


class TestMemberCreate:
    def test_records_a_person_with_photo(self, kim: Kim, admin: User) -> None:
        photo = SimpleUploadedFile("Budi.jpg", make_photo_bytes())
        response = browser(admin).post(
            at(kim, "baru/"), person(phone="0812 3456 789", is_public="on", photo_file=photo)
        )
        assert response.status_code == 302
        member = Membership.objects.get(name="Budi")
        assert (member.kim, member.phone, member.is_public, member.photo is not None) == (
            kim,
            "0812 3456 789",
            True,
            True,
        )

    @pytest.mark.parametrize(
        ("over", "sentence"),
        [
            ({"post": "chair"}, "Jabatan ini sudah ada pemegangnya."),
            ({"name": "rina admin"}, "Satu orang memegang satu jabatan saja."),
            ({"post": "section_head"}, "Pilih seksi yang dipimpin."),
            ({"joined_on": "2999-01-01"}, "Tanggal masuk tidak boleh di masa depan."),
            ({"joined_on": "kemarin"}, "Tulis tanggal seperti 31-12-2026."),
            ({"phone": "halo"}, "Nomor telepon ditulis dengan angka"),
        ],
    )
    def test_each_mistake_has_its_sentence_and_leaves_no_photo(
        self, kim: Kim, admin: User, over: dict[str, str], sentence: str
    ) -> None:
        photo = SimpleUploadedFile("Budi.jpg", make_photo_bytes())
        response = browser(admin).post(at(kim, "baru/"), {**person(), **over, "photo_file": photo})
        assert response.status_code == 422
        assert sentence in text(response)
        assert kim.memberships.count() == 1
        assert not Image.objects.exists()

    def test_nobody_makes_an_admin_by_a_forged_field(self, kim: Kim, admin: User) -> None:
        browser(admin).post(
            at(kim, "baru/"), person(is_admin="on", user=str(make_user().pk), kim="1", left_on="2026-02-02")
        )
        member = Membership.objects.get(name="Budi")
        assert (member.is_admin, member.user, member.kim, member.left_on) == (False, None, kim, None)


class TestMemberEdit:
    def test_another_post_begins_a_row_of_its_own(self, kim: Kim, admin: User) -> None:
        member = make_membership(
            kim, name="Budi", joined_on=timezone.localdate() - timedelta(days=90), phone="0812000111"
        )
        data = person(post="secretary", joined_on=timezone.localdate(), phone="0812000111")
        assert browser(admin).post(at(kim, f"{member.pk}/"), data).status_code == 302
        rows = Membership.objects.filter(name="Budi").order_by("pk")
        assert [(row.post, row.is_current) for row in rows] == [("member", False), ("secretary", True)]

    def test_a_member_of_another_kim_is_404(self, kim: Kim, admin: User) -> None:
        foreign = make_membership(make_kim(name="KIM Lain"), name="Asing")
        client = browser(admin)
        for page in ("", "kartu/"):
            assert client.get(at(kim, f"{foreign.pk}/{page}")).status_code == 404
        for page in ("", "keluar/", "undang/", "admin/"):
            data = person(left_on="2026-02-02", value="ya", email="a@contoh.invalid")
            assert client.post(at(kim, f"{foreign.pk}/{page}"), data).status_code == 404
        foreign.refresh_from_db()
        assert (foreign.name, foreign.left_on, foreign.is_admin) == ("Asing", None, False)

    @pytest.mark.parametrize("number", ["0", "99999999999999999999999"])
    def test_a_number_of_nobody_is_404(self, kim: Kim, admin: User, number: str) -> None:
        assert browser(admin).get(at(kim, f"{number}/")).status_code == 404


class TestMemberLeave:
    def test_ends_the_post_and_frees_it(self, kim: Kim, admin: User) -> None:
        member = make_membership(kim, Post.SECRETARY, name="Siti")
        browser(admin).post(at(kim, f"{member.pk}/keluar/"), {"left_on": timezone.localdate()})
        member.refresh_from_db()
        assert member.left_on == timezone.localdate()
        make_membership(kim, Post.SECRETARY, name="Tuti")

    def test_the_last_admin_cannot_leave(self, kim: Kim, admin: User) -> None:
        own = kim.memberships.get()
        response = browser(admin).post(at(kim, f"{own.pk}/keluar/"), {"left_on": timezone.localdate()})
        assert "Jadikan orang lain admin dulu" in text(response)
        own.refresh_from_db()
        assert own.left_on is None

    @pytest.mark.parametrize(
        ("day", "sentence"),
        [("2999-01-01", "Tanggal keluar tidak boleh di masa depan."), ("2000-01-01", "sebelum tanggal masuk")],
    )
    def test_a_wrong_day_has_its_sentence(self, kim: Kim, admin: User, day: str, sentence: str) -> None:
        member = make_membership(kim, Post.SECRETARY)
        assert sentence in text(browser(admin).post(at(kim, f"{member.pk}/keluar/"), {"left_on": day}))


class TestMemberAdmin:
    def test_a_second_admin_and_the_hand_over(self, kim: Kim, admin: User) -> None:
        successor = make_user()
        member = make_membership(kim, name="Tuti", user=successor)
        client = browser(admin)
        client.post(at(kim, f"{member.pk}/admin/"), {"value": "ya"})
        own = kim.memberships.get(user=admin)
        asked = text(client.post(at(kim, f"{own.pk}/admin/"), {"value": "tidak"}))
        assert "Cabut hak admin Anda sendiri?" in asked
        assert client.get(f"/kim/{kim.slug}/kelola/").status_code == 200
        answer = dict(re.findall(r'name="(value|confirmed)" value="(\w+)"', asked))
        response = client.post(at(kim, f"{own.pk}/admin/"), answer)
        assert response["Location"] == "/kim/kelola/"
        assert client.get(f"/kim/{kim.slug}/kelola/").status_code == 404
        assert browser(successor).get(f"/kim/{kim.slug}/kelola/").status_code == 200

    def test_the_last_admin_keeps_the_right_and_sees_no_button_for_it(self, kim: Kim, admin: User) -> None:
        own, client = kim.memberships.get(), browser(admin)
        address = at(kim, f"{own.pk}/admin/")
        assert address not in text(client.get(at(kim)))
        page = text(client.post(address, {"value": "tidak", "confirmed": "ya"}, follow=True))
        assert "Jadikan orang lain admin dulu" in page
        make_membership(kim, user=make_user(), is_admin=True)
        assert address in text(client.get(at(kim)))

    def test_the_right_of_another_is_taken_at_once(self, kim: Kim, admin: User) -> None:
        other = make_membership(kim, user=make_user(), is_admin=True)
        browser(admin).post(at(kim, f"{other.pk}/admin/"), {"value": "tidak"})
        other.refresh_from_db()
        assert not other.is_admin

    def test_who_has_no_account_is_no_admin(self, kim: Kim, admin: User) -> None:
        member = make_membership(kim, name="Tuti")
        page = text(browser(admin).post(at(kim, f"{member.pk}/admin/"), {"value": "ya"}, follow=True))
        assert "Admin KIM harus punya akun." in page


class TestInvitation:
    def invite(self, kim: Kim, admin: User, email: str = "Tuti@contoh.invalid", **over: str) -> tuple[Membership, str]:
        member = make_membership(kim, name="Tuti")
        response = browser(admin).post(at(kim, f"{member.pk}/undang/"), {"email": email, **over})
        assert response.status_code == 302
        body = OutgoingMail.objects.latest("pk").body
        return member, re.search(r"/kim/kelola/undangan/[^/]+/", body)[0]

    def test_links_the_account_of_the_address_once(self, kim: Kim, admin: User) -> None:
        member, address = self.invite(kim, admin, makes_admin="on")
        tuti = make_user("tuti@contoh.invalid")
        client = browser(tuti)
        assert "Terima, hubungkan" in text(client.get(address))
        assert client.post(address)["Location"] == "/kim/kelola/"
        member.refresh_from_db()
        assert (member.user, member.is_admin) == (tuti, True)
        assert client.post(address).status_code == 404

    @pytest.mark.parametrize("verified", [True, False])
    def test_another_or_unverified_address_cannot_accept(self, kim: Kim, admin: User, verified: bool) -> None:
        member, address = self.invite(kim, admin)
        stranger = make_user("lain@contoh.invalid" if verified else "tuti@contoh.invalid", verified=verified)
        response = browser(stranger).post(address)
        assert "Undangan untuk alamat lain" in text(response)
        assert "Tuti" not in text(response)
        member.refresh_from_db()
        assert member.user is None

    def test_a_later_letter_ends_the_earlier_one(self, kim: Kim, admin: User) -> None:
        member, first = self.invite(kim, admin)
        browser(admin).post(at(kim, f"{member.pk}/undang/"), {"email": "tuti@contoh.invalid"})
        assert browser(make_user("tuti@contoh.invalid")).get(first).status_code == 404

    def test_ends_after_fourteen_days(self, kim: Kim, admin: User) -> None:
        _, address = self.invite(kim, admin)
        MemberInvitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        assert browser(make_user("tuti@contoh.invalid")).get(address).status_code == 404
        assert MemberInvitation.objects.ended().count() == 1

    def test_an_account_that_is_in_already_is_refused_with_a_sentence(self, kim: Kim, admin: User) -> None:
        _, address = self.invite(kim, admin, email=admin.email)
        assert "Akun ini sudah tercatat di KIM ini." in text(browser(admin).post(address))

    def test_the_token_stands_nowhere_in_the_database(self, kim: Kim, admin: User) -> None:
        _, address = self.invite(kim, admin)
        token = address.split("/")[-2]
        assert token not in str(list(MemberInvitation.objects.values()))

    @pytest.mark.parametrize("token", ["x", "%00", "a" * 500])
    def test_an_unknown_token_is_404(self, admin: User, token: str) -> None:
        assert browser(admin).get(f"/kim/kelola/undangan/{token}/").status_code == 404

    def test_too_many_letters_a_day_are_refused_with_a_sentence(
        self, kim: Kim, admin: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("groups.views.members.INVITATIONS_A_DAY", 0)
        member = make_membership(kim, name="Tuti")
        page = text(browser(admin).post(at(kim, f"{member.pk}/undang/"), {"email": "tuti@contoh.invalid"}))
        assert "Lanjutkan besok" in page
        assert 'value="tuti@contoh.invalid"' in page
