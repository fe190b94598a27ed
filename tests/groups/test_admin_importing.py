"""The import page: first a dry run, then, asked again, everything or nothing; by the officer who saw it."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Role
from groups.admin import importing
from groups.models import Kim
from tests.cast import REGENCY
from tests.factories import make_area, make_kim
from tests.groups.test_admin_queue import holder
from tests.groups.test_imports import GOOD, sheet

URL = reverse("admin:groups_kim_import")


@pytest.fixture
def verifier(db):
    make_area()
    return holder(Role.KIM_VERIFIER, REGENCY)


def upload(client, user, content, **data):
    client.force_login(user)
    file = SimpleUploadedFile("daftar.csv", content, "text/csv")
    return client.post(URL, {"file": file, "is_vouched": "on", **data})


def packed(answer):
    return re.search(r'name="packed" value="([^"]+)"', answer.content.decode())[1]


class TestImport:
    def test_the_page_explains_every_column(self, client, verifier):
        client.force_login(verifier)
        content = client.get(URL).content.decode()
        assert all(f">{name}</th>" in content for name in GOOD)
        answer = client.get(reverse("admin:groups_kim_import_template"))
        assert "attachment" in answer["Content-Disposition"]

    def test_a_dry_run_writes_nothing_and_the_second_step_everything(self, client, verifier):
        answer = upload(client, verifier, sheet(GOOD, {**GOOD, "nama_kim": "KIM Dua"}))
        assert answer.status_code == 200
        assert "Siap dimasukkan: 2 KIM" in answer.content.decode()
        assert not Kim.objects.exists()
        done = client.post(URL, {"packed": packed(answer)}, follow=True)
        assert "2 KIM dimasukkan" in done.content.decode()
        assert set(Kim.objects.values_list("status", flat=True)) == {"verified"}

    def test_one_mistake_holds_everything_back(self, client, verifier):
        answer = upload(client, verifier, sheet(GOOD, {**GOOD, "nama_kim": "KIM Dua", "kode_desa": "13.07"}))
        content = answer.content.decode()
        assert answer.status_code == 422
        assert "Belum dapat dimasukkan: 1 galat" in content
        assert "kode_desa" in content
        assert 'name="packed"' not in content

    def test_pressed_twice_it_is_done_once(self, client, verifier):
        answer = upload(client, verifier, sheet(GOOD))
        client.post(URL, {"packed": packed(answer)})
        again = client.post(URL, {"packed": packed(answer)})
        assert again.status_code == 422
        assert "sudah ada di desa tersebut" in again.content.decode()
        assert Kim.objects.count() == 1

    def test_what_happened_since_is_checked_again(self, client, verifier):
        answer = upload(client, verifier, sheet(GOOD))
        make_kim(name="KIM Talang Maur", status="submitted")
        assert client.post(URL, {"packed": packed(answer)}).status_code == 422

    def test_another_officers_list_is_not_taken_over(self, client, verifier):
        answer = upload(client, verifier, sheet(GOOD))
        client.force_login(holder(Role.KIM_VERIFIER, REGENCY))
        assert "milik orang lain" in client.post(URL, {"packed": packed(answer)}, follow=True).content.decode()
        assert not Kim.objects.exists()

    @pytest.mark.parametrize("value", ["", "x", "a:b:c"])
    def test_a_forged_list_is_not_taken_over(self, client, verifier, value):
        client.force_login(verifier)
        assert client.post(URL, {"packed": value}).status_code == 302
        assert not Kim.objects.exists()

    def test_an_old_list_is_looked_at_again(self, client, verifier, monkeypatch):
        answer = upload(client, verifier, sheet(GOOD))
        monkeypatch.setattr(importing, "HOURS", -1)
        assert "Pilih lagi berkasnya" in client.post(URL, {"packed": packed(answer)}, follow=True).content.decode()

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b" ", "Berkas ini kosong"),
            (b"x" * (2 * 1024 * 1024 + 1), "lebih dari 2 MB"),
            (b"PK\x03\x04", "berkas Excel"),
            (b"a;b\n1;2", "tidak memuat kolom"),
        ],
    )
    def test_a_wrong_file_is_told_so(self, client, verifier, content, words):
        answer = upload(client, verifier, content)
        assert answer.status_code == 422
        assert words in answer.content.decode()

    def test_the_officer_vouches_for_the_code_of_conduct(self, client, verifier):
        answer = upload(client, verifier, sheet(GOOD), is_vouched="")
        assert answer.status_code == 422
        assert "Pastikan dulu" in answer.content.decode()

    def test_no_file_is_told_so(self, client, verifier):
        client.force_login(verifier)
        assert "Pilih berkas CSV." in client.post(URL, {"is_vouched": "on"}).content.decode()

    def test_a_list_that_does_not_fit_a_form_is_to_be_cut(self, client, verifier, monkeypatch):
        monkeypatch.setattr(importing, "MOST_PACKED", 10)
        answer = upload(client, verifier, sheet(GOOD))
        assert answer.status_code == 422
        assert "terlalu padat" in answer.content.decode()

    def test_markup_in_a_cell_stays_text(self, client, verifier):
        answer = upload(client, verifier, sheet({**GOOD, "kode_desa": "<script>alert(1)</script>"}))
        assert "<script>alert" not in answer.content.decode()


class TestWhoMay:
    @pytest.mark.parametrize("address", [URL, reverse("admin:groups_kim_import_template")])
    def test_verifiers_only(self, client, cast, address):
        for name in ("officer", "province_reader", "national_reader", "superuser", "personal_data_officer"):
            client.force_login(cast.people[name])
            assert client.get(address).status_code == 403, name
        client.force_login(cast.owner)
        assert client.get(address).status_code in {302, 403}
