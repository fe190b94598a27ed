"""Showing what one is experienced in, and finding who is."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import Role
from partnerships.models import Expertise, Side
from tests.factories import make_document, make_grant, make_institution, make_kim, make_user
from tests.partnerships.factories import make_expertise, make_partnership, today

pytestmark = pytest.mark.django_db


class TestExpertiseList:
    @pytest.mark.parametrize(
        ("query", "found"),
        [("", True), ("field=health&area=13.07", True), ("field=farming", False), ("area=13.71", False)],
    )
    def test_by_field_and_area(self, client: Client, query: str, found: bool) -> None:
        make_expertise(make_kim(name="KIM Terbukti"))
        make_expertise(make_kim(name="KIM Belum"), proven=False)
        make_kim("13.71.01.1001")
        page = client.get(f"/kemitraan/keahlian/?{query}").content.decode()
        assert ("KIM Terbukti" in page) is found
        assert "KIM Belum" not in page


class TestOwnExpertise:
    def test_from_nothing_to_proven(self, client: Client) -> None:
        admin = make_user()
        kim = make_kim(admin=admin)
        client.force_login(admin)
        client.post(f"/kim/{kim.slug}/kemitraan/keahlian/", {"field": "health", "years": "3", "about": ""})
        row = Expertise.objects.get()
        record = {"activity": "Lomba", "done_on": today(-3), "place": "Balai", "beneficiaries": "30", "result": "Baik"}
        client.post(f"/kemitraan/keahlian/{row.pk}/rekam-jejak/", record)
        proof = {"kind": "letter", "giver": "Puskesmas", "given_on": today(-1), "about": ""}
        client.post(f"/kemitraan/keahlian/{row.pk}/bukti/", proof)
        row.refresh_from_db()
        assert row.is_proven

    def test_a_future_work_is_refused_beside_its_date(self, client: Client) -> None:
        admin = make_user()
        row = make_expertise(make_kim(admin=admin), proven=False)
        client.force_login(admin)
        record = {"activity": "Lomba", "done_on": today(3), "place": "Balai", "beneficiaries": "30", "result": "Baik"}
        page = client.post(f"/kemitraan/keahlian/{row.pk}/rekam-jejak/", record).content.decode()
        assert "id_done_on_error" in page
        assert "Lomba" in page


class TestExpertiseDetail:
    def test_the_paper_is_not_public(self, client: Client) -> None:
        row = make_expertise(make_kim())
        file = make_document()
        row.add_evidence(kind="award", giver="Camat Uji", given_on=today(-1), file=file)
        assert client.get(f"/kemitraan/keahlian/{row.pk}/").status_code == 200
        client.force_login(make_user())
        assert client.get(f"/kemitraan/keahlian/{row.pk}/bukti/{file.pk}/").status_code == 404

    def test_an_unproven_one_is_its_owners_affair(self, client: Client) -> None:
        row = make_expertise(make_kim(), proven=False)
        assert client.get(f"/kemitraan/keahlian/{row.pk}/").status_code == 404

    def test_a_liaison_is_led_to_propose_on_it(self, client: Client) -> None:
        kim, liaison, institution = make_kim(status="active"), make_user(), make_institution()
        make_grant(liaison, Role.LIAISON, institution=institution)
        row = make_expertise(kim)
        client.force_login(liaison)
        page = client.get(f"/kemitraan/keahlian/{row.pk}/").content.decode()
        path = f"/kemitraan/lembaga/{institution.pk}/usulkan/?kim={kim.slug}&amp;dasar=experience"
        assert path in page
        terms_page = client.get(path.replace("&amp;", "&")).content.decode()
        assert f'<option value="{row.pk}">Kesehatan' in terms_page

    def test_a_proposal_of_ones_own_opens_nobody_elses_papers(self, client: Client) -> None:
        stranger, institution, file = make_user(), make_institution(), make_document()
        row = make_expertise(institution)
        row.add_evidence(kind="letter", giver="Camat Uji", given_on=today(-1), file=file)
        proposal = make_partnership(make_kim(admin=stranger), institution, basis="experience", expertise=row)
        client.force_login(stranger)
        path = f"/kemitraan/keahlian/{row.pk}/bukti/{file.pk}/"
        assert client.get(path).status_code == 404
        proposal.confirm(Side.PARTNER, by=make_user(), terms_version=proposal.terms_version)
        assert client.get(path).status_code == 200
