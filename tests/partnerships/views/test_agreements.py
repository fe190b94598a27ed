"""Agreements on their sides' pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from groups.pdf import can_make_pdf
from partnerships.models import Agreement, AgreementParty, Partnership, Side
from partnerships.workflow import AgreementStatus
from tests.factories import make_institution, make_kim, make_pdf_bytes, make_user
from tests.partnerships.factories import make_active, make_agreement, make_hope, signature
from tests.partnerships.meetings import make_liaison, make_meeting
from uploads.models import Document

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    return make_user("admin@kim.invalid")


@pytest.fixture
def row(admin: User, client: Client) -> Partnership:
    client.force_login(admin)
    return make_active(make_kim(admin=admin))


def address(agreement: Agreement, page: str = "") -> str:
    return f"{agreement.get_absolute_url()}{page}"


def post(**over: Any) -> dict[str, Any]:
    paper = SimpleUploadedFile("naskah.pdf", make_pdf_bytes(), "application/pdf")
    return {**signature(), "version": "1", "document": paper, **over}


class TestAgreementSign:
    def test_signed_with_everything(self, client: Client, row: Partnership) -> None:
        agreement = make_agreement(row)
        assert client.post(address(agreement, "tanda-tangan/"), post()).status_code == 302
        agreement.refresh_from_db()
        assert agreement.status == AgreementStatus.SIGNED
        assert client.get(address(agreement, "berkas/")).status_code == 200

    def test_a_refused_paper_is_not_kept(self, client: Client, row: Partnership) -> None:
        agreement = make_agreement(row, is_hoped=True)
        response = client.post(address(agreement, "tanda-tangan/"), post())
        assert response.status_code == 422
        assert "diharapkan tidak dapat ditandatangani" in response.content.decode()
        assert not Document.objects.filter(created_on__isnull=False, pk=agreement.file_id).exists()
        assert Document.objects.count() == 0

    def test_without_a_paper_it_says_so_and_keeps_the_rest(self, client: Client, row: Partnership) -> None:
        agreement = make_agreement(row)
        response = client.post(address(agreement, "tanda-tangan/"), post(document="", number="77/MOU"))
        assert response.status_code == 422
        assert "77/MOU" in response.content.decode()

    def test_a_stale_form_shows_the_stored_words(self, client: Client, row: Partnership) -> None:
        agreement = make_agreement(row)
        agreement.change(Side.PARTNER, by=make_user(), subject="Diganti mitra")
        response = client.post(address(agreement, "tanda-tangan/"), post())
        assert response.status_code == 409
        assert "Diganti mitra" in response.content.decode()
        assert Document.objects.count() == 0


class TestAgreementPrint:
    def test_the_draft_names_both_sides_and_their_duties(self, client: Client, row: Partnership) -> None:
        page = client.get(address(make_agreement(row), "naskah/")).content.decode()
        for words in (row.first.name, row.second.name, row.first_duties, row.partner_duties, "Penyuluhan bersama."):
            assert words in page

    @pytest.mark.skipif(not can_make_pdf(), reason="WeasyPrint's native libraries are not installed")
    def test_the_same_sheet_as_pdf(self, client: Client, row: Partnership) -> None:
        response = client.get(address(make_agreement(row), "naskah.pdf"))
        assert response.content.startswith(b"%PDF")

    def test_not_for_strangers(self, client: Client, row: Partnership) -> None:
        agreement = make_agreement(row)
        client.force_login(make_user())
        assert client.get(address(agreement, "naskah/")).status_code == 404


class TestBetween:
    def test_a_host_writes_down_what_its_meeting_hopes_for(self, client: Client) -> None:
        liaison, host = make_liaison(make_institution(name="Dinas Uji"))
        campus = make_institution(name="Universitas Uji")
        meeting = make_meeting(host)
        client.force_login(liaison)
        path = f"{meeting.get_absolute_url()}perjanjian/"
        assert path in client.get(meeting.get_absolute_url()).content.decode()
        assert f"?mitra={campus.pk}" in client.get(path, {"q": "universitas"}).content.decode()
        path += f"?mitra={campus.pk}"
        typed = {"kind": "joint_agreement", "subject": "KKN di desa", "scope": "", "is_hoped": "on"}
        refused = client.post(path, typed)
        assert refused.status_code == 422
        assert "KKN di desa" in refused.content.decode()
        made = client.post(path, {**typed, "scope": "Mahasiswa."}, follow=True).content.decode()
        assert "Diharapkan dalam rapat" in made
        row = Agreement.objects.get()
        assert (row.first, row.second, row.meeting, row.status) == (host, campus, meeting, AgreementStatus.HOPED)
        client.logout()
        assert "KKN di desa" in client.get(meeting.get_absolute_url()).content.decode()
        assert client.get(row.get_absolute_url()).status_code == 302

    def test_a_kim_writes_one_down_and_the_other_side_drafts_signs_and_renews_it(self, client: Client) -> None:
        admin, (liaison, campus) = make_user(), make_liaison()
        kim = make_kim(admin=admin)
        client.force_login(admin)
        path = f"/kim/{kim.slug}/kemitraan/perjanjian/"
        assert path in client.get("/kemitraan/perjanjian/").content.decode()
        data = {"kind": "memorandum", "subject": "KKN", "scope": "Mahasiswa."}
        assert client.post(f"{path}?mitra={campus.pk}", data).status_code == 302
        row = Agreement.objects.get()
        client.force_login(liaison)
        sheet = client.get(address(row, "naskah/")).content.decode()
        assert "Pihak Kedua" in sheet
        assert "Tugas Pihak" not in sheet  # no partnership says any
        assert client.post(address(row, "tanda-tangan/"), post()).status_code == 302
        Agreement.objects.filter(pk=row.pk).update(status="in_effect")
        page = client.get(address(row)).content.decode()
        assert f"/kemitraan/lembaga/{campus.pk}/perjanjian/?kim={kim.slug}" in page
        assert "Perjanjian ditandatangani" in page
        assert client.post(address(row, "akhiri/"), {"text": "Selesai."}).status_code == 302

    def test_not_in_the_name_of_others(self, client: Client) -> None:
        client.force_login(make_user())
        assert client.get(f"/kemitraan/lembaga/{make_institution().pk}/perjanjian/").status_code == 404
        assert client.get(f"/kim/{make_kim().slug}/kemitraan/perjanjian/").status_code == 404
        assert client.get(f"{make_meeting().get_absolute_url()}perjanjian/").status_code == 403


class TestAgreementOwn:
    @pytest.mark.parametrize("rows", [1, 20])
    def test_as_many_queries_for_one_as_for_twenty(
        self, client: Client, rows: int, django_assert_max_num_queries: Any
    ) -> None:
        liaison, campus = make_liaison()
        for _ in range(rows):
            make_hope(make_kim(), campus)
            AgreementParty.join(make_agreement(), campus, Side.FIRST, by=make_user())
        client.force_login(liaison)
        client.get("/kemitraan/perjanjian/")
        with django_assert_max_num_queries(12):
            assert len(client.get("/kemitraan/perjanjian/").context["page"].rows) == min(2 * rows, 20)
