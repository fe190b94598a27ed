"""The page that takes a list: a dry run first; then, asked again, everything or nothing, by the officer who saw it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from libraries.admin import importing
from libraries.models import Library, MonthlyFigures
from regions.models import Area
from tests.factories import make_area
from tests.libraries.imports.test_figures import row
from tests.libraries.imports.test_registry import GOOD, sheet
from tests.libraries.making import VILLAGE, make_librarian, make_library, make_library_officer

pytestmark = pytest.mark.django_db
REGISTRY, FIGURES = (reverse(f"admin:libraries_library_impor_{name}") for name in ("daftar", "angka"))


@pytest.fixture
def officer(client: Client) -> User:
    make_area(VILLAGE)
    user = make_library_officer()
    client.force_login(user)
    return user


def upload(client: Client, content: bytes, url: str = REGISTRY) -> Any:
    return client.post(url, {"file": SimpleUploadedFile("daftar.csv", content, "text/csv")})


def packed(answer: Any) -> str:
    found = re.search(r'name="packed" value="([^"]+)"', answer.content.decode())
    assert found
    return found[1]


class TestImportList:
    def test_the_page_explains_every_column(self, client: Client, officer: User) -> None:
        text = client.get(REGISTRY).content.decode()
        assert all(f">{name}</th>" in text for name in GOOD)

    def test_a_dry_run_writes_nothing_and_the_second_step_everything(self, client: Client, officer: User) -> None:
        answer = upload(client, sheet(GOOD, {**GOOD, "nama": "Perpustakaan Dua"}))
        assert answer.status_code == 200
        assert "Siap dimasukkan: 2 baris" in answer.content.decode()
        assert answer.content.decode().count(Area.objects.get(pk=GOOD["kode_desa"]).full_name) == 2
        assert not Library.objects.exists()
        done = client.post(REGISTRY, {"packed": packed(answer)}, follow=True)
        assert "2 baris disimpan" in done.content.decode()
        assert Library.objects.count() == 2

    def test_one_mistake_holds_everything_back(self, client: Client, officer: User) -> None:
        answer = upload(client, sheet(GOOD, {**GOOD, "nama": "Dua", "kode_desa": "13.07"}))
        assert answer.status_code == 422
        assert "Belum dapat dimasukkan: 1 galat" in answer.content.decode()
        assert 'name="packed"' not in answer.content.decode()

    def test_pasted_from_a_spreadsheet(self, client: Client, officer: User) -> None:
        library = make_library()
        values = row(library)
        text = "\t".join(values) + "\n" + "\t".join(values.values())
        answer = client.post(FIGURES, {"text": text})
        client.post(FIGURES, {"packed": packed(answer)})
        assert MonthlyFigures.objects.get().participants == 30

    def test_what_was_pasted_stays_beside_its_mistakes(self, client: Client, officer: User) -> None:
        answer = client.post(REGISTRY, {"text": "nama,kode_desa\nPerpustakaan Salah Desa,13.07\n"})
        assert answer.status_code == 422
        assert answer.content.decode().count("Perpustakaan Salah Desa") == 1

    @pytest.mark.parametrize("data", [{}, {"text": "  "}])
    def test_nothing_sent_gets_a_sentence(self, client: Client, officer: User, data: dict[str, str]) -> None:
        answer = client.post(REGISTRY, data)
        assert answer.status_code == 422
        assert "Pilih berkas CSV, atau tempel isinya" in answer.content.decode()

    def test_a_list_that_another_officer_checked_is_not_taken_over(self, client: Client, officer: User) -> None:
        answer = upload(client, sheet(GOOD))
        client.force_login(make_library_officer())
        done = client.post(REGISTRY, {"packed": packed(answer)}, follow=True)
        assert importing.ENDED in done.content.decode()
        assert not Library.objects.exists()

    def test_a_list_of_one_kind_is_not_taken_for_the_other(self, client: Client, officer: User) -> None:
        answer = upload(client, sheet(GOOD))
        done = client.post(FIGURES, {"packed": packed(answer)}, follow=True)
        assert importing.ENDED in done.content.decode()

    def test_pressed_twice_stores_once(self, client: Client, officer: User) -> None:
        answer = upload(client, sheet(GOOD))
        for _ in range(2):
            client.post(REGISTRY, {"packed": packed(answer)})
        assert Library.objects.count() == 1

    def test_a_list_too_dense_to_travel_gets_a_sentence(
        self, client: Client, officer: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(importing, "MOST_PACKED", 10)
        answer = upload(client, sheet(GOOD))
        assert answer.status_code == 422
        assert importing.TOO_DENSE in answer.content.decode()

    def test_librarians_do_not_import(self, client: Client) -> None:
        client.force_login(make_librarian())
        assert client.get(REGISTRY).status_code in {302, 403}


class TestExportList:
    def test_the_list_of_ones_own_area(self, client: Client, officer: User) -> None:
        own, other = make_library(), make_library("51.03.02.2009")
        answer = client.get(reverse("admin:libraries_library_unduh_daftar"))
        text = b"".join(answer.streaming_content).decode()
        assert own.slug in text
        assert other.slug not in text

    @pytest.mark.parametrize("year", ["26", "2009", "x", "99999", "²⁰²⁶"])
    def test_a_year_that_is_none_is_no_page(self, client: Client, officer: User, year: str) -> None:
        assert client.get(reverse("admin:libraries_library_unduh_angka"), {"tahun": year}).status_code == 404
