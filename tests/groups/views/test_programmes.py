"""Work programmes on their pages: written by the KIM's admins, read by everybody once approved, printed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role, User
from groups import pdf
from groups.models import Kim, WorkProgram
from groups.models.programme import MOST_ITEMS
from tests.facilitation_access import ITEMS, make_program
from tests.factories import make_grant, make_kim, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    return make_user()


@pytest.fixture
def kim(admin: User) -> Kim:
    return make_kim(name="KIM Singgalang", admin=admin)


@pytest.fixture
def client(admin: User) -> Client:
    client = Client()
    client.force_login(admin)
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


def typed(program: WorkProgram, *rows: dict[str, Any], **over: Any) -> dict[str, Any]:
    """What a browser sends: each row's fields carry its place."""
    fields = {f"{name}_{place}": value for place, row in enumerate(rows) for name, value in row.items()}
    return {**fields, "version": program.version, **over}


class TestProgrammeDesk:
    def test_begins_a_year_and_leads_to_its_form(self, kim: Kim, client: Client) -> None:
        response = client.post(f"/kim/{kim.slug}/kelola/program/", {"year": "2027"})
        assert response["Location"] == f"/kim/{kim.slug}/kelola/program/2027/"
        assert kim.programs.get().year == 2027

    def test_a_year_that_is_there_is_opened(self, kim: Kim, admin: User, client: Client) -> None:
        approved = make_program(kim, approved_by=admin)
        assert client.post(f"/kim/{kim.slug}/kelola/program/", {"year": "2026"})["Location"].endswith("/program/2026/")
        assert kim.programs.get() == approved

    @pytest.mark.parametrize("year", ["", "26", "dua ribu", "99999999999"])
    def test_a_wrong_year_gets_a_sentence(self, kim: Kim, client: Client, year: str) -> None:
        response = client.post(f"/kim/{kim.slug}/kelola/program/", {"year": year})
        assert response.status_code == 422
        assert "empat angka" in text(response)
        assert not kim.programs.exists()


class TestProgrammeEdit:
    def address(self, kim: Kim) -> str:
        return f"/kim/{kim.slug}/kelola/program/2026/"

    def test_stores_several_rows_in_one_go_and_leaves_out_the_empty_ones(self, kim: Kim, client: Client) -> None:
        program = make_program(kim, items=[])
        rows = [
            {"activity": "Pelatihan", "target": "20 warga", "budget": "Rp 1.500.000", "source": "regional"},
            {"activity": "", "target": " ", "budget": "", "source": "private"},
            {"activity": "Ronda kabar", "target": "52 kali", "budget": "0", "source": ""},
        ]
        response = client.post(self.address(kim), typed(program, *rows))
        assert response["Location"] == f"/kim/{kim.slug}/program/2026/"
        assert program.answers == [
            {"activity": "Pelatihan", "target": "20 warga", "budget": 1_500_000, "source": "regional"},
            {"activity": "Ronda kabar", "target": "52 kali", "budget": 0, "source": "self"},
        ]

    def test_saving_for_more_rows_comes_back_with_empty_ones(self, kim: Kim, client: Client) -> None:
        program = make_program(kim)
        page = text(client.post(self.address(kim), typed(program, *ITEMS, action="more"), follow=True))
        assert 'name="activity_4"' in page
        assert 'name="activity_5"' not in page

    def test_a_wrong_row_loses_nothing_and_says_which_row(self, kim: Kim, client: Client) -> None:
        program = make_program(kim, items=[])
        rows = [{"activity": "Pelatihan", "target": "", "budget": "sejuta", "source": "village"}, *ITEMS]
        response = client.post(self.address(kim), typed(program, *rows))
        page = text(response)
        assert response.status_code == 422
        assert "Sasaran 1 – Tulis sasarannya." in page
        assert "Anggaran 1 (rupiah) – Tulis rupiah bulat" in page
        for kept in ('value="Pelatihan"', 'value="sejuta"', 'value="village" selected', 'value="Cetak buletin"'):
            assert kept in page
        assert program.answers == []

    def test_two_admins_meet_a_page_with_both_versions(self, kim: Kim, client: Client) -> None:
        program = make_program(kim)
        mine = typed(program, {**ITEMS[0], "activity": "Isian saya"})
        program.keep([{**ITEMS[1], "activity": "Isian orang lain"}])
        response = client.post(self.address(kim), mine)
        assert response.status_code == 409
        assert "Isian orang lain" in text(response)
        assert 'value="Isian saya"' in text(response)
        program.refresh_from_db()
        again = client.post(self.address(kim), {**mine, "version": program.version})
        assert again.status_code == 302
        assert [row["activity"] for row in program.answers] == ["Isian saya"]

    def test_pressing_twice_is_one_save(self, kim: Kim, client: Client) -> None:
        program = make_program(kim)
        mine = typed(program, {**ITEMS[0], "activity": "Isian saya"})
        assert [client.post(self.address(kim), mine).status_code for _ in range(2)] == [302, 302]

    def test_no_more_rows_than_a_page_holds_are_read(self, kim: Kim, client: Client) -> None:
        program = make_program(kim, items=[])
        rows = [{**ITEMS[0], "activity": f"Kegiatan {number}"} for number in range(MOST_ITEMS)]
        client.post(self.address(kim), typed(program, *rows))
        assert program.items.count() == MOST_ITEMS
        assert f'name="activity_{MOST_ITEMS}"' not in text(client.get(self.address(kim)))

    def test_an_approved_one_is_shown_instead(self, kim: Kim, admin: User, client: Client) -> None:
        make_program(kim, approved_by=admin)
        response = client.post(self.address(kim), {"version": "1"}, follow=True)
        assert "sudah ditetapkan" in text(response)
        assert kim.programs.get().items.count() == 2


