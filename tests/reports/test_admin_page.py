"""What stands on a report's page, and for whose eyes."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.admin.page import SMS_LENGTH, newest_events, status_texts
from reports.models import Report
from reports.models.actor import Actor
from reports.models.filing import Contact
from reports.workflow import Status
from tests.factories import make_report

CONTACT = Contact("Zubaidah Penanda", "penanda@contoh.invalid", "0812999888")
MARKS = ("penanda", "0812999888")


def read(client, user, report, name="change", status=200):
    client.force_login(user)
    answer = client.get(reverse(f"admin:reports_report_{name}", args=(report.pk,)))
    assert answer.status_code == status
    return answer.content.decode()


class TestShow:
    def test_never_holds_the_reporter(self, client, cast):
        report = make_report(status=Status.FORWARDED, contact=CONTACT)
        for name in ("officer", "confidentiality", "liaison", "province_reader", "superuser"):
            for page in ("change", "sheet", "history"):
                content = read(client, cast.people[name], report, page).lower()
                assert not any(mark in content for mark in MARKS), (name, page)

    def test_a_foreign_report_is_404_on_every_page(self, client, cast):
        report = make_report()
        for page in ("change", "sheet", "history"):
            read(client, cast.foreign_officer, report, page, status=404)
            read(client, cast.personal_data_officer, report, page, status=404)

    def test_position_is_for_the_officers_of_the_area(self, client, cast):
        report = make_report(status=Status.FORWARDED, latitude="-0.123456", longitude="100.654321")
        assert "100.654321" in read(client, cast.officer, report)
        for name in ("liaison", "province_reader", "superuser"):
            assert "654321" not in read(client, cast.people[name], report)

    def test_private_notes_are_for_the_officers_of_the_area(self, client, cast):
        report = make_report(status=Status.FORWARDED)
        report.add_note(by=Actor.officer(cast.officer), text="Pelapor adalah Bu Ani.")
        assert "Bu Ani" in read(client, cast.officer, report)
        for name in ("liaison", "province_reader", "superuser"):
            assert "Bu Ani" not in read(client, cast.people[name], report), name

    def test_an_institution_reads_its_own_notes(self, client, cast):
        report = make_report(status=Status.FORWARDED)
        report.add_note(by=Actor.institution(cast.liaison, cast.institution), text="Anggaran triwulan dua.")
        assert "Anggaran triwulan dua." in read(client, cast.liaison, report)

    def test_the_reason_for_opening_an_identity_stays_with_the_officers(self, client, cast):
        report = make_report(status=Status.FORWARDED, contact=CONTACT)
        report.view_identity(by=Actor.officer(cast.officer), reason="Menelepon Zubaidah dulu.")
        assert "Menelepon" in read(client, cast.officer, report)
        assert "Menelepon" not in read(client, cast.liaison, report)

    def test_a_secret_report_is_read_by_the_area_and_not_by_readers(self, client, cast):
        report = make_report(is_secret=True, description="Pungutan liar di loket.")
        assert "Pungutan liar" in read(client, cast.officer, report)
        read(client, cast.province_reader, report, status=404)

    def test_an_anonymous_report_shows_no_time_of_day(self, client, cast):
        report = make_report(is_anonymous=True)
        assert "pukul" not in read(client, cast.officer, report)

    def test_names_what_may_be_the_same_matter(self, client, cast):
        report, same = make_report(), make_report()
        other_category, old = make_report(category="sampah"), make_report()
        Report.objects.filter(pk=old.pk).update(created_at="2026-01-01T00:00:00Z")
        content = read(client, cast.officer, report)
        links = {each: reverse("admin:reports_report_change", args=(each.pk,)) for each in (same, other_category, old)}
        assert links[same] in content
        assert links[other_category] not in content
        assert links[old] not in content

    def test_names_at_most_five(self, client, cast):
        reports = [make_report() for _ in range(7)]
        content = read(client, cast.officer, reports[0])
        shown = [each for each in reports[1:] if reverse("admin:reports_report_change", args=(each.pk,)) in content]
        assert len(shown) == 5

    @pytest.mark.parametrize("name", ["officer", "liaison"])
    def test_costs_at_most_twelve_queries(self, client, cast, name):
        report = make_report(status=Status.FORWARDED)
        for number in range(20):
            make_report()
            report.add_note(by=Actor.officer(cast.officer), text=f"Catatan {number}")
        client.force_login(cast.people[name])
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("admin:reports_report_change", args=(report.pk,)))
        assert len(queries) <= 12, [each["sql"][:100] for each in queries]

    def test_words_of_a_resident_are_text(self, client, cast):
        report = make_report(description="<script>alert(1)</script> jalan rusak", place="<b>tebal</b>")
        for page in ("change", "sheet"):
            content = read(client, cast.officer, report, page)
            assert "<script>alert" not in content
            assert "<b>tebal" not in content


class TestStatusTexts:
    def texts(self, report):
        return status_texts(report, newest_events(report))

    def test_tell_state_institution_and_answer(self, db):
        text = self.texts(make_report(status=Status.ANSWERED, contact=CONTACT))["whatsapp"]
        assert "Ditanggapi" in text
        assert "Jalan sudah ditambal." in text
        assert not any(mark in text.lower() for mark in MARKS)

    def test_of_a_secret_report_only_that_there_is_news(self, db):
        report = make_report(status=Status.ANSWERED, is_secret=True)
        for text in self.texts(report).values():
            assert "Ada kabar baru" in text
            for word in ("Ditanggapi", "ditambal", "Jalan", "Talang Maur", report.public_id):
                assert word not in text

    @pytest.mark.parametrize("status", list(Status))
    def test_one_sms_holds_it(self, db, settings, status):
        report = make_report(status=status)
        for site in ("http://127.0.0.1:8000", f"https://{'panjang.' * 20}go.id"):
            settings.SITE_URL = site
            assert len(self.texts(report)["sms"]) <= SMS_LENGTH

    def test_quotes_are_not_escaped(self, db):
        report = make_report(status=Status.IN_FOLLOW_UP)
        report.answer(by=Actor("Petugas"), text='Sudah "ditambal" & rata.')
        assert 'Sudah "ditambal" & rata.' in self.texts(report)["whatsapp"]


class TestSheet:
    def test_prints_the_matter_and_room_for_instructions(self, client, cast):
        report = make_report(status=Status.FORWARDED)
        content = read(client, cast.liaison, report, "sheet")
        assert "Lembar disposisi" in content
        assert report.public_id in content
        assert "Mohon ditindaklanjuti." in content
        assert str(cast.institution) in content

    def test_a_secret_one_is_stamped(self, client, cast):
        assert 'class="stamp"' in read(client, cast.officer, make_report(is_secret=True), "sheet")
