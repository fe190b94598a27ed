"""Agreements on their sides' pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from groups.pdf import can_make_pdf
from partnerships.models import Agreement, Partnership, Side
from partnerships.workflow import AgreementStatus
from tests.factories import make_kim, make_pdf_bytes, make_user
from tests.partnerships.factories import make_active, make_agreement, signature
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
    return f"{agreement.partnership.get_absolute_url()}perjanjian/{agreement.pk}/{page}"


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
        assert client.get(address(agreement, "naskah/")).status_code == 403
