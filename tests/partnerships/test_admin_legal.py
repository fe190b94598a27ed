"""Legal bases and duties in the admin."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Role, User
from partnerships.models import LegalPaper
from regions.models import LegalBasis
from tests.factories import make_area, make_grant, make_pdf_bytes, make_user
from tests.partnerships.factories import make_legal_basis

pytestmark = pytest.mark.django_db


@pytest.fixture
def verifier(client: Client) -> User:
    user = make_user()
    make_grant(user, Role.KIM_VERIFIER, "13.07")
    client.force_login(user)
    return user


def values(**over: Any) -> dict[str, Any]:
    found = {"kind": "perbup", "number": "7", "year": "2021", "about": "KIM", "issuer": "Bupati Uji"}
    return {**found, "issuer_area": "13.07", "article": "", "url": "", "status": "in_force", **over}


class TestLegalBasisAdmin:
    def test_added_with_its_scanned_paper(self, client: Client, verifier: User) -> None:
        paper = SimpleUploadedFile("perbup.pdf", make_pdf_bytes(), "application/pdf")
        response = client.post("/admin/regions/legalbasis/add/", values(document=paper))
        assert response.status_code == 302, response.content.decode()
        assert LegalPaper.objects.get().legal_basis == LegalBasis.objects.get()
        client.logout()
        assert client.get(f"/kemitraan/dasar-hukum/{LegalBasis.objects.get().pk}/berkas/").status_code == 200

    @pytest.mark.parametrize("area", ["13.71", "13", ""])
    def test_not_for_an_area_beyond_ones_own(self, client: Client, verifier: User, area: str) -> None:
        make_area("13.71")
        response = client.post("/admin/regions/legalbasis/add/", values(issuer_area=area))
        assert "di luar wilayah tugas Anda" in response.content.decode()
        assert not LegalBasis.objects.exists()

    def test_the_same_one_twice_is_told(self, client: Client, verifier: User) -> None:
        client.post("/admin/regions/legalbasis/add/", values())
        assert "sudah tercatat" in client.post("/admin/regions/legalbasis/add/", values()).content.decode()

    def test_a_foreign_one_is_read_and_not_changed(self, client: Client, verifier: User) -> None:
        foreign = make_legal_basis("13.71")
        address = f"/admin/regions/legalbasis/{foreign.pk}/change/"
        assert client.get(address).status_code == 200
        assert client.post(address, values()).status_code == 403
