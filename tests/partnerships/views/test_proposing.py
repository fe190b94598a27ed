"""Proposing, from the other side's name to terms that both read."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import Institution, Role, User
from accounts.outbox import OutgoingMail
from groups.models import Kim
from partnerships.models import Partnership, Side
from partnerships.quotas import A_DAY
from tests.factories import make_grant, make_institution, make_kim, make_user
from tests.partnerships.factories import make_expertise, make_legal_basis, make_partnership, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    return make_user("admin@kim.invalid")


@pytest.fixture
def kim(admin: User) -> Kim:
    return make_kim(admin=admin)


@pytest.fixture
def partner() -> Institution:
    return make_institution("Puskesmas Mungka")


def typed(**over: Any) -> dict[str, Any]:
    values = {
        "title": "Penyuluhan gizi",
        "purpose": "Ibu balita tahu menu sehat.",
        "first_duties": "Mengundang warga.",
        "partner_duties": "Mengirim penyuluh.",
        "starts_on": today(),
        "ends_on": today(300),
        "kind": "outreach",
        "name": "Posyandu",
        "place": "Balai nagari",
        "first_on": today(7),
        "begins_at": "09:00",
        "repeats": "weekly",
        "contact_person": "Bidan Uji",
    }
    return {**values, **over}


def path(kim: Kim, **query: Any) -> str:
    return f"/kim/{kim.slug}/kemitraan/usulkan/?" + "&".join(f"{name}={value}" for name, value in query.items())


class TestQuota:
    def test_a_day_has_a_last_letter_and_what_was_typed_stays(
        self, client: Client, monkeypatch: pytest.MonkeyPatch, admin: User, kim: Kim, partner: Institution
    ) -> None:
        """One number for proposing, changing terms and moving a forum; what is refused for a mistake is not counted."""
        monkeypatch.setitem(A_DAY, "partnership_proposal", 2)
        make_grant(make_user(), Role.LIAISON, institution=partner)
        client.force_login(admin)
        here = path(kim, mitra=partner.pk, dasar="analog")
        assert client.post(here, typed(starts_on=today(9), ends_on=today(3))).status_code == 422
        assert client.post(here, typed()).status_code == 302
        assert client.post(here, typed()).status_code == 422  # the same days once more
        row, letters = Partnership.objects.get(), OutgoingMail.objects.count()
        changed = typed(purpose="Tujuan kedua.", terms_version=row.terms_version)
        assert client.post(f"{row.get_absolute_url()}ubah/", changed).status_code == 302
        assert OutgoingMail.objects.count() > letters
        letters = OutgoingMail.objects.count()
        changed = typed(purpose="Tujuan ketiga.", terms_version=row.terms_version + 1)
        for address, post in ((f"{row.get_absolute_url()}ubah/", changed), (here, typed(purpose="Tujuan ketiga."))):
            answer = client.post(address, post)
            page = answer.content.decode()
            assert answer.status_code == 429
            assert "sudah 2 kali mengirim usulan" in page
            assert "Tujuan ketiga." in page
        assert (OutgoingMail.objects.count(), Partnership.objects.get().purpose) == (letters, "Tujuan kedua.")


class TestOfferedExperience:
    def test_the_other_sides_unproven_is_nobodys_to_read_before_it_is_chosen(
        self, client: Client, admin: User, kim: Kim, partner: Institution
    ) -> None:
        mine = make_expertise(kim, proven=False)
        hidden = make_expertise(partner, proven=False, field="digital")
        shown = make_expertise(partner, field="farming")
        client.force_login(admin)
        page = client.get(path(kim, mitra=partner.pk, dasar="experience")).content.decode()
        offered = [each.pk for each in (mine, hidden, shown) if f'<option value="{each.pk}"' in page]
        assert offered == [mine.pk, shown.pk]
        liaison = make_user()
        make_grant(liaison, Role.LIAISON, institution=partner)
        row = make_partnership(kim, partner, basis="experience", expertise=mine)
        client.force_login(liaison)
        page = client.get(f"{row.get_absolute_url()}ubah/").content.decode()
        offered = [each.pk for each in (mine, hidden, shown) if f'<option value="{each.pk}"' in page]
        assert offered == [mine.pk, hidden.pk, shown.pk]  # the one that was chosen stays


class TestPropose:
    def test_partner_then_basis_then_terms(self, client: Client, admin: User, kim: Kim, partner: Institution) -> None:
        client.force_login(admin)
        page = client.get(path(kim, q="mungka")).content.decode()
        assert f"?mitra={partner.pk}" in page
        page = client.get(path(kim, mitra=partner.pk)).content.decode()
        assert page.count("Kelebihan") == page.count("Keterbatasan") == 3
        assert f"mitra={partner.pk}&amp;dasar=analog" in page
        response = client.post(path(kim, mitra=partner.pk, dasar="analog"), typed())
        row = Partnership.objects.get()
        assert response["Location"] == row.get_absolute_url()
        assert (row.kim, row.partner, row.forum and row.forum.place) == (kim, partner, "Balai nagari")

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"place": "https://zoom.us/j/1"}, "Tautan rapat daring bukan tempat"),
            ({"ends_on": "2020-01-01"}, "tidak dapat berakhir sebelum dimulai"),
            ({"starts_on": "0206-01-01"}, "Periksa tahunnya"),
            ({"begins_at": "25:99"}, "Tulis waktu seperti 14.30"),
            ({"until": today(1)}, "Tanggal akhir tidak boleh sebelum pertemuan pertama"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
        self, client: Client, admin: User, kim: Kim, partner: Institution, wrong: dict[str, Any], sentence: str
    ) -> None:
        client.force_login(admin)
        response = client.post(path(kim, mitra=partner.pk, dasar="analog"), typed(**wrong))
        page = response.content.decode()
        assert response.status_code == 422
        assert sentence in page
        assert "Ibu balita tahu menu sehat." in page
        assert not Partnership.objects.exists()

    def test_overlap_names_the_other_one(self, client: Client, admin: User, kim: Kim, partner: Institution) -> None:
        make_partnership(kim, partner, title="Yang lama")
        client.force_login(admin)
        page = client.post(path(kim, mitra=partner.pk, dasar="analog"), typed()).content.decode()
        assert "bertumpuk dengan “Yang lama”" in page

    def test_a_partner_is_found_by_any_words_and_the_near_come_first(
        self, client: Client, admin: User, kim: Kim, partner: Institution
    ) -> None:
        Institution.objects.filter(pk=partner.pk).update(name="Perpustakaan Nagari Uji Bukik")
        far = make_institution("Aneka Jauh", "51.03")
        client.force_login(admin)
        page = client.get(path(kim)).content.decode()
        assert ("Uji Bukik" in page, far.name in page) == (True, False)
        found = client.get(path(kim, q="perpustakaan+bukik")).content.decode()
        assert ("Uji Bukik" in found, far.name in found) == (True, False)
        assert far.name in client.get(path(kim, q="jauh")).content.decode()

    def test_a_liaison_proposes_to_a_kim_which_stays_the_first_side(
        self, client: Client, kim: Kim, partner: Institution
    ) -> None:
        liaison = make_user()
        make_grant(liaison, Role.LIAISON, institution=partner)
        Kim.objects.filter(pk=kim.pk).update(status="active")
        client.force_login(liaison)
        address = f"/kemitraan/lembaga/{partner.pk}/usulkan/?kim={kim.slug}&dasar=regulation"
        basis = make_legal_basis()
        assert client.post(address, typed(legal_basis=basis.pk)).status_code == 302
        row = Partnership.objects.get()
        assert (row.kim, row.partner) == (kim, partner)
        assert row.first_confirmed_at is None
        assert row.partner_confirmed_at is not None

    def test_a_basis_of_another_regency_is_not_offered(
        self, client: Client, admin: User, kim: Kim, partner: Institution
    ) -> None:
        foreign = make_legal_basis("13.71")
        client.force_login(admin)
        address = path(kim, mitra=partner.pk, dasar="regulation")
        assert client.post(address, typed(legal_basis=foreign.pk)).status_code == 422

    def test_an_ended_one_is_taken_up_without_its_days(
        self, client: Client, admin: User, kim: Kim, partner: Institution
    ) -> None:
        old = make_partnership(kim, partner, title="Musim lalu", starts_on=today(-400), ends_on=today(-40))
        client.force_login(admin)
        address = path(kim, mitra=partner.pk, dasar="analog", lanjutkan=old.public_id)
        page = client.get(address).content.decode()
        assert "Musim lalu" in page
        assert f'value="{today(-40)}"' not in page


class TestTermsEdit:
    def test_a_stale_form_shows_what_is_stored_and_keeps_what_was_typed(
        self, client: Client, admin: User, kim: Kim
    ) -> None:
        row = make_partnership(kim)
        client.force_login(admin)
        address = f"{row.get_absolute_url()}ubah/"
        row.change_terms(side=Side.PARTNER, by=make_user(), forum=row.forum, basis="analog", purpose="Dari mitra.")
        response = client.post(address, typed(terms_version=1, purpose="Dari KIM."))
        page = response.content.decode()
        assert response.status_code == 409
        assert "Dari mitra." in page
        assert "Dari KIM." in page
        assert client.post(address, typed(terms_version=2, purpose="Dari KIM.")).status_code == 302
        assert Partnership.objects.get().purpose == "Dari KIM."
