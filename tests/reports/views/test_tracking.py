"""Following a report: the code opens it, nothing else does, and every wrong code looks the same."""

from __future__ import annotations

import io
import logging
from re import subn
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from reports import codes
from reports.models import Report
from reports.models.filing import Contact
from reports.views import tracking
from reports.workflow import Status
from tests.factories import Actor, make_photo_bytes, make_report, make_user
from tests.reports.views.sending import REPLY, STATUS, TRACK, filed, holder, without_token
from uploads.images import make_safe

pytestmark = pytest.mark.django_db


def without_typed(page: str) -> str:
    """The answer without what the field holds."""
    without, fields = subn(r'(<input[^>]*name="code")( value="[^"]*")?', r"\1", without_token(page))
    assert fields == 1
    return without


class TestReportTrack:
    @pytest.mark.parametrize("write", [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} "])
    def test_right_code_in_any_spelling_opens_the_report(self, client: Client, write: Any) -> None:
        report, code = filed()
        response = client.post(TRACK, {"code": write(codes.display_code(code))})
        assert (response.status_code, response.url) == (302, STATUS)
        assert report.description in client.get(STATUS).content.decode()

    def test_right_code_opens_a_secret_report(self) -> None:
        report, code = filed(is_secret=True, is_anonymous=True)
        assert report.description in holder(code).get(STATUS).content.decode()

    def test_unknown_malformed_and_ended_codes_get_the_same_bytes(self, client: Client) -> None:
        report, ended = filed()
        Report.objects.filter(pk=report.pk).update(code_digest=codes.code_digest(codes.new_code()))
        answers = set()
        for wrong in (codes.new_code(), "x", "\x00", ended, "0" * 80, report.public_id):
            response = client.post(TRACK, {"code": wrong})
            answers.add((response.status_code, without_typed(response.content.decode())))
        assert len(answers) == 1
        assert answers.pop()[0] == 404

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [("7k2m-9QXR 4T8V-B1CU", "7k2m-9QXR 4T8V-B1CU"), ('"><q>', "&quot;&gt;&lt;q&gt;"), ("x" * 500, "x" * 80)],
    )
    def test_a_slip_can_be_mended_and_stands_in_the_field_alone(self, client: Client, typed: str, kept: str) -> None:
        response = client.post(TRACK, {"code": typed})
        page = response.content.decode()
        assert f'value="{kept}"' in page
        assert kept not in without_typed(page)
        assert kept not in str(response.headers)
        assert "Isian Anda masih ada" in page

    def test_no_code_is_logged(self, client: Client, caplog: pytest.LogCaptureFixture) -> None:
        """Not a right one, not a wrong one: a log is read by more people than a report."""
        for name in ("django", "kimportal"):
            logging.getLogger(name).addHandler(caplog.handler)
        caplog.set_level(logging.DEBUG, "kimportal")
        _, code = filed()
        for typed in (code, codes.new_code()):
            client.post(TRACK, {"code": codes.display_code(typed)})
            client.get(STATUS)
            assert typed not in caplog.text
            assert codes.display_code(typed) not in caplog.text
        logging.getLogger("kimportal").info("kode %s", code)
        assert code in caplog.text

    def test_ten_wrong_tries_an_hour_then_even_the_right_code_waits(self, client: Client) -> None:
        _, code = filed()
        client.get(TRACK)  # sets the cookie that tells one browser from the next
        for _ in range(tracking.TRIES_AN_HOUR):
            assert client.post(TRACK, {"code": codes.new_code()}).status_code == 404
        assert client.post(TRACK, {"code": code}).status_code == 429
        neighbour = Client()
        neighbour.cookies["csrftoken"] = uuid4().hex
        assert neighbour.post(TRACK, {"code": code}).status_code == 302

    def test_an_empty_field_is_no_try(self, client: Client) -> None:
        for _ in range(tracking.TRIES_AN_HOUR + 1):
            response = client.post(TRACK, {"code": " "})
        assert response.status_code == 422
        assert "Tulis kode lacak." in response.content.decode()
        assert client.post(TRACK, {"code": "x"}).status_code == 404

    def test_right_codes_do_not_count(self, client: Client) -> None:
        _, code = filed()
        for _ in range(tracking.TRIES_AN_HOUR + 1):
            assert client.post(TRACK, {"code": code}).status_code == 302


class TestReportStatus:
    @pytest.mark.parametrize("status", list(Status))
    def test_every_state_shows_its_words(self, status: Status) -> None:
        report, code = filed(status)
        assert report.state_label in holder(code).get(STATUS).content.decode()

    def test_private_events_stay_private(self) -> None:
        report, code = filed(contact=Contact("Nama Uji"))
        report.add_note(by=Actor("Petugas"), text="Catatan dalam saja.")
        report.view_identity(by=Actor("Petugas"), reason="Perlu bertanya letak.")
        page = holder(code).get(STATUS).content.decode()
        assert "Catatan dalam saja." not in page
        assert "Perlu bertanya letak." not in page

    def test_anonymous_report_shows_no_time_of_filing(self) -> None:
        _, code = filed(is_anonymous=True)
        assert "pukul" not in holder(code).get(STATUS).content.decode()

    def test_page_is_never_kept_by_a_cache(self) -> None:
        _, code = filed()
        assert "no-store" in holder(code).get(STATUS)["Cache-Control"]

    def test_without_cookie_there_is_a_way_back(self, client: Client) -> None:
        assert client.get(STATUS).status_code == 404

    def test_queries_do_not_grow_with_the_history(self, django_assert_max_num_queries: Any) -> None:
        report, code = filed()
        client = holder(code)
        for number in range(20):
            report.add_information(text=f"Keterangan {number}")
        with django_assert_max_num_queries(12):
            client.get(STATUS)


