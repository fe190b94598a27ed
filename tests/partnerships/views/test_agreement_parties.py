"""Adding a third party to an agreement, and signing with all."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from partnerships.models import AgreementParty
from tests.factories import make_institution, make_kim, make_pdf_bytes, make_user
from tests.partnerships.factories import make_active, make_agreement, signature

pytestmark = pytest.mark.django_db


class TestAgreementParties:
    def test_looked_up_added_signed_and_printed(self, client: Client) -> None:
        admin, campus = make_user(), make_institution(name="Kampus Uji")
        row = make_active(make_kim(admin=admin))
        agreement = make_agreement(row)
        client.force_login(admin)
        path = f"{row.get_absolute_url()}perjanjian/{agreement.pk}/"
        assert "Tambahkan Kampus Uji" in client.get(f"{path}pihak/?q=kampus").content.decode()
        for _ in range(2):
            assert client.post(f"{path}pihak/", {"lembaga": campus.pk}).status_code == 302
        party = AgreementParty.objects.get()
        assert "Pihak ke-3" in client.get(f"{path}naskah/").content.decode()
        file = SimpleUploadedFile("a.pdf", make_pdf_bytes(), "application/pdf")
        data = {**signature(), "document": file, "version": agreement.version}
        answer = client.post(f"{path}tanda-tangan/", data)
        assert answer.status_code == 422
        assert "Penanda tangan dari Kampus Uji" in answer.content.decode()
        file = SimpleUploadedFile("a.pdf", make_pdf_bytes(), "application/pdf")
        data |= {"document": file, f"signer_{party.pk}": "Rektor Uji"}
        assert client.post(f"{path}tanda-tangan/", data).status_code == 302
        assert "Rektor Uji (Kampus Uji)" in client.get(path).content.decode()

    @pytest.mark.parametrize("data", [{}, {"lembaga": "x"}, {"lembaga": "9" * 40}, {"lembaga": "99999"}])
    def test_what_means_no_institution_is_said(self, client: Client, data: dict[str, str]) -> None:
        admin = make_user()
        row = make_active(make_kim(admin=admin))
        agreement = make_agreement(row)
        client.force_login(admin)
        answer = client.post(f"{row.get_absolute_url()}perjanjian/{agreement.pk}/pihak/", data, follow=True)
        assert "Pilih lembaga dari hasil pencarian." in answer.content.decode()
