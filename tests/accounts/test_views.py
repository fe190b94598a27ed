from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import Consent, DataRequest, Institution, Invitation, Role, RoleGrant, Sector, User
from accounts.outbox import OutgoingMail
from tests.accounts.test_allauth_pages import assert_ours
from tests.cast import REGENCY, Cast
from tests.factories import make_area, make_grant, make_institution, make_user


@pytest.fixture(autouse=True)
def _no_limits_left(db: None) -> None:
    cache.clear()


def as_user(user: User | None, **kwargs: Any) -> Client:
    client = Client(**kwargs)
    if user:
        client.force_login(user)
    return client


class TestOverview:
    url = "/akun/"

    def test_stands_before_the_pages_of_allauth(self, cast: Cast) -> None:
        assert reverse("accounts:overview") == self.url
        assert as_user(None).get(self.url).headers["Location"] == "/akun/login/?next=/akun/"

    def test_shows_address_and_rights_with_their_days(self, cast: Cast) -> None:
        html = as_user(cast.officer).get(self.url).content.decode()
        assert_ours(html)
        assert cast.officer.email in html
        assert "Admin Koordinator laporan" in html
        assert "berlaku" in html

    def test_name_and_phone_can_be_changed(self, cast: Cast) -> None:
        response = as_user(cast.owner).post(self.url, {"name": "Nama Baru", "phone": "+62 812-3456-789"})
        assert response.headers["Location"] == self.url
        cast.owner.refresh_from_db()
        assert (cast.owner.name, cast.owner.phone) == ("Nama Baru", "+62 812-3456-789")

    def test_error_keeps_what_was_typed(self, cast: Cast) -> None:
        html = as_user(cast.owner).post(self.url, {"name": "Nama Baru", "phone": "tidak ada"}).content.decode()
        assert_ours(html)
        assert "Nomor telepon ditulis dengan angka" in html
        assert 'value="tidak ada"' in html
        assert 'value="Nama Baru"' in html
        assert User.objects.get(pk=cast.owner.pk).name == "Pemilik Uji"

    def test_forged_fields_change_nothing(self, cast: Cast) -> None:
        """quality.md B2: every column of the model posted, two may change."""
        client = as_user(cast.owner)
        before = User.objects.values().get(pk=cast.owner.pk)
        forged = {field.name: "1" for field in User._meta.get_fields() if field.name not in ("name", "phone")}
        forged |= {"email": "lain@contoh.invalid", "is_superuser": "on", "id": str(cast.other.pk), "password": "x"}
        client.post(self.url, {**forged, "name": "Baru", "phone": ""})
        after = User.objects.values().get(pk=cast.owner.pk)
        assert {key for key in after if after[key] != before[key]} == {"name"}
        assert User.objects.get(pk=cast.other.pk).name == "Tetangga Uji"

    def test_nul_and_markup_are_harmless(self, cast: Cast) -> None:
        client = as_user(cast.owner)
        assert client.post(self.url, {"name": "a\0b", "phone": ""}).status_code == 200
        client.post(self.url, {"name": "<script>alert(1)</script>", "phone": ""})
        assert "<script>alert" not in client.get(self.url).content.decode()

    def test_needs_a_token(self, cast: Cast) -> None:
        assert as_user(cast.owner, enforce_csrf_checks=True).post(self.url, {"name": "x"}).status_code == 403


class TestMyData:
    url = "/akun/data-saya/"

    def test_request_is_filed_for_oneself(self, cast: Cast) -> None:
        client = as_user(cast.owner)
        forged = {"user": cast.other.pk, "state": "answered", "email": "lain@contoh.invalid", "due_at": "2000-01-01"}
        client.post(self.url, {"kind": "correction", "text": "Nama saya Siti.", **forged})
        request = DataRequest.objects.get()
        assert (request.user, request.state, request.email) == (cast.owner, "open", cast.owner.email)
        assert request.due_at > request.filed_at
        html = client.get(self.url).content.decode()
        assert_ours(html)
        assert "Memperbaiki data saya" in html

    def test_correction_says_what(self, cast: Cast) -> None:
        html = as_user(cast.owner).post(self.url, {"kind": "correction", "text": " "}).content.decode()
        assert "Tulis data mana yang salah" in html
        assert not DataRequest.objects.exists()

    def test_withdrawal_is_a_button_not_a_request(self, cast: Cast) -> None:
        as_user(cast.owner).post(self.url, {"kind": "withdrawal", "text": "x"})
        assert not DataRequest.objects.exists()

    def test_eleventh_request_of_a_day_waits(self, cast: Cast) -> None:
        client = as_user(cast.owner)
        for _ in range(10):
            client.post(self.url, {"kind": "access"})
        response = client.post(self.url, {"kind": "access", "text": "Yang kesebelas"})
        assert "Lanjutkan besok" in response.content.decode()
        assert "Yang kesebelas" in response.content.decode()
        assert DataRequest.objects.count() == 10


