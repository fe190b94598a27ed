"""What comes with and after the form: photos, the receipt."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from reports import codes, cookies
from reports.models import Report, ReportPhoto
from tests.reports.views.sending import TEXT, URL, answers, hidden_values, photo, shown_code

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office")]


class TestPhotos:
    def test_single_post_with_photos(self, client: Client) -> None:
        client.post(URL, answers(photos=[photo(), photo(width=300)]))
        assert Report.objects.get().photos.count() == 2

    def test_photo_of_the_check_step_reaches_the_report(self, client: Client) -> None:
        data = answers(step="check", photos=[photo()])
        page = client.post(URL, data).content.decode()
        assert "data:image/jpeg;base64," in page
        client.post(URL, {**hidden_values(page), "step": "submit"})
        assert Report.objects.get().photos.count() == 1

    def test_photo_survives_an_error_elsewhere(self, client: Client) -> None:
        data = answers(category="", photos=[photo()])
        assert "data:image/jpeg;base64," in client.post(URL, data).content.decode()
        client.post(URL, {**data, "category": "jalan", "photos": []})
        assert Report.objects.get().photos.count() == 1

    def test_same_photo_twice_is_one(self, client: Client) -> None:
        data = answers(photos=[photo()])
        client.post(URL, {**data, "step": "check"})
        data["photos"] = [photo()]
        client.post(URL, data)
        assert ReportPhoto.objects.count() == 1

    def test_fourth_photo_is_refused_with_a_sentence(self, client: Client) -> None:
        key = str(uuid4())
        client.post(URL, answers(submission_id=key, step="check", photos=[photo(width=100 + n) for n in range(3)]))
        response = client.post(URL, answers(submission_id=key, photos=[photo(width=400)]))
        assert response.status_code == 422
        assert "Paling banyak 3 foto" in response.content.decode()

    def test_draft_can_be_thrown_away(self, client: Client) -> None:
        key = str(uuid4())
        client.post(URL, answers(submission_id=key, step="check", photos=[photo()]))
        client.post(URL, answers(submission_id=key, step="edit", drop_photo="0"))
        assert not ReportPhoto.objects.exists()

    def test_photo_sent_under_a_used_key_goes_with_the_new_one(self, client: Client) -> None:
        data = answers()
        client.post(URL, data)
        response = client.post(URL, {**data, "description": "Isi lain sama sekali.", "photos": [photo()]})
        assert response.status_code == 409
        fresh = response.context["form"]["submission_id"].value()
        client.post(URL, answers(submission_id=fresh, description="Isi lain sama sekali."))
        assert Report.objects.get(description="Isi lain sama sekali.").photos.count() == 1

    def test_draft_of_another_form_cannot_be_thrown_away(self, client: Client) -> None:
        client.post(URL, answers(step="check", photos=[photo()]))
        client.post(URL, answers(step="edit", drop_photo="0"))
        assert ReportPhoto.objects.count() == 1

    def test_no_photo_is_public_before_an_officer_ticks_it(self, client: Client) -> None:
        client.post(URL, answers(photos=[photo()]))
        image = ReportPhoto.objects.get().image_id
        assert Client().get(reverse("reports:photo", args=[image, "small"])).status_code == 404
        assert client.get(reverse("reports:photo", args=[image, "small"])).status_code == 200

    def test_file_that_is_no_photo_is_a_sentence(self, client: Client) -> None:
        response = client.post(URL, answers(photos=[SimpleUploadedFile("foto.jpg", b"%!PS-Adobe", "image/jpeg")]))
        assert response.status_code == 422
        assert TEXT in response.content.decode()


class TestReceipt:
    def test_shows_office_and_deadline_and_no_code_in_an_address(self, client: Client) -> None:
        client.post(URL, answers())
        page = client.get("/laporan/tanda-terima/").content.decode()
        assert "Kabupaten Lima Puluh Kota" in page
        assert "paling lambat" in page

    def test_without_the_cookie_there_is_a_way_back(self, client: Client) -> None:
        response = client.get("/laporan/tanda-terima/")
        assert response.status_code == 404
        assert "Lacak dengan kode" in response.content.decode()

    def test_forged_cookie_opens_nothing(self, client: Client) -> None:
        client.post(URL, answers())
        forger = Client()
        forger.cookies[cookies.NAME] = codes.new_code()
        assert forger.get("/laporan/tanda-terima/").status_code == 404

    def test_cookie_is_short_hidden_from_scripts_and_bound_to_reports(self, client: Client) -> None:
        morsel = client.post(URL, answers()).cookies[cookies.NAME]
        assert (morsel["httponly"], morsel["path"], morsel["samesite"]) == (True, "/laporan/", "Strict")
        assert morsel["max-age"] <= 3600

    def test_shared_phone_can_close_it(self, client: Client) -> None:
        client.post(URL, answers())
        client.post(reverse("reports:receipt_forget"))
        assert client.get("/laporan/tanda-terima/").status_code == 404

    def test_text_file_holds_the_code(self, client: Client) -> None:
        data = answers()
        client.post(URL, data)
        response = client.get(reverse("reports:receipt_text"))
        assert shown_code(data) in response.content.decode()
        assert "attachment" in response["Content-Disposition"]


class TestReceiptPhoto:
    def test_photo_is_added_once(self, client: Client) -> None:
        client.post(URL, answers())
        for _ in range(2):
            client.post(reverse("reports:receipt_photo"), {"photos": [photo()]})
        assert Report.objects.get().photos.count() == 1

    def test_without_the_cookie_nothing_is_added(self, client: Client) -> None:
        client.post(URL, answers())
        assert Client().post(reverse("reports:receipt_photo"), {"photos": [photo()]}).status_code == 404
        assert not ReportPhoto.objects.exists()

    def test_missing_photo_is_a_sentence(self, client: Client) -> None:
        client.post(URL, answers())
        assert client.post(reverse("reports:receipt_photo")).status_code == 422
