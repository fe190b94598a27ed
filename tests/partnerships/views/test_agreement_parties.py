"""Adding a third party to an agreement, and signing with all."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Institution
from partnerships.models import Agreement, AgreementParty, Side
from tests.factories import make_document, make_institution, make_kim, make_pdf_bytes, make_user
from tests.partnerships.factories import make_active, make_agreement, make_partnership, signature
from tests.partnerships.meetings import make_attendance, make_liaison, make_meeting

WORDS = {"kind": "joint_agreement", "subject": "Magang", "scope": "Magang di desa."}

pytestmark = pytest.mark.django_db


class TestAgreementParties:
    def test_looked_up_added_signed_and_printed(self, client: Client) -> None:
        admin, campus = make_user(), make_institution(name="Kampus Uji")
        row = make_active(make_kim(admin=admin))
        agreement = make_agreement(row)
        client.force_login(admin)
        path = agreement.get_absolute_url()
        assert "Tambahkan Kampus Uji" in client.get(f"{path}pihak/?q=kampus").content.decode()
        for _ in range(2):
            assert client.post(f"{path}pihak/", {"lembaga": campus.pk}).status_code == 302
        party = AgreementParty.objects.get()
        assert "disebut Pihak Ketiga" in client.get(f"{path}naskah/").content.decode()
        file = SimpleUploadedFile("a.pdf", make_pdf_bytes(), "application/pdf")
        data = {**signature(), "document": file, "version": agreement.version}
        answer = client.post(f"{path}tanda-tangan/", data)
        assert answer.status_code == 422
        assert "Penanda tangan dari Kampus Uji" in answer.content.decode()
        file = SimpleUploadedFile("a.pdf", make_pdf_bytes(), "application/pdf")
        data |= {"document": file, f"signer_{party.pk}": "Rektor Uji"}
        assert client.post(f"{path}tanda-tangan/", data).status_code == 302
        assert "Rektor Uji (Kampus Uji)" in client.get(path).content.decode()

    def test_a_third_party_reads_all_and_changes_nothing(self, client: Client) -> None:
        liaison, campus = make_liaison(make_institution(name="Kampus Uji"))
        row = make_partnership(title="Masih diusulkan")  # the third party does not see the partnership itself
        agreement = make_agreement(row, subject="Naskah bertiga")
        path = agreement.get_absolute_url()
        client.force_login(liaison)
        assert client.get(path).status_code == 404
        party = AgreementParty.join(agreement, campus, Side.FIRST, by=make_user())
        page = client.get(path).content.decode()
        assert "Penyuluhan bersama." in page
        assert "Masih diusulkan" not in page
        assert "Ubah naskah" not in page
        assert "Naskah bertiga" in client.get("/kemitraan/perjanjian/").content.decode()
        assert client.get(f"{path}naskah/").status_code == 200
        for name in ("ubah/", "pihak/", "tanda-tangan/", "akhiri/"):
            assert client.get(f"{path}{name}").status_code == 403
        assert client.get(row.get_absolute_url()).status_code == 404
        party.leave(Side.FIRST, by=make_user())
        assert client.get(path).status_code == 404

    def test_it_downloads_the_signed_paper(self, client: Client) -> None:
        admin = make_user()
        agreement = make_agreement()
        party = AgreementParty.join(agreement, make_kim(admin=admin), Side.FIRST, by=make_user())
        values = signature(signers={party.pk: ("Ketua KIM", "Ketua")})
        agreement.sign(Side.FIRST, by=make_user(), file=make_document(), **values)
        path = f"{agreement.get_absolute_url()}berkas/"
        client.force_login(admin)
        assert client.get(path).status_code == 200
        client.force_login(make_user())
        assert client.get(path).status_code == 404

    def test_a_kim_is_found_added_and_taken_off_after_a_question(self, client: Client) -> None:
        admin, kim = make_user(), make_kim(name="KIM Kenanga", status="active")
        agreement = make_agreement(make_active(make_kim(admin=admin)))
        client.force_login(admin)
        path = f"{agreement.get_absolute_url()}pihak/"
        assert "Tambahkan KIM Kenanga" in client.get(f"{path}?q=kenanga").content.decode()
        client.post(path, {"kim": kim.pk})
        party = agreement.parties.get()
        assert "Keluarkan KIM Kenanga?" in client.get(path).content.decode()
        client.post(path, {"keluarkan": party.pk})
        assert not agreement.parties.exists()

    @pytest.mark.parametrize("data", [{}, {"lembaga": "x"}, {"lembaga": "9" * 40}, {"lembaga": "99999"}])
    def test_what_means_no_institution_is_said(self, client: Client, data: dict[str, str]) -> None:
        admin = make_user()
        row = make_active(make_kim(admin=admin))
        agreement = make_agreement(row)
        client.force_login(admin)
        answer = client.post(f"{agreement.get_absolute_url()}pihak/", data, follow=True)
        assert "Pilih KIM atau lembaga dari hasil pencarian." in answer.content.decode()

    def test_who_came_to_the_meeting_is_offered_and_a_party_no_more(self, client: Client) -> None:
        liaison, host = make_liaison(make_institution(name="Dinas Uji"))
        meeting = make_meeting(host, by=liaison)
        campus, bank = make_institution(name="Kampus Uji"), make_institution(name="Bank Uji")
        for each in (host, campus, bank):
            make_attendance(meeting, each.name, each)
        client.force_login(liaison)
        chosen = client.get(f"{meeting.get_absolute_url()}perjanjian/").content.decode().split("<h2>Lembaga</h2>")[0]
        assert ("Kampus Uji" in chosen, "Bank Uji" in chosen, ">Dinas Uji<" in chosen) == (True, True, False)
        agreement = Agreement.between(host, campus, Side.FIRST, by=liaison, meeting=meeting, **WORDS)
        path = f"{agreement.get_absolute_url()}pihak/"
        page = client.get(path).content.decode()
        assert ("Tambahkan Bank Uji" in page, "Tambahkan Kampus Uji" in page) == (True, False)
        client.post(path, {"lembaga": bank.pk})
        assert "Tambahkan Bank Uji" not in client.get(f"{path}?q=bank").content.decode()

    def test_found_by_words_of_name_and_area(self, client: Client) -> None:
        admin = make_user()
        make_institution("Dinas Informatika Uji", "51")
        agreement = make_agreement(make_active(make_kim(admin=admin)))
        client.force_login(admin)
        path = f"{agreement.get_absolute_url()}pihak/"
        assert "Tambahkan Dinas Informatika Uji" in client.get(f"{path}?q=informatika+bali").content.decode()
        assert "Tambahkan Dinas Informatika Uji" not in client.get(f"{path}?q=informatika+aceh").content.decode()

    @pytest.mark.parametrize(
        ("email", "words"), [("dinas@contoh.invalid", "dikabari lewat e-mail"), ("", "Kabari sendiri lewat surat")]
    )
    def test_only_who_can_be_reached_is_called_told(self, client: Client, email: str, words: str) -> None:
        admin, campus = make_user(), make_institution(name="Kampus Uji")
        Institution.objects.filter(pk=campus.pk).update(email=email)
        agreement = make_agreement(make_active(make_kim(admin=admin)))
        client.force_login(admin)
        path = f"{agreement.get_absolute_url()}pihak/"
        answer = client.post(path, {"lembaga": campus.pk}, follow=True)
        assert words in answer.content.decode()
