"""Filing once, to the right office, and what an anonymous report must not keep."""

from __future__ import annotations

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Role
from accounts.outbox import OutgoingMail
from reports import codes
from reports.models import Category, Report, ReportCount, Reporter, ReportPhoto, Source
from reports.models.filing import Contact, OtherContent, file_report, office_for, offices
from reports.notifications import FILED_MAILS_A_DAY
from reports.workflow import Status
from tests.factories import make_area, make_filing, make_grant, make_photo_bytes, make_user
from uploads.images import make_safe

pytestmark = pytest.mark.django_db


class TestFileReport:
    def test_new_report_waits_for_verification_with_a_deadline(self) -> None:
        filed = file_report(make_filing())
        assert filed.is_new
        assert filed.report.status == Status.SUBMITTED
        assert filed.report.is_pending
        assert filed.report.due_at is not None
        assert filed.report.due_at > timezone.now()

    def test_replay_returns_the_same_report_and_code(self) -> None:
        filing = make_filing()
        first, second = file_report(filing), file_report(filing)
        assert (second.report.pk, second.code, second.is_new) == (first.report.pk, first.code, False)
        assert Report.objects.count() == 1

    def test_photo_that_comes_with_a_replay_belongs_to_the_report(self) -> None:
        filing = make_filing()
        report = file_report(filing).report
        photo = make_safe(io.BytesIO(make_photo_bytes()))
        ReportPhoto.objects.keep(report.submission_digest, [photo])
        file_report(filing)
        assert report.photos.count() == 1

    def test_other_content_under_the_key_is_refused(self) -> None:
        filing = make_filing()
        file_report(filing)
        with pytest.raises(OtherContent):
            file_report(make_filing(submission_id=filing.submission_id, description="Isi yang sama sekali lain."))

    def test_other_switch_or_contact_is_other_content(self) -> None:
        filing = make_filing()
        file_report(filing)
        for change in ({"is_secret": True}, {"contact": Contact(name="Lain")}, {"place": "Tempat lain"}):
            with pytest.raises(OtherContent):
                file_report(make_filing(submission_id=filing.submission_id, **change))

    def test_replay_after_a_new_code_does_not_bring_the_old_one_back(self) -> None:
        filing = make_filing()
        report = file_report(filing).report
        Report.objects.filter(pk=report.pk).update(code_digest=codes.code_digest(codes.new_code()))
        with pytest.raises(OtherContent):
            file_report(filing)

    def test_database_keeps_neither_code_nor_submission_id(self) -> None:
        filing = make_filing()
        filed = file_report(filing)
        row = str(Report.objects.filter(pk=filed.report.pk).values().get())
        assert filed.code not in row
        assert str(filing.submission_id) not in row
        assert filing.submission_id.hex not in row

    def test_sensitive_category_makes_the_report_secret(self) -> None:
        assert file_report(make_filing(category=Category.objects.get(code="pelanggaran-hukum"))).report.is_secret

    def test_counter_of_the_leaf_is_raised_once(self) -> None:
        filing = make_filing()
        file_report(filing)
        file_report(filing)
        assert ReportCount.objects.get().count == 1

    def test_order_of_the_leaves_tells_nothing(self) -> None:
        for category in Category.objects.all()[:2]:
            file_report(make_filing(category=category))
        first, second = ReportCount.objects.order_by("pk").values_list("pk", flat=True)
        assert second - first > 2**16

    def test_filing_writes_one_event_that_names_nobody(self) -> None:
        report = file_report(make_filing(contact=Contact(user=make_user()))).report
        event = report.events.get()
        assert (event.action, event.actor_key, event.actor_label) == ("filed", None, "Pelapor")

    def test_a_fault_half_way_leaves_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*args: object, **kwargs: object) -> None:
            raise OSError

        monkeypatch.setattr(Report, "record", fail)
        with pytest.raises(OSError):
            file_report(make_filing())
        assert (Report.objects.count(), Reporter.objects.count(), ReportCount.objects.count()) == (0, 0, 0)

    def test_what_the_database_refuses_is_not_acknowledged(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Report, "check_values", lambda report: None)
        with pytest.raises(IntegrityError), transaction.atomic():
            file_report(make_filing(description=""))
        assert Report.objects.count() == 0

    def test_bad_text_is_refused_before_anything_is_stored(self) -> None:
        with pytest.raises(ValidationError):
            file_report(make_filing(description="x" * 4001))
        assert not Report.objects.exists()


