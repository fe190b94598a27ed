"""Applying for a KIM: nothing typed is lost, nothing is sent twice."""

from __future__ import annotations

from typing import Any
from unittest.mock import Mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client

from accounts.models import Role, User
from accounts.outbox import OutgoingMail
from groups.models import FormDraft, Kim, Post
from groups.workflow import Status
from tests.factories import make_area, make_grant, make_kim, make_pdf_bytes, make_user
from uploads.models import Document

pytestmark = pytest.mark.django_db
FORM, CHECK = "/kim/pendaftaran/", "/kim/pendaftaran/periksa/"
VILLAGE = "13.07.11.2004"


@pytest.fixture
def user() -> User:
    make_area(VILLAGE)
    make_grant(make_user(), Role.KIM_VERIFIER, "13.07")
    return make_user(name="Rina Pengirim")


@pytest.fixture
def client(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def answers(**over: Any) -> dict[str, Any]:
    return {
        "area": VILLAGE,
        "name": "KIM Singgalang",
        "mode": "hybrid",
        "base_group": "new",
        "secretariat": "Kantor nagari",
        "sender": "chair",
        "chair_name": "Rina Pengirim",
        "chair_phone": "0812 3456 789",
        "chair_public": "on",
        "secretary_name": "Budi",
        "treasurer_name": "Cici",
        "conduct": "on",
        "step": "check",
        **over,
    }


DECREE = {
    "decree_number": "140/1/2026",
    "decree_decided_on": "2026-01-02",
    "decree_issuer": "village_head",
    "decree_valid_from": "2026-01-02",
    "decree_valid_until": "2029-01-02",
}


def pdf(extra: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile("SK rahasia Budi.pdf", make_pdf_bytes(extra), "application/pdf")


def text(response: Any) -> str:
    return response.content.decode()


class TestApplication:
    def test_a_visitor_signs_in_first(self) -> None:
        assert Client().get(FORM)["Location"] == f"/akun/login/?next={FORM}"

    def test_says_first_which_areas_have_a_verifier(self, client: Client) -> None:
        assert "Kabupaten Lima Puluh Kota" in text(client.get(FORM))

    def test_asks_nothing_about_origin_or_religion(self, client: Client) -> None:
        fields = [name.lower() for name in client.get(FORM).context["form"].fields]
        assert not [name for name in fields for bad in ("nik", "agama", "suku", "gender", "religion") if bad == name]
        assert "tanpa membedakan suku, agama, ras, golongan, status dan gender" in text(client.get(FORM))

    def test_area_without_verifier_is_refused_with_a_sentence_and_kept(self, client: Client, user: User) -> None:
        make_area("51.03.05.2003")
        response = client.post(FORM, answers(area="51.03.05.2003"))
        assert response.status_code == 422
        assert "Kabupaten Badung belum punya verifikator KIM" in text(response)
        assert FormDraft.objects.answers(user, "kim")["name"] == "KIM Singgalang"

    def test_area_without_verifier_is_said_first_whatever_else_is_wrong(self, client: Client) -> None:
        make_area("33.73.02.1004")
        page = text(client.post(FORM, answers(area="33.73.02.1004", name="", chair_name="", mode="")))
        summary = page.partition("error-summary")[2].partition("</ul>")[0]
        assert "belum punya verifikator KIM" in summary.partition("</li>")[0]
        assert "Tulis nama KIM." in summary

    def test_a_phone_number_that_is_too_short_is_called_so(self, client: Client) -> None:
        page = text(client.post(FORM, answers(chair_phone="0812", secretary_phone="rumah")))
        assert "Nomor telepon ini terlalu pendek" in page
        assert page.count("Nomor telepon ditulis dengan angka") == 2  # of the other one: in the summary, at the field
        assert 'value="0812"' in page

    def test_same_person_as_chair_and_treasurer(self, client: Client) -> None:
        response = client.post(FORM, answers(treasurer_name="rina  PENGIRIM"))
        assert response.status_code == 422
        assert response.context["form"].errors["treasurer_name"] == [
            "Orang ini sudah ditulis sebagai ketua. Satu orang memegang satu jabatan saja."
        ]

    def test_decree_that_ends_before_it_begins(self, client: Client) -> None:
        response = client.post(FORM, answers(**{**DECREE, "decree_valid_until": "2025-01-02"}))
        assert "SK tidak dapat berakhir sebelum mulai berlaku." in text(response)
        assert 'value="2025-01-02"' in text(response)

    def test_decree_is_given_whole_or_not_at_all(self, client: Client) -> None:
        errors = client.post(FORM, answers(decree_number="140/1")).context["form"].errors
        assert {"decree_decided_on", "decree_issuer", "decree_valid_from", "decree_valid_until"} <= set(errors)

    def test_the_file_of_a_decree_alone_is_not_dropped_in_silence(self, client: Client) -> None:
        response = client.post(FORM, answers(decree_file=pdf()))
        assert response.status_code == 422
        assert "Lengkapi isian SK, atau hapus berkasnya" in text(response)

    def test_name_that_the_village_has_already(self, client: Client) -> None:
        make_kim(VILLAGE, name="KIM Singgalang")
        assert "sudah ada KIM dengan nama itu" in text(client.post(FORM, answers(name="kim singgalang")))

    def test_conduct_must_be_accepted(self, client: Client) -> None:
        assert "Setujui tata perilaku" in text(client.post(FORM, answers(conduct="")))

    def test_sender_names_the_own_post(self, client: Client) -> None:
        response = client.post(FORM, answers(sender="collection"))
        assert "Ini jabatan Anda: tulis nama Anda." in text(response)

    def test_a_member_who_is_on_the_board_chooses_that_post(self, client: Client) -> None:
        assert "Nama Anda sudah tertulis di pengurus" in text(client.post(FORM, answers(sender="member")))

    def test_file_stays_when_another_field_is_wrong(self, client: Client, user: User) -> None:
        response = client.post(FORM, answers(name="", bylaws_file=pdf()))
        assert response.status_code == 422
        assert "Sudah diunggah" in text(response)
        assert FormDraft.objects.get(user=user).documents()["bylaws_file"].kind == "pdf"

    def test_new_file_takes_the_place_of_the_old_one(self, client: Client, user: User) -> None:
        for _ in range(2):
            client.post(FORM, answers(bylaws_file=pdf()))
        assert Document.objects.count() == 1
        client.post(FORM, answers(drop_file="bylaws_file"))
        assert Document.objects.count() == 0

    def test_file_with_a_script_is_refused_with_a_sentence(self, client: Client) -> None:
        response = client.post(FORM, answers(bylaws_file=pdf(b"/OpenAction <</S /JavaScript /JS (x)>>")))
        assert "PDF ini memuat skrip" in text(response)
        assert not Document.objects.exists()

    def test_draft_is_kept_without_javascript(self, client: Client) -> None:
        assert client.post(FORM, {"name": "KIM Setengah", "step": "keep"})["Location"] == FORM
        assert "KIM Setengah" in text(client.get(FORM))

    @pytest.mark.parametrize("value", ["\0", "\ud800", "x" * 100_000, "\u202e", "<script>"])
    def test_odd_text_gets_an_answer(self, client: Client, value: str) -> None:
        sent = value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        for name in ("name", "area", "area_words", "chair_name", "decree_valid_from", "mode", "sender"):
            assert client.post(FORM, answers(**{name: sent})).status_code in {302, 422}
            assert client.get(FORM).status_code == 200


class TestApplicationKeep:
    def test_keeps_the_answers_of_the_form_and_nothing_else(self, client: Client, user: User) -> None:
        assert client.post(f"{FORM}simpan/", {"name": "KIM A", "status": "active", "is_listed": "1"}).status_code == 200
        assert FormDraft.objects.answers(user, "kim") == {"name": "KIM A"}

    def test_leaves_uploaded_files_alone(self, client: Client, user: User) -> None:
        client.post(FORM, answers(bylaws_file=pdf()))
        client.post(f"{FORM}simpan/", {"name": "KIM B"})
        assert FormDraft.objects.get(user=user).documents()

    def test_nobody_else_reads_it(self, client: Client) -> None:
        client.post(f"{FORM}simpan/", {"name": "KIM Milik Rina"})
        other = Client()
        other.force_login(make_user())
        assert "Milik Rina" not in text(other.get(FORM))


class TestApplicationArea:
    def test_says_whether_somebody_reviews_there(self, client: Client) -> None:
        make_area("51.03.05.2003")
        assert client.get(f"{FORM}wilayah/?area={VILLAGE}").json() == {"text": ""}
        assert "belum punya verifikator" in client.get(f"{FORM}wilayah/?area=51.03.05.2003").json()["text"]
        assert client.get(f"{FORM}wilayah/?area=%00").json() == {"text": ""}


class TestApplicationCheck:
    def test_shows_every_answer_and_what_the_public_reads(self, client: Client) -> None:
        assert client.post(FORM, answers(**DECREE))["Location"] == CHECK
        page = text(client.get(CHECK))
        for words in (
            "KIM Singgalang",
            "Nagari Talang Maur",
            "140/1/2026",
            "Budi",
            "Nama tidak tampil",
            "Yang dibaca umum",
        ):
            assert words in page

    def test_sends_and_makes_the_sender_the_first_admin(self, client: Client, user: User) -> None:
        client.post(FORM, answers(**DECREE, bylaws_file=pdf(), decree_file=pdf()))
        response = client.post(CHECK)
        kim = Kim.objects.get()
        assert response["Location"] == f"/kim/{kim.slug}/kelola/"
        assert (kim.status, kim.slug, kim.area_id) == (Status.SUBMITTED, "kim-singgalang", VILLAGE)
        chair = kim.memberships.get(post=Post.CHAIR)
        assert (chair.user, chair.is_admin, chair.is_public, chair.phone) == (user, True, True, "0812 3456 789")
        assert kim.memberships.filter(is_admin=True).count() == 1
        assert kim.decrees.get().file
        assert kim.bylaws
        assert not FormDraft.objects.exists()
        assert client.get(response["Location"]).status_code == 200

    def test_an_ordinary_member_may_send(self, client: Client, user: User) -> None:
        client.post(FORM, answers(sender="member", chair_name="Dedi"))
        client.post(CHECK)
        sender = Kim.objects.get().memberships.get(is_admin=True)
        assert (sender.name, sender.post, sender.user) == ("Rina Pengirim", Post.MEMBER, user)

    def test_a_second_press_sends_nothing(self, client: Client) -> None:
        client.post(FORM, answers())
        client.post(CHECK)
        assert client.post(CHECK)["Location"] == "/kim/kelola/"
        assert Kim.objects.count() == 1

    def test_more_applications_a_day_than_anybody_needs_wait_with_a_sentence(
        self, client: Client, monkeypatch: Any
    ) -> None:
        monkeypatch.setattr("groups.views.application.APPLICATIONS_A_DAY", 2)
        for number in range(3):
            client.post(FORM, answers(name=f"KIM {number}"))
            response = client.post(CHECK)
        assert response.status_code == 429
        assert "kirimlah besok" in text(response)
        assert 'value="KIM 2"' in text(response)
        assert (Kim.objects.count(), FormDraft.objects.count()) == (2, 1)

    def test_a_name_taken_at_the_same_moment_loses_nothing(self, client: Client, monkeypatch: Any) -> None:
        client.post(FORM, answers())
        monkeypatch.setattr("groups.views.application.file_application", Mock(side_effect=IntegrityError))
        response = client.post(CHECK)
        assert response.status_code == 409
        assert "Baru saja terkirim KIM lain" in text(response)
        assert FormDraft.objects.exists()

    def test_forged_columns_change_nothing(self, client: Client) -> None:
        forged = {field.name: "1" for field in Kim._meta.fields if field.name not in answers()}
        client.post(FORM, answers(**forged))
        client.post(CHECK, forged)
        kim = Kim.objects.get()
        assert (kim.status, kim.is_listed, kim.national_id, kim.email) == (Status.SUBMITTED, False, "", "")

    def test_unfinished_answers_lead_back_with_the_sentences(self, client: Client) -> None:
        client.post(f"{FORM}simpan/", {"name": "KIM A"})
        response = client.post(CHECK)
        assert response.status_code == 422
        assert "Tulis nama ketua." in text(response)
        assert not Kim.objects.exists()

    def test_reserved_words_are_never_an_address(self, client: Client) -> None:
        client.post(FORM, answers(name="Pendaftaran"))
        client.post(CHECK)
        assert Kim.objects.get().slug == "kim-pendaftaran"

    def test_tells_nobody_before_and_the_admin_after(self, client: Client, user: User) -> None:
        client.post(FORM, answers())
        assert not OutgoingMail.objects.exists()
        client.post(CHECK)
        told = dict(OutgoingMail.objects.values_list("to", "template"))
        assert told.pop(user.email) == "groups/mail/status_changed.txt"
        assert list(told.values()) == ["groups/mail/application_waits.txt"]  # the verifier