class TestReportReply:
    def test_information_is_added(self) -> None:
        report, code = filed()
        client = holder(code)
        assert client.post(REPLY, {"action": "add", "text": "Lubangnya makin dalam."}).status_code == 302
        assert "Lubangnya makin dalam." in client.get(STATUS).content.decode()
        assert report.events.filter(action="information_added").exists()

    def test_answer_to_a_question_returns_the_report(self) -> None:
        report, code = filed(Status.ON_HOLD)
        holder(code).post(REPLY, {"action": "add", "text": "Di Jorong Koto."})
        report.refresh_from_db()
        assert report.status == Status.SUBMITTED

    @pytest.mark.parametrize(("action", "status"), [("confirm", Status.CLOSED), ("dispute", Status.DISPUTED)])
    def test_verdict_on_an_answer(self, action: str, status: Status) -> None:
        report, code = filed(Status.ANSWERED)
        holder(code).post(REPLY, {"action": action, "text": "Belum ditambal semua."})
        report.refresh_from_db()
        assert report.status == status

    def test_verdict_too_early_is_a_sentence_and_keeps_the_text(self) -> None:
        _, code = filed()
        response = holder(code).post(REPLY, {"action": "dispute", "text": "Belum ditambal semua."})
        assert response.status_code == 409
        assert "Belum ditambal semua." in response.content.decode()

    def test_second_click_is_a_sentence(self) -> None:
        _, code = filed(Status.ANSWERED)
        client = holder(code)
        assert client.post(REPLY, {"action": "confirm"}).status_code == 302
        assert client.post(REPLY, {"action": "confirm"}).status_code == 409

    def test_empty_text_is_a_sentence(self) -> None:
        _, code = filed()
        assert holder(code).post(REPLY, {"action": "add", "text": ""}).status_code == 422

    def test_reporter_lifts_secrecy_with_a_reason(self) -> None:
        report, code = filed(is_secret=True)
        holder(code).post(REPLY, {"action": "unhide", "text": "Sudah aman."})
        report.refresh_from_db()
        assert not report.is_secret

    def test_stranger_cannot_reply(self, client: Client) -> None:
        report, _ = filed()
        assert client.post(REPLY, {"action": "add", "text": "Bukan saya."}).status_code == 404
        assert report.events.count() == 1


class TestOwnReports:
    @pytest.fixture
    def owner(self) -> User:
        return make_user()

    def client_of(self, user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    def test_lists_own_reports_and_no_others(self, owner: User) -> None:
        mine = make_report(contact=Contact(user=owner), description="Laporan milik saya sendiri.")
        make_report(description="Laporan milik orang lain.")
        page = self.client_of(owner).get("/laporan/saya/").content.decode()
        assert mine.description in page
        assert "orang lain" not in page

    def test_owner_opens_and_replies_without_code(self, owner: User) -> None:
        report = make_report(contact=Contact(user=owner))
        client = self.client_of(owner)
        assert client.get(reverse("reports:own_report", args=[report.public_id])).status_code == 200
        client.post(reverse("reports:own_report_reply", args=[report.public_id]), {"text": "Tambahan saya."})
        assert report.events.filter(action="information_added").exists()

    def test_report_of_another_person_is_404(self, owner: User) -> None:
        report = make_report(contact=Contact(user=make_user()))
        client = self.client_of(owner)
        assert client.get(reverse("reports:own_report", args=[report.public_id])).status_code == 404
        address = reverse("reports:own_report_reply", args=[report.public_id])
        assert client.post(address, {"text": "Bukan milik saya."}).status_code == 404

    def test_address_that_no_database_knows_is_not_there(self, owner: User) -> None:
        assert self.client_of(owner).get("/laporan/saya/a%00b/").status_code == 404

    def test_visitor_is_asked_to_sign_in(self, client: Client) -> None:
        assert client.get("/laporan/saya/").status_code == 302

    @pytest.mark.parametrize("number", [1, 20])
    def test_queries_do_not_grow(self, owner: User, number: int, django_assert_max_num_queries: Any) -> None:
        for _ in range(number):
            make_report(contact=Contact(user=owner))
        client = self.client_of(owner)
        with django_assert_max_num_queries(6):
            client.get("/laporan/saya/")


class TestPhoto:
    def test_photo_opens_for_the_holder_of_the_code_and_the_owner_only(self, client: Client) -> None:
        owner = make_user()
        report, code = filed(contact=Contact(user=owner))
        report.add_photos([make_safe(io.BytesIO(make_photo_bytes()))])
        address = reverse("reports:photo", args=[report.photos.get().image_id, "small"])
        signed_in, stranger = Client(), Client()
        signed_in.force_login(owner)
        stranger.force_login(make_user())
        answers = [one.get(address).status_code for one in (holder(code), signed_in, stranger, client)]
        assert answers == [200, 200, 404, 404]

    def test_unknown_size_is_404(self, client: Client) -> None:
        assert client.get(reverse("reports:photo", args=[uuid4(), "besar"])).status_code == 404