class TestContact:
    def test_contact_is_kept_with_its_consent(self) -> None:
        report = file_report(make_filing(contact=Contact("Nama Uji", "Uji@Contoh.invalid", "0812 0000 0000"))).report
        assert (report.reporter.name, report.reporter.email) == ("Nama Uji", "uji@contoh.invalid")
        assert report.reporter.consent_version

    def test_mail_tells_that_the_report_is_in_without_the_code(self) -> None:
        filed = file_report(make_filing(contact=Contact(email="uji@contoh.invalid")))
        letter = OutgoingMail.objects.get()
        assert letter.to == "uji@contoh.invalid"
        assert filed.code not in letter.body.replace("-", "")
        assert not mail.outbox

    def test_nobody_floods_a_mailbox_by_filing_in_its_name(self) -> None:
        for _ in range(FILED_MAILS_A_DAY + 2):
            file_report(make_filing(contact=Contact("", "uji@contoh.invalid", "")))
        assert OutgoingMail.objects.filter(to="uji@contoh.invalid").count() == FILED_MAILS_A_DAY
        assert Report.objects.count() == FILED_MAILS_A_DAY + 2

    def test_report_without_contact_has_no_reporter_row(self) -> None:
        file_report(make_filing())
        assert not Reporter.objects.exists()


class TestAnonymous:
    def filed(self) -> Report:
        contact = Contact("Nama Uji", "uji@contoh.invalid", "0812 0000 0000", make_user())
        return file_report(make_filing(is_anonymous=True, contact=contact)).report

    def test_no_reporter_row_and_no_mail(self) -> None:
        self.filed()
        assert not Reporter.objects.exists()
        assert not OutgoingMail.objects.exists()

    def test_database_refuses_a_reporter_row(self) -> None:
        report = self.filed()
        with pytest.raises(IntegrityError), transaction.atomic():
            Reporter.objects.create(report=report, name="Nama Uji", consent_version="1")

    def test_only_the_day_of_filing_is_kept(self) -> None:
        report = self.filed()
        local = report.area.local(report.created_at)
        assert (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0)
        assert report.events.get().is_day_only

    def test_named_report_keeps_the_moment(self) -> None:
        before = timezone.now()
        report = file_report(make_filing()).report
        assert before <= report.created_at <= timezone.now()
        assert not report.events.get().is_day_only


class TestOfficeFor:
    def test_nearest_area_upward_wins(self) -> None:
        make_grant(make_user(), Role.REPORT_COORDINATOR, "13")
        make_grant(make_user(), Role.REPORT_COORDINATOR, "13.07")
        make_area("13.07.11.2004")
        assert getattr(office_for("13.07.11.2004"), "code", None) == "13.07"
        assert getattr(office_for("13.08.01.2001"), "code", None) == "13"

    def test_nobody_upward_is_none(self) -> None:
        make_grant(make_user(), Role.REPORT_COORDINATOR, "33.73")
        assert office_for("13.07.11.2004") is None

    def test_ended_future_inactive_and_other_grants_do_not_count(self) -> None:
        today = timezone.localdate()
        yesterday, tomorrow = today - timedelta(days=1), today + timedelta(days=1)
        make_grant(make_user(), Role.REPORT_COORDINATOR, "13.07", valid_from=yesterday, valid_until=yesterday)
        make_grant(make_user(), Role.REPORT_COORDINATOR, "13.07", valid_from=tomorrow)
        make_grant(make_user(is_active=False), Role.REPORT_COORDINATOR, "13.07")
        make_grant(make_user(), Role.KIM_VERIFIER, "13.07")
        assert office_for("13.07.11.2004") is None
        assert offices() == []

    def test_one_query(self, django_assert_num_queries: object) -> None:
        make_grant(make_user(), Role.REPORT_COORDINATOR, "13.07")
        with django_assert_num_queries(1):
            office_for("13.07.11.2004")


class TestFiledFor:
    def test_source_is_kept(self) -> None:
        assert file_report(make_filing(submission_id=uuid4(), source=Source.PAPER)).report.source == Source.PAPER
