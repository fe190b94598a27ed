"""The form as a browser, a script and a hurried person use it."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from reports import cookies, intake
from reports.models import Report, Reporter
from tests.factories import make_area, make_user
from tests.reports.views.sending import TEXT, URL, answers, hidden_values, send_json, shown_code

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]


class TestReportCreate:
    def test_form_is_never_kept_by_a_cache(self, client: Client) -> None:
        assert "no-store" in client.get(URL)["Cache-Control"]

    def test_every_form_has_a_key_of_its_own(self, client: Client) -> None:
        keys = {client.get(URL).context["form"]["submission_id"].value() for _ in range(3)}
        assert len(keys) == 3

    def test_submit_leads_to_the_receipt_with_the_code(self, client: Client) -> None:
        data = answers()
        response = client.post(URL, data)
        assert response.status_code == 302
        assert response.url == reverse("reports:receipt")
        page = client.get(response.url).content.decode()
        assert shown_code(data) in page

    def test_check_step_stores_nothing_and_says_so(self, client: Client) -> None:
        page = client.post(URL, answers(step="check")).content.decode()
        assert "belum terkirim" in page
        assert "Yang akan dilihat publik" in page
        assert not Report.objects.exists()

    def test_check_step_hands_every_answer_on(self, client: Client) -> None:
        data = answers(step="check", is_secret="on", name="Nama Uji", email="uji@contoh.invalid", consent="on")
        page = client.post(URL, data).content.decode()
        client.post(URL, {**hidden_values(page), "step": "submit"})
        report = Report.objects.get()
        assert report.is_secret
        assert (report.description, report.place, report.area_id) == (TEXT, "Jorong Koto", "13.07.11.2004")
        assert report.reporter.name == "Nama Uji"

    def test_edit_step_shows_the_form_filled(self, client: Client) -> None:
        response = client.post(URL, answers(step="edit"))
        assert response.status_code == 200
        assert TEXT in response.content.decode()

    def test_an_unserved_area_is_said_together_with_other_errors(self, client: Client) -> None:
        make_area("33.73.02.1004")
        page = client.post(URL, answers(category="", area="33.73.02.1004")).content.decode()
        assert "Pilih kategori." in page
        assert "Kota Salatiga belum melayani" in page

    def test_wrong_address_is_said_plainly(self, client: Client) -> None:
        page = client.post(URL, answers(email="bukan-alamat", consent="on")).content.decode()
        assert "Alamat e-mail tidak lengkap. Contoh: nama@contoh.id." in page

    def test_error_keeps_what_was_typed(self, client: Client) -> None:
        response = client.post(URL, answers(category="", email="bukan-alamat", name="Nama Uji"))
        page = response.content.decode()
        assert response.status_code == 422
        assert all(typed in page for typed in (TEXT, "Jorong Koto", "bukan-alamat", "Nama Uji"))
        assert "Pilih kategori." in page

    def test_personal_data_need_consent(self, client: Client) -> None:
        response = client.post(URL, answers(phone="0812 0000 0000"))
        assert "Centang persetujuan" in response.content.decode()
        assert not Report.objects.exists()

    def test_area_without_office_is_told_where_to_turn(self, client: Client) -> None:
        make_area("33.73.02.1004")
        page = client.post(URL, answers(area="33.73.02.1004")).content.decode()
        assert "Kota Salatiga belum melayani laporan di sini" in page
        assert "lapor.go.id" in page
        assert TEXT in page

    @pytest.mark.parametrize("key", ["", "bukan-kunci", "00000000-0000-1000-8000-000000000000"])
    def test_broken_key_is_a_sentence(self, client: Client, key: str) -> None:
        assert client.post(URL, answers(submission_id=key)).status_code == 422

    def test_coordinates_outside_the_country_are_refused(self, client: Client) -> None:
        assert client.post(URL, answers(latitude="52.37", longitude="4.89")).status_code == 422

    def test_half_a_position_is_none(self, client: Client) -> None:
        client.post(URL, answers(latitude="-0.1"))
        assert Report.objects.get().latitude is None


class TestReplay:
    def test_second_send_shows_the_same_code(self, client: Client) -> None:
        data = answers()
        first, second = send_json(client, data), send_json(client, data)
        assert (first.status_code, second.status_code) == (201, 200)
        assert first.json() == second.json()
        assert Report.objects.count() == 1

    def test_other_content_is_409_without_any_code_and_keeps_the_text(self, client: Client) -> None:
        data = answers()
        client.post(URL, data)
        stranger = Client()
        response = stranger.post(URL, {**data, "description": "Isi lain dengan kunci yang sama."})
        page = response.content.decode()
        assert response.status_code == 409
        assert "Isi lain dengan kunci yang sama." in page
        assert shown_code(data) not in page
        assert cookies.NAME not in response.cookies
        assert response.context["form"]["submission_id"].value() != data["submission_id"]

    def test_other_content_as_json_has_no_code(self, client: Client) -> None:
        data = answers()
        send_json(client, data)
        response = send_json(Client(), {**data, "description": "Isi lain dengan kunci yang sama."})
        assert response.status_code == 409
        assert set(response.json()) == {"errors"}


class TestJson:
    def test_new_report_is_201_with_code_address_and_cookie(self, client: Client) -> None:
        data = answers()
        response = send_json(client, data)
        assert response.json() == {
            "tracking_code": shown_code(data),
            "receipt_url": "/laporan/tanda-terima/",
        }
        assert client.get("/laporan/tanda-terima/").status_code == 200

    def test_bad_input_is_422_by_field(self, client: Client) -> None:
        response = send_json(client, answers(description="", category="tidak-ada"))
        assert response.status_code == 422
        assert json.loads(response.content)["errors"]["description"] == ["Tulis isi laporan."]
        assert "category" in response.json()["errors"]


class TestAnonymous:
    def test_identity_is_dropped_before_it_is_checked(self, client: Client) -> None:
        response = client.post(URL, answers(is_anonymous="on", email="bukan-alamat", phone="abc", name="x" * 500))
        assert response.status_code == 302
        assert not Reporter.objects.exists()

    def test_signed_in_person_leaves_no_trace(self, client: Client) -> None:
        client.force_login(make_user())
        client.post(URL, answers(is_anonymous="on"))
        assert not Reporter.objects.exists()

    def test_signed_in_person_is_kept_otherwise(self, client: Client) -> None:
        user = make_user()
        client.force_login(user)
        client.post(URL, answers())
        assert Report.objects.get().reporter.user == user

    def test_check_page_does_not_hand_the_identity_on(self, client: Client) -> None:
        page = client.post(URL, answers(step="check", is_anonymous="on", name="Nama Uji")).content.decode()
        assert "Nama Uji" not in page

    def test_nothing_about_a_report_is_kept_in_a_session(self, client: Client) -> None:
        client.post(URL, answers())
        client.get("/laporan/tanda-terima/")
        assert "sessionid" not in client.cookies


class TestHeld:
    def test_honeypot_holds_and_still_gives_the_code(self, client: Client) -> None:
        assert send_json(client, answers(**{intake.HONEYPOT: "https://contoh.invalid"})).status_code == 201
        assert Report.objects.get().is_held

    def test_form_sent_within_seconds_is_held(self, client: Client) -> None:
        client.post(URL, answers(**{intake.STARTED: intake.start_stamp()}))
        assert Report.objects.get().is_held

    def test_forged_stamp_is_held(self, client: Client) -> None:
        client.post(URL, answers(**{intake.STARTED: "palsu"}))
        assert Report.objects.get().is_held

    def test_person_who_took_time_is_not_held(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        stamp = intake.start_stamp()
        now = intake.time.time()
        monkeypatch.setattr(intake.time, "time", lambda: now + 30)
        client.post(URL, answers(**{intake.STARTED: stamp}))
        assert not Report.objects.get().is_held

    def test_quota_holds_and_never_refuses(self, client: Client) -> None:
        for _ in range(intake.REPORTS_A_DAY + 1):
            assert send_json(client, answers()).status_code == 201
        assert Report.objects.filter(is_held=True).count() == 1

    def test_address_alone_does_not_count(self) -> None:
        for _ in range(intake.REPORTS_A_DAY + 1):
            browser = Client()
            browser.cookies["csrftoken"] = uuid4().hex
            send_json(browser, answers())
        assert not Report.objects.filter(is_held=True).exists()


class TestOffice:
    def test_served_area_says_nothing(self, client: Client) -> None:
        assert client.get(reverse("reports:office"), {"area": "13.07.11.2004"}).json() == {"text": ""}

    def test_area_without_office_is_named(self, client: Client) -> None:
        make_area("33.73.02.1004")
        text = client.get(reverse("reports:office"), {"area": "33.73.02.1004"}).json()["text"]
        assert text.startswith("Kota Salatiga belum melayani")

    @pytest.mark.parametrize("area", ["", "x", "\x00", "99.99"])
    def test_unknown_area_says_nothing(self, client: Client, area: str) -> None:
        assert client.get(reverse("reports:office"), {"area": area}).json() == {"text": ""}
