"""Reports on paper and for a neighbour: who may write one down, what is kept, what is handed back."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reports import cookies
from reports.forms import FilingForm
from reports.models import Category, Report, Reporter
from tests.cast import OTHER_VILLAGE, VILLAGE
from tests.factories import make_area, make_photo_bytes

CREATE, RECEIPT, FORM = (reverse(f"reports:{name}") for name in ("neighbour_create", "neighbour_receipt", "paper_form"))


def answers(**over):
    values = {
        "submission_id": str(uuid4()),
        "source": "in_person",
        "category": "jalan",
        "description": "Lampu jalan mati di depan posyandu.",
        "area": VILLAGE,
    }
    return {**values, **over}


@pytest.fixture
def desk(client, cast):
    make_area(VILLAGE)
    client.force_login(cast.officer)
    return client


class TestNeighbourCreate:
    @pytest.mark.parametrize("name", ["owner", "liaison", "confidentiality", "province_reader", "superuser"])
    def test_only_coordinators(self, client, cast, name):
        make_area(VILLAGE)
        client.force_login(cast.people[name])
        assert client.get(CREATE).status_code == 403
        assert client.post(CREATE, answers()).status_code == 403
        assert client.get(RECEIPT).status_code == 403
        assert not Report.objects.exists()

    def test_visitor_is_asked_to_sign_in(self, client, db):
        assert client.get(CREATE).status_code == 302

    def test_stores_source_and_the_office_never_the_officer_as_reporter(self, desk, cast):
        answer = desk.post(CREATE, answers(source="phone", name="Pak Tani", phone="0812 0000 0000", consent="on"))
        assert answer.url == RECEIPT
        report = Report.objects.get()
        event = report.events.get()
        assert (report.source, event.action, event.actor_key) == ("phone", "filed_for", cast.officer.pk)
        assert event.actor_label == "Petugas laporan Kabupaten Lima Puluh Kota"
        assert (report.reporter.name, report.reporter.user) == ("Pak Tani", None)

    def test_contact_needs_consent(self, desk):
        answer = desk.post(CREATE, answers(name="Pak Tani"))
        assert answer.status_code == 422
        assert "Pak Tani" in answer.content.decode()
        assert not Report.objects.exists()

    def test_for_an_anonymous_neighbour_nothing_of_a_person_and_no_time_is_kept(self, desk):
        desk.post(CREATE, answers(is_anonymous="on", name="Pak Tani", phone="0812 0000 0000", consent="on"))
        report = Report.objects.get()
        assert not Reporter.objects.exists()
        assert report.events.get().is_day_only
        assert report.area.local(report.created_at).hour == 0

    def test_area_must_be_the_officers(self, desk):
        make_area(OTHER_VILLAGE)
        answer = desk.post(CREATE, answers(area=OTHER_VILLAGE))
        assert answer.status_code == 422
        assert "di luar wilayah tugas Anda" in answer.content.decode()
        assert "Lampu jalan mati" in answer.content.decode()
        assert not Report.objects.exists()

    @pytest.mark.parametrize("source", ["", "web", "x"])
    def test_source_is_asked(self, desk, source):
        assert desk.post(CREATE, answers(source=source)).status_code == 422
        assert not Report.objects.exists()

    def test_sent_twice_is_one_report(self, desk):
        data = answers()
        codes = [desk.post(CREATE, data) and desk.get(RECEIPT).context["code"] for _ in range(2)]
        assert Report.objects.count() == 1
        assert codes[0] == codes[1]

    def test_other_content_under_the_same_key_keeps_the_words_and_shows_no_code(self, desk):
        data = answers()
        desk.post(CREATE, data)
        answer = desk.post(CREATE, {**data, "description": "Jembatan gantung putus."})
        assert answer.status_code == 409
        assert "Jembatan gantung putus." in answer.content.decode()
        assert data["submission_id"] not in answer.content.decode()
        assert Report.objects.count() == 1

    def test_photos_outlive_an_error_elsewhere(self, desk):
        data = answers(source="")
        desk.post(CREATE, {**data, "photos": SimpleUploadedFile("a.jpg", make_photo_bytes(), "image/jpeg")})
        desk.post(CREATE, {**data, "source": "paper"})
        assert Report.objects.get().photos.count() == 1

    def test_forged_fields_change_nothing_else(self, desk):
        desk.post(CREATE, answers(status="closed", is_published="1", public_text="x", is_held="1", institution="1"))
        report = Report.objects.get()
        assert (report.status, report.is_published, report.is_held, report.institution) == (
            "submitted",
            False,
            False,
            None,
        )


class TestNeighbourReceipt:
    def test_strip_holds_the_code_and_no_name(self, desk):
        desk.post(CREATE, answers(name="Pak Tani", consent="on"))
        answer = desk.get(RECEIPT)
        assert answer.context["code"] in answer.content.decode()
        assert "Pak Tani" not in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]

    def test_of_a_secret_report_the_strip_does_not_say_what_it_is_about(self, desk):
        desk.post(CREATE, answers(is_secret="on"))
        assert "Jalan dan jembatan" not in desk.get(RECEIPT).content.decode()

    def test_gone_without_the_cookie(self, desk):
        desk.post(CREATE, answers())
        desk.cookies.pop(cookies.NAME)
        assert desk.get(RECEIPT).status_code == 404


class TestPaperForm:
    def test_says_what_the_form_on_the_screen_says(self, client, db):
        content = client.get(FORM).content.decode()
        fields = FilingForm().fields
        for name in ("is_anonymous", "is_secret", "hide_contact"):
            assert fields[name].label in content
            assert fields[name].help_text in content
        for category in Category.objects.in_use():
            assert category.name.replace("&", "&amp;") in content

    def test_leaves_out_a_category_no_longer_in_use(self, client, db):
        Category.objects.filter(code="sampah").update(is_active=False)
        assert "Sampah dan lingkungan" not in client.get(FORM).content.decode()
