"""The directory, a KIM's own list, one partnership's page."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from partnerships.filters import ExpertiseFilter, PartnershipFilter
from partnerships.models import Evaluation, Expertise, Partnership, Side
from partnerships.models.record import ORDER
from partnerships.models.searching import PartnershipWord
from regions.models import LegalStatus
from tests.factories import make_document, make_institution, make_kim, make_user
from tests.partnerships.factories import make_active, make_agreement, make_expertise, make_partnership, signature

pytestmark = pytest.mark.django_db


def get(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return str(response.content.decode())


class TestWaitingKim:
    def test_its_admin_is_told_why_nothing_can_be_proposed_yet(self, client: Client) -> None:
        admin = make_user()
        kim = make_kim(admin=admin, status="submitted")
        client.force_login(admin)
        page = get(client, f"/kim/{kim.slug}/kemitraan/")
        assert ("Usulkan kemitraan" in page, "sesudah verifikator menerima" in page) == (False, True)


class TestPartnershipList:
    def test_only_what_both_agreed_to(self, client: Client) -> None:
        make_active(title="Penyuluhan pupuk")
        make_partnership(title="Baru usul")
        page = get(client, "/kemitraan/")
        assert "Penyuluhan pupuk" in page
        assert "Baru usul" not in page

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("q=puskesmas", True),
            ("q=pupuk", True),
            ("q=sekolah", False),
            ("basis=analog&sector=health&area=13.07", True),
            ("basis=regulation", False),
            ("sector=private", False),
            ("area=13.71", False),
            ("basis=palsu", False),
        ],
    )
    def test_narrowed_by_words_basis_sector_and_area(self, client: Client, query: str, found: bool) -> None:
        partner = make_institution("Puskesmas Mungka", sector="health")
        make_active(partner=partner, title="Penyuluhan pupuk")
        make_kim("13.71.01.1001")  # so that the other area exists
        assert ("Penyuluhan pupuk" in get(client, f"/kemitraan/?{query}")) is found

    @pytest.mark.parametrize("basis", ["analog", "regulation"])
    @pytest.mark.parametrize("count", [1, 20])
    def test_at_most_four_queries_whatever_the_rows(
        self, client: Client, count: int, basis: str, django_assert_max_num_queries: Any
    ) -> None:
        kim = make_kim()
        for _ in range(count):
            make_active(kim, basis=basis, title="Gizi balita")
        for query in ("", f"?area=13.07&basis={basis}&sector=government&q=gizi"):
            with django_assert_max_num_queries(4):
                assert get(client, f"/kemitraan/{query}").count("card") >= count

    @pytest.mark.parametrize(
        "query", ["", "area=13", "area=13.07", "area=13.07.11.2004", "basis=analog", "sector=health"]
    )
    def test_no_plan_reads_the_whole_table(self, query: str) -> None:
        make_active()
        data = dict(part.split("=") for part in query.split("&") if part)
        rows = PartnershipFilter(data, queryset=Partnership.objects.listed()).qs.order_by(*ORDER)[:21]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL enable_seqscan = off")
                cursor.execute("SET LOCAL enable_sort = off")
        plan = rows.explain()
        assert "partnership_" in plan
        assert "TEMP B-TREE" not in plan
        assert "SCAN partnerships_partnership\n" not in f"{plan}\n"

    def test_words_are_found_by_their_index(self) -> None:
        make_active()
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL enable_seqscan = off")
        assert "partnershipword_word" in PartnershipWord.objects.filter(word__prefix="penyu").explain()


class TestKimPartnerships:
    def test_admins_also_see_what_is_only_proposed(self, client: Client) -> None:
        admin = make_user()
        kim = make_kim(admin=admin)
        make_partnership(kim, title="Baru usul")
        path = f"/kim/{kim.slug}/kemitraan/"
        assert "Baru usul" not in get(client, path)
        client.force_login(admin)
        assert "Baru usul" in get(client, path)


class TestPartnershipDetail:
    def test_a_proposal_is_404_for_strangers(self, client: Client) -> None:
        row = make_partnership()
        assert client.get(row.get_absolute_url()).status_code == 404
        client.force_login(make_user())
        assert client.get(row.get_absolute_url()).status_code == 404

    @pytest.mark.parametrize("basis", ["analog", "regulation", "experience"])
    def test_at_most_twelve_queries(self, client: Client, basis: str, django_assert_max_num_queries: Any) -> None:
        admin = make_user()
        row = make_active(make_kim(admin=admin), basis=basis)
        agreement = make_agreement(row)
        agreement.sign(Side.FIRST, by=admin, file=make_document(), **signature())
        Evaluation.give(row, Side.FIRST, by=admin, outcome="good", achieved="Baik.")
        for user in (None, admin):
            if user:
                client.force_login(user)
            with django_assert_max_num_queries(12):
                get(client, row.get_absolute_url())

    def test_strangers_read_signed_agreements_and_no_drafts(self, client: Client) -> None:
        row = make_active()
        make_agreement(row, subject="Rancangan rahasia")
        signed = make_agreement(row, subject="Sudah sah")
        signed.sign(Side.FIRST, by=make_user(), file=make_document(), **signature())
        page = get(client, row.get_absolute_url())
        assert "Sudah sah" in page
        assert "Rancangan rahasia" not in page
        assert "Riwayat" not in page

    def test_a_revoked_basis_is_shown(self, client: Client) -> None:
        row = make_active(basis="regulation")
        type(row.legal_basis).objects.update(status=LegalStatus.REVOKED)
        assert "Dasar hukum dicabut" in get(client, row.get_absolute_url())
        assert "Dasar hukum dicabut" in get(client, "/kemitraan/")

    @pytest.mark.parametrize("is_public", [True, False])
    def test_a_contact_is_public_only_if_said_so(self, client: Client, is_public: bool) -> None:
        partner = make_institution(email="kontak@mitra.invalid", is_contact_public=is_public)
        row = make_active(partner=partner)
        assert ("kontak@mitra.invalid" in get(client, row.get_absolute_url())) is is_public


class TestExpertisePlan:
    @pytest.mark.parametrize("query", ["", "field=health", "field=health&area=13.07", "area=13"])
    def test_no_plan_reads_the_whole_table(self, query: str) -> None:
        make_expertise(make_kim())
        data = dict(part.split("=") for part in query.split("&") if part)
        rows = ExpertiseFilter(data, queryset=Expertise.objects.proven()).qs.order_by("-id")[:21]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL enable_seqscan = off")
        assert "seq scan" not in rows.explain().lower()
