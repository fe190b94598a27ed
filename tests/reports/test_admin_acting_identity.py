"""Who learns who filed a report: on a POST with a reason, once, and never of an anonymous one."""

from __future__ import annotations

import pytest
from django.urls import reverse

from reports.models import Reporter
from reports.models.filing import Contact
from reports.workflow import Status
from tests.factories import make_report, make_user
from tests.reports.test_admin_acting import CONTACT, last_event, press


class TestIdentity:
    REASON = "Memastikan alamat sebelum kunjungan."

    def reveal(self, client, user, report, text=REASON):
        return press(client, user, report, "identitas", text=text)

    def test_shown_once_with_a_reason_and_kept_in_the_history(self, client, cast):
        report = make_report(contact=CONTACT)
        answer = self.reveal(client, cast.officer, report)
        content = answer.content.decode()
        assert answer.status_code == 200
        assert all(mark in content for mark in ("Zubaidah Penanda", "penanda@contoh.invalid", "0812999888"))
        assert "no-store" in answer["Cache-Control"]
        event = last_event(report)
        assert (event.action, event.actor_key, event.text) == ("identity_viewed", cast.officer.pk, self.REASON)
        later = client.get(reverse("admin:reports_report_change", args=(report.pk,))).content.decode()
        assert "Penanda" not in later

    def test_each_view_is_an_event(self, client, cast):
        report = make_report(contact=CONTACT)
        for _ in range(2):
            self.reveal(client, cast.officer, report)
        assert report.events.filter(action="identity_viewed").count() == 2

    @pytest.mark.parametrize("text", ["", "singkat", "          "])
    def test_needs_a_reason_of_ten_letters(self, client, cast, text):
        report = make_report(contact=CONTACT)
        answer = self.reveal(client, cast.officer, report, text)
        assert answer.status_code == 422
        assert "Penanda" not in answer.content.decode()
        assert not report.events.filter(action="identity_viewed").exists()

    def test_of_a_secret_report_only_the_named_right_sees_it(self, client, cast):
        report = make_report(is_secret=True, contact=CONTACT)
        for user, refusal in ((cast.officer, 403), (cast.superuser, 404)):
            answer = self.reveal(client, user, report)
            assert answer.status_code == refusal
            assert "Penanda" not in answer.content.decode()
        assert "Zubaidah Penanda" in self.reveal(client, cast.confidentiality, report).content.decode()

    def test_of_an_anonymous_report_there_is_none(self, client, cast):
        report = make_report(is_anonymous=True, contact=CONTACT)
        assert not Reporter.objects.exists()
        assert self.reveal(client, cast.confidentiality, report).status_code == 403

    def test_hidden_contact_shows_the_name_alone(self, client, cast):
        report = make_report(hide_contact=True, contact=CONTACT)
        content = self.reveal(client, cast.officer, report).content.decode()
        assert "Zubaidah Penanda" in content
        assert "penanda@" not in content
        assert "0812999888" not in content
        assert "0812999888" in self.reveal(client, cast.confidentiality, report).content.decode()

    @pytest.mark.parametrize("name", ["liaison", "province_reader", "national_reader", "superuser"])
    def test_institutions_readers_and_keepers_never_see_it(self, client, cast, name):
        report = make_report(status=Status.FORWARDED, contact=CONTACT)
        answer = self.reveal(client, cast.people[name], report)
        assert answer.status_code == 403
        assert not report.events.filter(action="identity_viewed").exists()

    def test_after_withdrawal_nothing_is_shown(self, client, cast):
        report = make_report(contact=CONTACT)
        Reporter.objects.update(withdrawn_at="2026-01-01T00:00:00Z")
        content = self.reveal(client, cast.officer, report).content.decode()
        assert "menarik persetujuannya" in content
        assert "Penanda" not in content

    def test_who_left_nothing(self, client, cast):
        content = self.reveal(client, cast.officer, make_report()).content.decode()
        assert "tidak meninggalkan nama" in content

    def test_an_account_stands_in_for_what_was_not_typed(self, client, cast):
        report = make_report(contact=Contact(user=make_user("akun@contoh.invalid", "Nama Akun")))
        content = self.reveal(client, cast.officer, report).content.decode()
        assert "Nama Akun" in content
        assert "akun@contoh.invalid" in content