class TestProgrammeApprove:
    def test_shows_it_to_everybody(self, kim: Kim, client: Client) -> None:
        program, address = make_program(kim), f"/kim/{kim.slug}/program/2026/"
        assert Client().get(address).status_code == 404
        client.post(f"/kim/{kim.slug}/kelola/program/2026/tetapkan/", {"version": program.version})
        assert Client().get(address).status_code == 200

    @pytest.mark.parametrize("version", ["", "0", "x", "9" * 30])
    def test_a_version_nobody_read_is_not_approved(self, kim: Kim, client: Client, version: str) -> None:
        make_program(kim)
        address = f"/kim/{kim.slug}/kelola/program/2026/tetapkan/"
        assert "baru saja berubah" in text(client.post(address, {"version": version}, follow=True))
        assert kim.programs.get().is_editable

    def test_an_empty_one_is_refused_in_words(self, kim: Kim, client: Client) -> None:
        program = make_program(kim, items=[])
        address = f"/kim/{kim.slug}/kelola/program/2026/tetapkan/"
        assert "sedikitnya satu kegiatan" in text(client.post(address, {"version": program.version}, follow=True))


class TestProgrammeDetail:
    def test_shows_each_item_and_the_share_with_its_formula(self, kim: Kim, admin: User) -> None:
        make_program(kim, approved_by=admin)
        page = text(Client().get(f"/kim/{kim.slug}/program/2026/"))
        for words in ("Pelatihan menulis berita desa", "Dana desa", "Rp 2.250.000", "<strong>25%</strong>"):
            assert words in page
        assert "anggaran swadaya Rp 750.000 dibagi seluruh anggaran Rp 3.000.000" in page
        assert "Tetapkan program kerja" not in page

    def test_few_queries_however_many_items(
        self, kim: Kim, admin: User, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        make_program(kim, items=[ITEMS[0]] * MOST_ITEMS, approved_by=admin)
        with django_assert_max_num_queries(12):
            client.get(f"/kim/{kim.slug}/program/2026/")

    def test_an_officer_of_the_area_reads_a_draft_and_cannot_approve(self, kim: Kim) -> None:
        make_program(kim)
        officer, client = make_user(), Client()
        make_grant(officer, Role.KIM_VERIFIER, "13.07")
        client.force_login(officer)
        page = text(client.get(f"/kim/{kim.slug}/program/2026/"))
        assert "Ini draf." in page
        assert "Tetapkan program kerja" not in page
        assert client.post(f"/kim/{kim.slug}/kelola/program/2026/tetapkan/", {"version": "2"}).status_code == 404
        assert "/program/2026/" in text(client.get(f"/admin/groups/kim/{kim.pk}/change/"))


class TestProgrammeList:
    def test_drafts_are_for_those_who_may_see_them(self, kim: Kim, admin: User, client: Client) -> None:
        make_program(kim, approved_by=admin)
        make_program(kim, 2027)
        assert "Program kerja 2027" in text(client.get(f"/kim/{kim.slug}/program/"))
        page = text(Client().get(f"/kim/{kim.slug}/program/"))
        assert "Program kerja 2026" in page
        assert "Program kerja 2027" not in page


class TestProgrammePdf:
    def test_is_a_pdf_of_what_was_approved(self, kim: Kim, admin: User) -> None:
        make_program(kim, approved_by=admin)
        response = Client().get(f"/kim/{kim.slug}/program/2026/program-kerja.pdf")
        if not pdf.can_make_pdf():
            assert response.status_code == 404
            return
        assert response["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF")

    def test_where_its_libraries_are_missing_there_is_no_such_page(
        self, kim: Kim, admin: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make_program(kim, approved_by=admin)
        monkeypatch.setattr("groups.views.programmes.can_make_pdf", lambda: False)
        assert Client().get(f"/kim/{kim.slug}/program/2026/program-kerja.pdf").status_code == 404
        assert "Unduh PDF" not in text(Client().get(f"/kim/{kim.slug}/program/2026/"))

    def test_a_network_that_asks_for_many_is_sent_to_the_page(
        self, kim: Kim, admin: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("groups.views.programmes.can_make_pdf", lambda: True)
        monkeypatch.setattr("groups.views.programmes.make_pdf", lambda *_: b"%PDF")
        monkeypatch.setattr("groups.views.posters.PDFS_AN_HOUR", 1)
        make_program(kim, approved_by=admin)
        answers = [Client().get(f"/kim/{kim.slug}/program/2026/program-kerja.pdf") for _ in range(2)]
        assert [answer.status_code for answer in answers] == [200, 429]
