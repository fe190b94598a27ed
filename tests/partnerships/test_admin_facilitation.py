"""Officers record facilitation and publish guidelines, in their own area and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Institution, Role, User
from partnerships.models import Facilitation, FacilitationCount, Guideline
from tests.facilitation_access import EVIDENCE, RESULTS, make_facilitation, make_guideline
from tests.factories import make_area, make_grant, make_institution, make_kim, make_pdf_bytes, make_user
from tests.forms import shown_values

pytestmark = pytest.mark.django_db
HOME = "/admin/partnerships/facilitation/"
LIBRARY = "/admin/partnerships/guideline/"


@pytest.fixture
def officer() -> User:
    user = make_user()
    make_grant(user, Role.KIM_VERIFIER, "13.07")
    return user


@pytest.fixture
def client(officer: User) -> Client:
    client = Client()
    client.force_login(officer)
    return client


@pytest.fixture
def agency() -> Institution:
    return make_institution("Diskominfo Uji")


def text(response: Any) -> str:
    return str(response.content.decode())


def filled(agency: Institution, **over: Any) -> dict[str, Any]:
    values = {
        "title": "Workshop KIM",
        "role": "workshop",
        "tier": "regency",
        "area": "13.07",
        "agency": agency.pk,
        "held_on": "2026-03-09",
        "budget": "Rp 12.500.000",
    }
    return {**values, **over}


class TestFacilitationAdmin:
    def test_records_counts_and_goes_on_to_the_kim_reached(self, client: Client, agency: Institution) -> None:
        kim = make_kim(name="KIM Terjangkau")
        response = client.post(f"{HOME}add/", filled(agency, **EVIDENCE, **RESULTS))
        row = Facilitation.objects.get()
        assert response["Location"] == f"{HOME}{row.pk}/change/"
        assert (row.budget, FacilitationCount.objects.get().number) == (12_500_000, 1)
        page = text(client.get(response["Location"]))
        assert "KIM Terjangkau" in page
        client.post(response["Location"], {**shown_values(page), "kims": [kim.pk]})
        assert list(row.kims.all()) == [kim]

    def test_measurable_without_a_number_keeps_everything_typed(self, client: Client, agency: Institution) -> None:
        response = client.post(f"{HOME}add/", filled(agency, measurable_evidence="Dihitung teliti."))
        page = text(response)
        assert "Terukur perlu hasil dalam angka" in page
        assert "Dihitung teliti." in page
        assert not Facilitation.objects.exists()

    @pytest.mark.parametrize(
        ("office", "tiers"), [(None, ["central", "province", "regency"]), ("13", ["province", "regency"])]
    )
    def test_an_office_records_its_own_tier_and_those_below(
        self, agency: Institution, office: str | None, tiers: list[str]
    ) -> None:
        user, client = make_user(), Client()
        make_grant(user, Role.KIM_VERIFIER, office)
        client.force_login(user)
        for tier in ("central", "province", "regency"):
            client.post(f"{HOME}add/", filled(agency, tier=tier))
        assert sorted(Facilitation.objects.values_list("tier", flat=True)) == tiers

    def test_only_tiers_that_would_be_taken_are_offered(self, client: Client, agency: Institution) -> None:
        page = client.get(f"{HOME}add/").content.decode()
        assert 'value="regency"' in page
        assert 'value="central"' not in page
        officer = make_user()
        make_grant(officer, Role.KIM_VERIFIER, "13")
        client.force_login(officer)
        page = client.get(f"{HOME}add/").content.decode()
        assert 'value="province"' in page
        assert 'value="central"' not in page

    def test_a_tier_not_chosen_is_asked_for_and_not_called_too_high(self, client: Client, agency: Institution) -> None:
        page = text(client.post(f"{HOME}add/", filled(agency, tier="")))
        assert not Facilitation.objects.exists()
        assert "tingkat kantor Anda" not in page

    def test_what_a_higher_office_recorded_can_be_corrected(self, client: Client, agency: Institution) -> None:
        row = make_facilitation(tier="province", agency=agency)
        here = f"{HOME}{row.pk}/change/"
        client.post(here, {**shown_values(text(client.get(here))), "title": "Judul betul"})
        row.refresh_from_db()
        assert (row.title, row.tier) == ("Judul betul", "province")

    @pytest.mark.parametrize(
        ("over", "words"),
        [
            ({"area": "13.71"}, "di luar wilayah tugas Anda"),
            ({"area": "13", "tier": "province"}, "di luar wilayah tugas Anda"),
            ({"area": "", "tier": "central"}, "Tulis wilayah sasaran"),
            ({"tier": "central"}, "tingkat kantor Anda dan di bawahnya"),
            ({"tier": "province"}, "tingkat kantor Anda dan di bawahnya"),
            ({"held_on": "2099-01-01"}, "masih di depan"),
            ({"budget": "sejuta"}, "Tulis rupiah bulat"),
            ({"title": "a\x00b"}, "tidak diizinkan"),
        ],
    )
    def test_what_is_wrong_gets_a_sentence(
        self, client: Client, agency: Institution, over: dict[str, str], words: str
    ) -> None:
        make_area("13.71")
        assert words in text(client.post(f"{HOME}add/", filled(agency, **over)))
        assert not Facilitation.objects.exists()

    def test_another_areas_row_is_not_there(self, client: Client) -> None:
        row = make_facilitation("13.71", title="Milik Padang")
        assert client.get(f"{HOME}{row.pk}/change/").status_code == 404
        assert "Milik Padang" not in text(client.get(HOME))

    def test_two_officers_meet_both_versions(self, client: Client) -> None:
        row, kim = make_facilitation(), make_kim(name="KIM Tercentang")
        row.kims.add(kim)
        page = text(client.get(f"{HOME}{row.pk}/change/"))
        row.title = "Judul orang lain"
        row.keep(by=make_user())
        typed = {**shown_values(page), "title": "Judul saya", "kims": ["x", "9" * 30]}
        response = client.post(f"{HOME}{row.pk}/change/", typed)
        assert response.status_code == 409
        assert "KIM Tercentang" in text(response)
        assert "Judul orang lain" in text(response)
        row.refresh_from_db()
        assert row.title == "Judul orang lain"

    def test_kim_beyond_the_area_are_neither_offered_nor_taken(self, client: Client) -> None:
        row, foreign = make_facilitation(), make_kim("13.71.01.1001", "KIM Padang")
        page = text(client.get(f"{HOME}{row.pk}/change/"))
        assert "KIM Padang" not in page
        client.post(f"{HOME}{row.pk}/change/", {**shown_values(page), "kims": [foreign.pk]})
        assert not row.kims.exists()

    def test_a_workshop_leaves_drafts_through_its_action(self, client: Client) -> None:
        row, kim = make_facilitation(), make_kim()
        row.kims.add(kim)
        client.post(f"{HOME}{row.pk}/tindakan/bagikan-program/", {"year": "2027"})
        assert kim.programs.get().year == 2027
        assert "Draf program kerja dibagikan" in text(client.get(f"{HOME}{row.pk}/history/"))

    def test_other_roles_have_no_such_action(self, client: Client) -> None:
        row = make_facilitation(role="policy")
        assert client.post(f"{HOME}{row.pk}/tindakan/bagikan-program/", {"year": "2027"}).status_code == 403


def guideline(**over: Any) -> dict[str, Any]:
    file = SimpleUploadedFile("pedoman.pdf", make_pdf_bytes(), "application/pdf")
    values = {"title": "Pedoman KIM", "summary": "Langkah membentuk.", "tier": "regency", "topic": "founding"}
    return {**values, "area": "13.07", "document": file, **over}


class TestGuidelineAdmin:
    def test_publishes_a_guideline_and_its_next_version(self, client: Client) -> None:
        client.post(f"{LIBRARY}add/", guideline())
        row = Guideline.objects.get()
        assert row.versions.get().is_current
        page = text(client.get(f"{LIBRARY}{row.pk}/change/"))
        changed = {**shown_values(page), "document": guideline()["document"], "note": "Lampiran baru"}
        client.post(f"{LIBRARY}{row.pk}/change/", changed)
        assert [each.note for each in row.versions.all()] == ["Lampiran baru", ""]

    def test_changing_its_words_makes_no_version(self, client: Client) -> None:
        row = make_guideline()
        page = text(client.get(f"{LIBRARY}{row.pk}/change/"))
        client.post(f"{LIBRARY}{row.pk}/change/", {**shown_values(page), "title": "Judul baru"})
        row.refresh_from_db()
        assert (row.title, row.versions.count()) == ("Judul baru", 1)

    def test_a_guideline_begins_with_a_file(self, client: Client) -> None:
        assert "Pilih sebuah berkas" in text(client.post(f"{LIBRARY}add/", guideline(document="")))
        assert not Guideline.objects.exists()

    def test_another_area_is_refused_in_words(self, client: Client) -> None:
        make_area("13.71")
        assert "di luar wilayah tugas Anda" in text(client.post(f"{LIBRARY}add/", guideline(area="13.71")))
        assert "Tulis wilayah tempat pedoman ini berlaku" in text(client.post(f"{LIBRARY}add/", guideline(area="")))
        assert not Guideline.objects.exists()

    def test_another_areas_guideline_is_not_there(self, client: Client) -> None:
        assert client.get(f"{LIBRARY}{make_guideline('13').pk}/change/").status_code == 404
