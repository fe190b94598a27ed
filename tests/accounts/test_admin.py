"""People, rights, institutions and data requests in the admin: scoped, in words, by actions of the models."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.events import AccountEvent
from accounts.models import (
    Consent,
    DataRequest,
    Institution,
    InstitutionEvent,
    Invitation,
    Role,
    User,
)
from accounts.outbox import OutgoingMail
from tests.cast import OTHER_REGENCY, REGENCY, Cast
from tests.factories import make_area, make_grant, make_institution

LISTS = ["invitation", "rolegrant", "institution", "user", "consent", "datarequest"]


def as_user(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(model: str, view: str, *args: object) -> str:
    return reverse(f"admin:accounts_{model}_{view}", args=args)


class TestWhoMayOpen:
    @pytest.mark.parametrize(
        ("name", "allowed"),
        [
            ("officer", {"invitation", "rolegrant", "institution"}),
            ("liaison", {"invitation", "rolegrant", "institution"}),
            ("national_reader", {"institution"}),
            ("personal_data_officer", {"invitation", "rolegrant", "institution", "consent", "datarequest"}),
            ("superuser", set(LISTS)),
        ],
    )
    def test_lists_by_role(self, cast: Cast, name: str, allowed: set[str]) -> None:
        client = as_user(getattr(cast, name))
        assert {model for model in LISTS if client.get(url(model, "changelist")).status_code == 200} == allowed

    def test_resident_sees_none(self, cast: Cast) -> None:
        client = as_user(cast.owner)
        assert {client.get(url(model, "changelist")).status_code for model in LISTS} <= {302, 403}


class TestInvitationAdmin:
    def add(self, user: User, **over: object) -> object:
        make_area(REGENCY)
        data = {"email": "calon@contoh.invalid", "role": "report_coordinator", "area": REGENCY, **over}
        return as_user(user).post(url("invitation", "add"), data)

    def test_sent_by_mail_and_the_link_is_shown_once(self, cast: Cast) -> None:
        response = self.add(cast.officer)
        invitation = Invitation.objects.get()
        assert (invitation.email, invitation.invited_by) == ("calon@contoh.invalid", cast.officer)
        link = re.search(r"/akun/undangan/[\w-]+/", response.content.decode())
        assert link
        assert link.group() in OutgoingMail.objects.get(to="calon@contoh.invalid").body
        page = as_user(cast.officer).get(url("invitation", "change", invitation.pk)).content.decode()
        assert link.group() not in page
        assert "token" not in page.replace("csrfmiddlewaretoken", "")

    @pytest.mark.parametrize(
        "over",
        [
            {"area": OTHER_REGENCY},
            {"area": "13"},
            {"area": ""},
        ],
    )
    def test_beyond_the_own_area_is_refused(self, cast: Cast, over: dict[str, str]) -> None:
        html = self.add(cast.officer, **over).content.decode()
        assert "tidak dapat memberi peran ini" in html
        assert not Invitation.objects.exists()

    @pytest.mark.parametrize("role", ["confidentiality_officer", "national_reader", "personal_data_officer"])
    def test_role_one_cannot_give_is_no_choice(self, cast: Cast, role: str) -> None:
        assert f'value="{role}"' not in as_user(cast.officer).get(url("invitation", "add")).content.decode()
        assert "error-summary" in self.add(cast.officer, role=role).content.decode()
        assert not Invitation.objects.exists()

    def test_foreign_institution_is_no_choice(self, cast: Cast) -> None:
        foreign = make_institution("Dinas Lain", OTHER_REGENCY)
        assert "Dinas Lain" not in as_user(cast.officer).get(url("invitation", "add")).content.decode()
        self.add(cast.officer, role="liaison", area="", institution=foreign.pk)
        assert not Invitation.objects.exists()
        self.add(cast.officer, role="liaison", area="", institution=cast.institution.pk)
        assert Invitation.objects.get().institution == cast.institution

    def test_unknown_code_is_a_sentence(self, cast: Cast) -> None:
        html = self.add(cast.officer, area="99.99").content.decode()
        assert "Tidak ada wilayah yang cocok" in html
        assert 'value="99.99"' in html

    def test_cancelled_on_its_page(self, cast: Cast) -> None:
        self.add(cast.officer)
        invitation = Invitation.objects.get()
        action = url("invitation", "action", invitation.pk, "batal")
        assert as_user(cast.foreign_officer).post(action).status_code == 404
        assert as_user(cast.officer).get(action).status_code == 200
        as_user(cast.officer).post(action)
        invitation.refresh_from_db()
        assert invitation.state == "dibatalkan"
        assert as_user(cast.officer).post(action).status_code == 403


class TestRoleGrantAdmin:
    def test_officer_sees_and_revokes_within_the_area(self, cast: Cast) -> None:
        grant = make_grant(cast.other, Role.REPORT_COORDINATOR, "13.07.11")
        action = url("rolegrant", "action", grant.pk, "cabut")
        html = as_user(cast.officer).post(action, {"reason": ""}).content.decode()
        assert "error-summary" in html
        as_user(cast.officer).post(action, {"reason": "Pindah tugas."})
        grant.refresh_from_db()
        assert grant.revoked_at
        assert AccountEvent.objects.get(action="grant_revoked").actor_key == cast.officer.pk

    def test_foreign_grant_is_not_there(self, cast: Cast) -> None:
        grant = cast.foreign_officer.grants[0]
        client = as_user(cast.officer)
        assert client.get(url("rolegrant", "change", grant.pk)).status_code == 404
        assert client.post(url("rolegrant", "action", grant.pk, "cabut"), {"reason": "x"}).status_code == 404
        assert cast.foreign_officer.email not in client.get(url("rolegrant", "changelist")).content.decode()

    def test_seen_but_not_ones_own_to_take_is_403(self, cast: Cast) -> None:
        grant = cast.confidentiality.grants[0]
        client = as_user(cast.officer)
        assert client.get(url("rolegrant", "change", grant.pk)).status_code == 200
        assert client.post(url("rolegrant", "action", grant.pk, "cabut"), {"reason": "x"}).status_code == 403

    def test_given_by_invitation_alone(self, cast: Cast) -> None:
        client = as_user(cast.superuser)
        assert client.get(url("rolegrant", "add")).status_code == 403
        grant = cast.officer.grants[0]
        client.post(url("rolegrant", "change", grant.pk), {"role": "national_reader", "area": ""})
        grant.refresh_from_db()
        assert grant.role == Role.REPORT_COORDINATOR


class TestInstitutionAdmin:
    data = {"name": "Dinas Kesehatan Uji", "sector": "health", "is_active": "on", "email": "", "phone": ""}

    def test_added_in_the_own_area_with_an_event(self, cast: Cast) -> None:
        as_user(cast.officer).post(url("institution", "add"), {**self.data, "area": REGENCY})
        row = Institution.objects.get(name="Dinas Kesehatan Uji")
        assert (row.regency_code, row.is_contact_public) == (REGENCY, False)
        assert InstitutionEvent.objects.get(subject=row).action == "added"

    def test_not_in_another(self, cast: Cast) -> None:
        html = as_user(cast.officer).post(url("institution", "add"), {**self.data, "area": OTHER_REGENCY})
        assert "di luar wilayah tugas Anda" in html.content.decode()
        assert not Institution.objects.filter(name="Dinas Kesehatan Uji").exists()

    def test_not_moved_out_either(self, cast: Cast) -> None:
        page = url("institution", "change", cast.institution.pk)
        client = as_user(cast.officer)
        version = re.search(r'name="version" value="(\w+)"', client.get(page).content.decode())
        assert version
        forged = {**self.data, "area": OTHER_REGENCY, "version": version.group(1), "merged_into": "1"}
        client.post(page, forged)
        cast.institution.refresh_from_db()
        assert (cast.institution.regency_code, cast.institution.merged_into) == (REGENCY, None)

    def test_same_name_in_the_area_is_a_sentence(self, cast: Cast) -> None:
        data = {**self.data, "name": cast.institution.name.upper(), "area": REGENCY}
        html = as_user(cast.officer).post(url("institution", "add"), data).content.decode()
        assert "sudah ada di wilayah tersebut" in html

    def test_merged_into_one_of_the_own_area(self, cast: Cast) -> None:
        near, far = make_institution("Dinas Dekat", REGENCY), make_institution("Dinas Jauh", OTHER_REGENCY)
        action = url("institution", "action", cast.institution.pk, "gabung")
        client = as_user(cast.officer)
        html = client.post(action, {"target": far.pk}).content.decode()
        assert "tidak ada dalam wilayah tugas Anda" in html
        client.post(action, {"target": near.pk})
        cast.institution.refresh_from_db()
        assert cast.institution.resolved == near
        assert client.post(action, {"target": near.pk}).status_code == 403

    def test_liaison_reads_the_own_only(self, cast: Cast) -> None:
        client = as_user(cast.liaison)
        make_institution("Dinas Dekat", REGENCY)
        html = client.get(url("institution", "changelist")).content.decode()
        assert cast.institution.name in html
        assert "Dinas Dekat" not in html
        assert client.get(url("institution", "add")).status_code == 403
        assert client.post(url("institution", "action", cast.institution.pk, "gabung")).status_code == 403


class TestUserAdmin:
    def test_no_password_and_no_hash(self, cast: Cast) -> None:
        html = as_user(cast.superuser).get(url("user", "change", cast.owner.pk)).content.decode()
        assert cast.owner.email in html
        assert cast.owner.password not in html
        assert "password" not in html.lower()

    def test_superuser_corrects_a_name_and_nothing_else(self, cast: Cast) -> None:
        page = url("user", "change", cast.owner.pk)
        client = as_user(cast.superuser)
        version = re.search(r'name="version" value="(\w+)"', client.get(page).content.decode())
        assert version
        before = User.objects.values().get(pk=cast.owner.pk)
        forged = {"email": "lain@contoh.invalid", "is_superuser": "on", "is_active": "", "password": "x"}
        client.post(page, {**forged, "name": "Nama Benar", "version": version.group(1)})
        after = User.objects.values().get(pk=cast.owner.pk)
        assert {key for key in after if after[key] != before[key]} == {"name"}

    def test_closed_and_opened_again_with_a_reason(self, cast: Cast) -> None:
        client = as_user(cast.superuser)
        client.post(url("user", "action", cast.owner.pk, "tutup"), {"reason": "Diminta."})
        assert not User.objects.get(pk=cast.owner.pk).is_active
        client.post(url("user", "action", cast.owner.pk, "buka"), {"reason": "Keliru."})
        assert User.objects.get(pk=cast.owner.pk).is_active
        assert client.post(url("user", "action", cast.superuser.pk, "tutup"), {"reason": "x"}).status_code == 403


class TestConsentAdmin:
    def test_read_only_even_for_superusers(self, cast: Cast) -> None:
        consent = Consent.objects.create(user=cast.owner, purpose="report", text_version="laporan-1")
        page = url("consent", "change", consent.pk)
        for user in (cast.personal_data_officer, cast.superuser):
            client = as_user(user)
            assert client.get(page).status_code == 200
            client.post(page, {"purpose": "account", "text_version": "x"})
            assert client.get(url("consent", "add")).status_code == 403
        consent.refresh_from_db()
        assert (consent.purpose, consent.text_version) == ("report", "laporan-1")


class TestDataRequestAdmin:
    @pytest.fixture
    def request_(self, cast: Cast) -> DataRequest:
        return DataRequest.file("erasure", "Hapus data saya", user=cast.owner)

    def test_clock_in_words_in_list_and_on_the_first_page(self, cast: Cast, request_: DataRequest) -> None:
        DataRequest.objects.update(due_at=timezone.now() - timedelta(hours=3, minutes=5))
        client = as_user(cast.personal_data_officer)
        assert "terlambat 3 jam" in client.get(url("datarequest", "changelist")).content.decode()
        assert "terlambat 3 jam" in client.get(reverse("admin:index")).content.decode()
        assert "Permintaan data pribadi" not in as_user(cast.officer).get(reverse("admin:index")).content.decode()

    def test_answered_with_text_by_mail(self, cast: Cast, request_: DataRequest) -> None:
        client = as_user(cast.personal_data_officer)
        action = url("datarequest", "action", request_.pk, "jawab")
        client.post(action, {"text": "Data Anda sudah lengkap."})
        request_.refresh_from_db()
        assert request_.state == "answered"
        assert "sudah lengkap" in OutgoingMail.objects.latest("pk").body
        assert client.post(action, {"text": "Lagi."}).status_code == 403

    def test_refused_with_a_reason(self, cast: Cast, request_: DataRequest) -> None:
        action = url("datarequest", "action", request_.pk, "tolak")
        as_user(cast.personal_data_officer).post(action, {"text": "Diwajibkan hukum."})
        request_.refresh_from_db()
        assert request_.state == "refused"

    def test_erasure_is_carried_out(self, cast: Cast, request_: DataRequest) -> None:
        action = url("datarequest", "action", request_.pk, "hapus")
        as_user(cast.personal_data_officer).post(action, {"text": "Sudah dihapus."})
        assert User.objects.get(pk=cast.owner.pk).erased_at

    def test_unproven_request_offers_no_erasure(self, cast: Cast) -> None:
        request = DataRequest.file("erasure", "", email=cast.owner.email)
        client = as_user(cast.personal_data_officer)
        action = url("datarequest", "action", request.pk, "hapus")
        assert action not in client.get(url("datarequest", "change", request.pk)).content.decode()
        assert client.post(action, {"text": "x"}).status_code == 403
        assert not User.objects.get(pk=cast.owner.pk).erased_at

    def test_state_cannot_be_typed(self, cast: Cast, request_: DataRequest) -> None:
        as_user(cast.superuser).post(
            url("datarequest", "change", request_.pk), {"state": "answered", "answer_text": "x"}
        )
        request_.refresh_from_db()
        assert (request_.state, request_.answer_text) == ("open", "")

    def test_unknown_action_is_not_there(self, cast: Cast, request_: DataRequest) -> None:
        assert as_user(cast.superuser).get(url("datarequest", "action", request_.pk, "lain")).status_code == 404
