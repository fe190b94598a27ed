"""Four questions, and what rules oblige areas to."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from groups.models import DistrictCoverage
from partnerships.models import Obligation
from tests.factories import make_area, make_tree
from tests.partnerships.factories import make_legal_basis

pytestmark = pytest.mark.django_db


class TestGuide:
    @pytest.mark.parametrize(
        ("answers", "basis", "mode"),
        [
            ("ya ya ya tidak", "berbasis regulasi", "digital"),
            ("tidak ya ya ya", "berbasis pengalaman", "analog dan digital"),
            ("tidak tidak tidak ya", "berbasis analog", "analog"),
        ],
    )
    def test_a_basis_and_a_way_of_working(self, client: Client, answers: str, basis: str, mode: str) -> None:
        names = ("has_rule", "has_experience", "has_internet", "wants_meeting")
        page = client.get("/kemitraan/panduan/", dict(zip(names, answers.split(), strict=True))).content.decode()
        assert f"Saran: {basis}, cara kerja {mode}<" in page

    def test_an_open_question_is_named(self, client: Client) -> None:
        assert "Pilih ya atau tidak." in client.get("/kemitraan/panduan/?has_rule=ya").content.decode()


class TestObligationList:
    def test_villages_with_and_without(self, client: Client) -> None:
        make_tree()
        DistrictCoverage.objects.all().rebuild()
        basis = make_legal_basis()
        Obligation.objects.create(area=make_area("13.07"), legal_basis=basis)
        page = client.get("/kemitraan/kewajiban/").content.decode()
        assert str(basis) in page
        assert "3 desa" in page
        assert "/kim/cakupan/13.07/" in page

    @pytest.mark.parametrize("rows", [1, 9])
    def test_one_question_a_level_however_many_rows(
        self, client: Client, rows: int, django_assert_max_num_queries: Any
    ) -> None:
        basis = make_legal_basis(None)
        codes = ["13", "13.07", "13.07.11", "51", "51.03", "51.03.02", "51.05", "51.05.02", "51.02"][-rows:]
        for code in codes:
            Obligation.objects.create(area=make_area(code), legal_basis=basis)
        with django_assert_max_num_queries(4):
            assert client.get("/kemitraan/kewajiban/").content.count(b'data-label="Desa"') == rows


class TestLegalPaper:
    @pytest.mark.parametrize("pk", ["1", "9" * 60])
    def test_without_a_paper_there_is_no_page(self, client: Client, pk: str) -> None:
        make_legal_basis()
        assert client.get(f"/kemitraan/dasar-hukum/{pk}/berkas/").status_code == 404
