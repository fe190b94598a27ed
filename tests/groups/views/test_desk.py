"""The desk of a KIM: its own admins, and nobody else."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from groups.models import Decree, Kim, Post
from groups.workflow import Status
from tests.factories import make_decree, make_document, make_grant, make_kim, make_membership, make_pdf_bytes, make_user
from uploads.models import Document

pytestmark = pytest.mark.django_db


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(response: Any) -> str:
    return response.content.decode()


def profile(kim: Kim, **over: Any) -> dict[str, Any]:
    return {"name": kim.name, "mode": kim.mode, "base_group": "new", "version": kim.version, **over}


PAGES = ["", "profil/", "riwayat/", "sk/baru/", "anggota/", "anggota/baru/"]
POSTS = ["ajukan/", "pastikan/", "profil/", "sk/baru/", "anggota/baru/"]


class TestDoor:
    @pytest.mark.parametrize("page", PAGES)
    def test_only_its_admins_find_it(self, kim: Kim, admin: User, page: str) -> None:
        other, verifier, member = make_user(), make_user(), make_user()
        make_kim(name="KIM Lain", admin=other)
        make_grant(verifier, Role.KIM_VERIFIER, "13.07")
        make_membership(kim, user=member)
        address = f"/kim/{kim.slug}/kelola/{page}"
        assert browser(admin).get(address).status_code == 200
        for user in (other, verifier, member):
            assert browser(user).get(address).status_code == 404
        assert Client().get(address).status_code == 302

    @pytest.mark.parametrize("page", POSTS)
    def test_nobody_else_changes_anything(self, kim: Kim, page: str) -> None:
        other, before = make_user(), kim.confirmed_on
        make_kim(name="KIM Lain", admin=other)
        assert browser(other).post(f"/kim/{kim.slug}/kelola/{page}", profile(kim, name="Diambil")).status_code == 404
        kim.refresh_from_db()
        assert (kim.name, kim.confirmed_on) == ("KIM Singgalang", before)

    def test_a_dissolved_kim_can_be_looked_at_and_not_changed(self, kim: Kim, admin: User) -> None:
        kim.dissolve(by=admin, text="Anggota pindah.")
        client = browser(admin)
        assert "Anggota pindah." in text(client.get(f"/kim/{kim.slug}/kelola/"))
        for page in ("profil/", "sk/baru/", "anggota/baru/"):
            assert client.get(f"/kim/{kim.slug}/kelola/{page}").status_code == 404


class TestOwnKims:
    def test_lists_the_own_ones_and_the_unfinished_application(self, kim: Kim, admin: User) -> None:
        make_kim(name="KIM Lain")
        client = browser(admin)
        client.post("/kim/pendaftaran/simpan/", {"name": "KIM Baru"})
        page = text(client.get("/kim/kelola/"))
        assert "KIM Singgalang" in page
        assert "KIM Lain" not in page
        assert "belum terkirim" in page


class TestDesk:
    def test_shows_what_is_missing(self, kim: Kim, admin: User) -> None:
        Kim.objects.filter(pk=kim.pk).update(confirmed_on=None)
        page = text(browser(admin).get(f"/kim/{kim.slug}/kelola/"))
        for words in (
            "SK yang berlaku hari ini",
            "AD/ART diunggah",
            "Ya, data masih benar",
            "baru satu orang",
            "Kelola pengumuman",
        ):
            assert words in page

    def test_leads_from_what_is_missing_to_the_page_where_it_is_brought(self, kim: Kim, admin: User) -> None:
        client, address = browser(admin), f"/kim/{kim.slug}/kelola/"
        missing = client.get(address).context["requirements"]
        pages = [reverse(f"groups:{need.page}", args=[kim.slug]) for need in missing if not need.is_met]
        assert len(pages) == 4
        content = text(client.get(address)).partition('id="syarat"')[2].partition("</section>")[0]
        assert re.findall(r'href="([^"]+)"', content) == pages
        assert {client.get(page).status_code for page in pages} == {200}

    def test_shows_the_reason_for_changes_and_lets_it_be_sent_again(self, admin: User) -> None:
        kim = make_kim(status=Status.REVISION, admin=admin)
        client = browser(admin)
        page = text(client.get(f"/kim/{kim.slug}/kelola/"))
        assert "Lengkapi SK." in page
        assert "Ajukan lagi" in page
        client.post(f"/kim/{kim.slug}/kelola/ajukan/")
        kim.refresh_from_db()
        assert kim.status == Status.SUBMITTED

    def test_warns_of_a_decree_that_ends_soon(self, admin: User) -> None:
        kim = make_kim(status=Status.ACTIVE, admin=admin)
        kim.decrees.update(valid_until=timezone.localdate() + timedelta(days=20))
        kim.settle()
        assert "supaya KIM tetap aktif" in text(browser(admin).get(f"/kim/{kim.slug}/kelola/"))

    def test_at_most_twelve_queries(self, admin: User, django_assert_max_num_queries: Any) -> None:
        kim = make_kim(status=Status.ACTIVE, admin=admin)
        for _ in range(20):
            make_membership(kim)
        client = browser(admin)
        with django_assert_max_num_queries(12):
            client.get(f"/kim/{kim.slug}/kelola/")


class TestKimSubmit:
    def test_not_possible_twice(self, admin: User) -> None:
        kim = make_kim(status=Status.DRAFT, admin=admin)
        client = browser(admin)
        client.post(f"/kim/{kim.slug}/kelola/ajukan/")
        page = text(client.post(f"/kim/{kim.slug}/kelola/ajukan/", follow=True))
        assert "tidak dapat menjadi" in page


class TestKimConfirm:
    def test_names_the_day(self, kim: Kim, admin: User) -> None:
        browser(admin).post(f"/kim/{kim.slug}/kelola/pastikan/")
        kim.refresh_from_db()
        assert kim.confirmed_on == timezone.localdate()
        assert kim.events.filter(action="confirmed").count() == 1


class TestKimEdit:
    def test_changes_what_is_on_the_form_and_nothing_else(self, kim: Kim, admin: User) -> None:
        forged = {field.name: "1" for field in Kim._meta.fields}
        data = {**forged, **profile(kim, name="KIM Marapi", email="", national_id="")}
        assert browser(admin).post(f"/kim/{kim.slug}/kelola/profil/", data).status_code == 302
        stored = Kim.objects.get(pk=kim.pk)
        assert (stored.name, stored.slug, stored.status) == ("KIM Marapi", kim.slug, kim.status)
        assert (stored.is_listed, stored.area_id, stored.valid_until) == (True, kim.area_id, None)

    def test_two_admins_at_once_see_both_versions_and_lose_nothing(self, kim: Kim, admin: User) -> None:
        early = profile(kim, about="Tulisan saya")
        kim.change_profile(by=admin, about="Tulisan orang lain", secretariat="Kantor")
        client = browser(admin)
        response = client.post(f"/kim/{kim.slug}/kelola/profil/", early)
        assert response.status_code == 409
        for words in ("Orang lain baru saja mengubah", "Tulisan orang lain", "Tulisan saya"):
            assert words in text(response)
        assert Kim.objects.get(pk=kim.pk).about == "Tulisan orang lain"
        again = {**early, "version": response.context["form"]["version"].value()}
        assert client.post(f"/kim/{kim.slug}/kelola/profil/", again).status_code == 302
        assert Kim.objects.get(pk=kim.pk).about == "Tulisan saya"

    def test_a_name_the_village_has_already_is_refused_and_kept(self, kim: Kim, admin: User) -> None:
        make_kim(name="KIM Marapi")
        response = browser(admin).post(f"/kim/{kim.slug}/kelola/profil/", profile(kim, name="KIM Marapi"))
        assert response.status_code == 422
        assert 'value="KIM Marapi"' in text(response)

    def test_a_name_taken_at_the_same_moment_loses_nothing(
        self, kim: Kim, admin: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make_kim(name="KIM Baru")
        monkeypatch.setattr(Kim, "full_clean", lambda kim, **options: None)  # it found the name free, a moment ago
        response = browser(admin).post(
            f"/kim/{kim.slug}/kelola/profil/", profile(kim, name="KIM Baru", about="Sejak 2019")
        )
        assert response.status_code == 409
        assert "Baru saja KIM lain di desa ini" in text(response)
        assert "Sejak 2019" in text(response)
        kim.refresh_from_db()
        assert kim.name == "KIM Singgalang"

    def test_bylaws_bring_the_kim_a_step_further(self, kim: Kim, admin: User) -> None:
        file = SimpleUploadedFile("a.pdf", make_pdf_bytes())
        browser(admin).post(f"/kim/{kim.slug}/kelola/profil/", {**profile(kim), "bylaws_file": file})
        kim.refresh_from_db()
        assert kim.bylaws

    def test_replaced_bylaws_are_erased(self, kim: Kim, admin: User) -> None:
        Kim.objects.update(bylaws=make_document())
        file = SimpleUploadedFile("baru.pdf", make_pdf_bytes(b"/Lang (id)"), "application/pdf")
        browser(admin).post(f"/kim/{kim.slug}/kelola/profil/", {**profile(kim), "bylaws_file": file})
        assert Document.objects.count() == 1

    @pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999"])
    def test_a_forged_version_gets_an_answer(self, kim: Kim, admin: User, version: str) -> None:
        response = browser(admin).post(f"/kim/{kim.slug}/kelola/profil/", profile(kim, version=version))
        assert response.status_code in {409, 422}


class TestDecreeCreate:
    def post(self, kim: Kim, admin: User, **over: Any) -> Any:
        data = {
            "number": "140/7/2026",
            "decided_on": "2026-01-02",
            "issuer": "village_head",
            "valid_from": "2026-01-02",
            "valid_until": "2029-01-01",
            **over,
        }
        return browser(admin).post(f"/kim/{kim.slug}/kelola/sk/baru/", data)

    def test_a_complete_kim_becomes_active_by_itself(self, admin: User) -> None:
        kim = make_kim(status=Status.ACTIVE, admin=admin)
        today = timezone.localdate()
        kim.decrees.update(valid_from=today - timedelta(days=900), valid_until=today - timedelta(days=800))
        kim.settle()
        assert kim.status == Status.INACTIVE
        file = SimpleUploadedFile("a.pdf", make_pdf_bytes())
        start, end = today - timedelta(days=3), today + timedelta(days=300)
        assert (
            self.post(kim, admin, valid_from=start, decided_on=start, valid_until=end, document=file).status_code == 302
        )
        kim.refresh_from_db()
        assert (kim.status, kim.valid_until) == (Status.ACTIVE, end)
        assert kim.decrees.first().file

    @pytest.mark.parametrize(
        ("over", "sentence"),
        [
            ({"valid_until": "2025-01-01"}, "SK tidak dapat berakhir sebelum mulai berlaku."),
            ({"decided_on": "2999-01-01"}, "Tanggal SK tidak boleh di masa depan."),
            ({"number": ""}, "Isi bagian ini."),
            ({"number": "140/1"}, "bertumpuk dengan SK 140/0"),
            ({"number": "140/0"}, "sudah tercatat"),
        ],
    )
    def test_each_mistake_has_its_sentence_and_nothing_is_lost(
        self, kim: Kim, admin: User, over: dict[str, Any], sentence: str
    ) -> None:
        make_decree(kim, date(2026, 1, 2), date(2027, 1, 1), number="140/0")
        response = self.post(kim, admin, about="Pengukuhan KIM", **over)
        assert response.status_code == 422
        assert sentence in text(response)
        assert "Pengukuhan KIM" in text(response)
        assert Decree.objects.count() == 1


class TestKimHistory:
    def test_tells_each_step_without_anybodys_name(self, kim: Kim, admin: User) -> None:
        make_membership(kim, Post.SECRETARY, name="Budi Rahasia")
        page = text(browser(admin).get(f"/kim/{kim.slug}/kelola/riwayat/"))
        for words in ("Pendaftaran dibuat", "Diajukan", "Terverifikasi", "Anggota dicatat"):
            assert words in page
        assert "Budi Rahasia" not in page