class TestDataCopy:
    def test_own_data_as_a_file(self, cast: Cast) -> None:
        response = as_user(cast.officer).get(reverse("accounts:data_copy"))
        assert response.headers["Content-Disposition"] == 'attachment; filename="data-saya.json"'
        assert "no-store" in response.headers["Cache-Control"]
        content = response.json()
        assert content["akun"][0]["alamat e-mail"] == cast.officer.email
        assert cast.other.email not in response.content.decode()

    def test_not_for_visitors(self, db: None) -> None:
        assert as_user(None).get(reverse("accounts:data_copy")).status_code == 302


class TestConsentWithdraw:
    def give(self, user: User, purpose: str = "report") -> tuple[Consent, str]:
        consent = Consent.objects.create(user=user, purpose=purpose, text_version="laporan-1")
        return consent, reverse("accounts:consent_withdraw", args=[consent.pk])

    def test_page_explains_and_post_withdraws(self, cast: Cast) -> None:
        consent, url = self.give(cast.owner)
        client = as_user(cast.owner)
        assert_ours(client.get(url).content.decode())
        consent.refresh_from_db()
        assert not consent.withdrawn_at
        client.post(url)
        consent.refresh_from_db()
        assert consent.withdrawn_at
        assert client.post(url).status_code == 302

    def test_consent_of_another_is_not_there(self, cast: Cast) -> None:
        consent, url = self.give(cast.owner)
        for user in (cast.other, cast.superuser):
            assert as_user(user).get(url).status_code == 404
            assert as_user(user).post(url).status_code == 404
        consent.refresh_from_db()
        assert not consent.withdrawn_at

    def test_account_consent_ends_the_account_and_says_so_before(self, cast: Cast) -> None:
        _, url = self.give(cast.owner, "account")
        client = as_user(cast.owner)
        assert "ditutup sekarang juga" in client.get(url).content.decode()
        assert client.post(url).headers["Location"] == "/"
        assert client.get("/akun/").status_code == 302
        assert not User.objects.get(pk=cast.owner.pk).is_active


class TestDataRequest:
    """For people without an account."""

    url = "/akun/permintaan-data/"

    def test_filed_then_proven_by_the_link_in_the_mail(self, db: None) -> None:
        client = as_user(None)
        assert_ours(client.get(self.url).content.decode())
        response = client.post(self.url, {"email": "Tamu@contoh.invalid", "kind": "erasure", "text": ""}, follow=True)
        assert_ours(response.content.decode())
        request = DataRequest.objects.get()
        assert (request.user, request.email, request.confirmed_at) == (None, "tamu@contoh.invalid", None)
        link = re.search(r"/akun/permintaan-data/\S+", OutgoingMail.objects.get().body)
        assert link
        assert_ours(client.get(link.group()).content.decode())
        request.refresh_from_db()
        assert not request.confirmed_at  # mail programs open links by themselves: only the button counts
        assert "Alamat Anda terbukti" in client.post(link.group()).content.decode()
        request.refresh_from_db()
        assert request.confirmed_at

    @pytest.mark.parametrize("token", ["salah", "x:y:z", "Mg:1abcde:tanda"])
    def test_forged_link_is_not_there(self, db: None, token: str) -> None:
        assert as_user(None).get(f"{self.url}{token}/").status_code == 404

    def test_fourth_request_of_a_day_looks_the_same_and_mails_nobody(self, db: None) -> None:
        data = {"email": "tamu@contoh.invalid", "kind": "access"}
        answers = {as_user(None).post(self.url, data).headers["Location"] for _ in range(4)}
        assert len(answers) == 1
        assert OutgoingMail.objects.count() == DataRequest.objects.count() == 3

    def test_errors_keep_what_was_typed(self, db: None) -> None:
        html = as_user(None).post(self.url, {"email": "bukan", "kind": "", "text": "Tulisan saya"}).content.decode()
        assert_ours(html)
        assert "Tulisan saya" in html
        assert 'value="bukan"' in html


class TestInvitation:
    @pytest.fixture
    def offer(self, cast: Cast) -> tuple[Invitation, str]:
        invitation, token = Invitation.send(
            cast.officer, cast.owner.email, Role.REPORT_COORDINATOR, area=make_area(REGENCY)
        )
        return invitation, reverse("accounts:invitation", args=[token])

    def test_visitor_reads_what_is_offered_and_where_to_sign_in(self, offer: tuple[Invitation, str]) -> None:
        html = as_user(None).get(offer[1]).content.decode()
        assert_ours(html)
        assert "Admin Koordinator laporan" in html
        assert f"/akun/login/?next={offer[1]}" in html
        assert offer[0].email not in html

    def test_accepted_once(self, cast: Cast, offer: tuple[Invitation, str]) -> None:
        client = as_user(cast.owner)
        assert "Terima peran ini" in client.get(offer[1]).content.decode()
        assert client.post(offer[1]).headers["Location"] == "/akun/"
        assert User.objects.get(pk=cast.owner.pk).is_staff
        assert client.post(offer[1]).headers["Location"] == "/akun/"
        assert RoleGrant.objects.filter(user=cast.owner).count() == 1

    def test_another_account_cannot_take_it(self, cast: Cast, offer: tuple[Invitation, str]) -> None:
        for user in (cast.other, cast.superuser, cast.officer):
            client = as_user(user)
            page = client.get(offer[1]).content.decode()
            assert_ours(page)
            assert "Terima peran ini" not in page
            assert client.post(offer[1]).status_code == 403
        assert as_user(None).post(offer[1]).status_code == 403
        assert not RoleGrant.objects.filter(granted_by=cast.officer).exists()

    def test_used_link_says_so_to_others(self, cast: Cast, offer: tuple[Invitation, str]) -> None:
        offer[0].accept(cast.owner)
        html = as_user(None).get(offer[1]).content.decode()
        assert_ours(html)
        assert "tidak berlaku lagi" in html
        assert as_user(cast.other).post(offer[1]).status_code == 403

    def test_lapses_with_the_right_of_whoever_invited(self, cast: Cast, offer: tuple[Invitation, str]) -> None:
        cast.officer.grants[0].revoke(cast.superuser)
        assert as_user(cast.owner).post(offer[1]).status_code == 403
        assert not User.objects.get(pk=cast.owner.pk).is_staff

    def test_role_held_already_is_a_sentence(self, cast: Cast, offer: tuple[Invitation, str]) -> None:
        RoleGrant.give(cast.officer, cast.owner, Role.REPORT_COORDINATOR, area=make_area(REGENCY))
        html = as_user(cast.owner).post(offer[1], follow=True).content.decode()
        assert "sudah memegang peran yang sama" in html

    def test_unknown_link_is_not_there(self, db: None) -> None:
        assert as_user(None).get(reverse("accounts:invitation", args=["salah"])).status_code == 404

    def test_needs_a_token(self, cast: Cast, offer: tuple[Invitation, str]) -> None:
        assert as_user(cast.owner, enforce_csrf_checks=True).post(offer[1]).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize(("sector", "is_offered"), [(Sector.LIBRARY, True), (Sector.HEALTH, False)])
def test_who_speaks_for_a_library_finds_its_desk_on_the_account_page(sector: Sector, is_offered: bool) -> None:
    user, institution = make_user(), make_institution()
    Institution.objects.filter(pk=institution.pk).update(sector=sector)
    make_grant(user, Role.LIAISON, institution=institution)
    page = as_user(user).get("/akun/").content.decode()
    assert ('href="/perpustakaan/kelola/"' in page) == is_offered
