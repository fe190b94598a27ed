"""What ends by itself, and what does not."""

from __future__ import annotations

import io
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from reports import codes
from reports.models import RecoveryLink, Report, ReportCount, ReportPhoto
from reports.models.report import Report as ReportModel
from reports.upkeep import close_silent_reports, erase_stale_drafts, forget_ended_links
from reports.workflow import SILENT, CloseReason, Status
from tests.factories import make_photo_bytes, make_report
from uploads.files import photo_path
from uploads.images import make_safe

pytestmark = pytest.mark.django_db
PAST = timedelta(minutes=1)


def answered(overdue: bool = True) -> Report:
    report = make_report(status=Status.ANSWERED)
    if overdue:
        Report.objects.filter(pk=report.pk).update(due_at=timezone.now() - PAST)
    return report


class TestCloseSilentReports:
    def test_closes_with_its_own_reason_and_words(self) -> None:
        report = answered()
        assert close_silent_reports() == 1
        report.refresh_from_db()
        assert (report.status, report.close_reason) == (Status.CLOSED, CloseReason.SILENCE)
        last = report.events.last()
        assert (last.actor_label, last.text) == ("Sistem", "Ditutup, tidak ada balasan dari pelapor.")

    def test_twice_closes_once(self) -> None:
        answered()
        assert [close_silent_reports(), close_silent_reports()] == [1, 0]

    def test_before_the_deadline_it_stays_open(self) -> None:
        answered(overdue=False)
        assert close_silent_reports() == 0

    def test_a_late_report_of_another_state_stays(self) -> None:
        report = make_report(status=Status.IN_FOLLOW_UP)
        Report.objects.filter(pk=report.pk).update(due_at=timezone.now() - PAST)
        assert close_silent_reports() == 0

    def test_a_reporter_who_is_quicker_is_not_called_silent(self, monkeypatch: pytest.MonkeyPatch) -> None:
        report = answered()
        close = ReportModel.close

        def dispute_first(late: Report, **words: object) -> object:
            Report.objects.get(pk=late.pk).dispute(text="Lubangnya masih ada.")
            return close(late, **words)

        monkeypatch.setattr(ReportModel, "close", dispute_first)
        assert close_silent_reports() == 0
        report.refresh_from_db()
        assert report.status == Status.DISPUTED

    def test_the_command_says_how_many(self) -> None:
        answered()
        out = StringIO()
        call_command("close_silent_reports", stdout=out)
        assert out.getvalue() == "1 laporan ditutup karena tidak ada balasan dari pelapor.\n"


class TestEraseStaleDrafts:
    def test_erases_rows_and_files_of_forms_never_sent(self, django_capture_on_commit_callbacks: object) -> None:
        ReportPhoto.objects.keep("a" * 64, [make_safe(io.BytesIO(make_photo_bytes()))])
        photo = ReportPhoto.objects.get()
        path = photo_path(photo.image_id, "small")
        ReportPhoto.objects.update(created_on=timezone.localdate() - timedelta(days=2))
        with django_capture_on_commit_callbacks(execute=True):
            assert erase_stale_drafts() == 1
        assert not ReportPhoto.objects.exists()
        assert not path.exists()

    def test_keeps_yesterday_and_what_was_filed(self) -> None:
        report = make_report()
        report.add_photos([make_safe(io.BytesIO(make_photo_bytes()))])
        ReportPhoto.objects.update(created_on=timezone.localdate() - timedelta(days=9))
        ReportPhoto.objects.keep("a" * 64, [make_safe(io.BytesIO(make_photo_bytes(width=700)))])
        ReportPhoto.objects.drafts().update(created_on=timezone.localdate() - timedelta(days=1))
        assert erase_stale_drafts() == 0
        assert ReportPhoto.objects.count() == 2


class TestForgetEndedLinks:
    def test_used_and_old_links_go_and_usable_ones_stay(self) -> None:
        report = make_report()
        for token, changes in [("a", {}), ("b", {"used_at": timezone.now()}), ("c", {"expires_at": timezone.now()})]:
            RecoveryLink.objects.create(report=report, token_digest=codes.token_digest(token), **changes)
        assert forget_ended_links() == 2
        assert RecoveryLink.objects.get().token_digest == codes.token_digest("a")


class TestCountedApart:
    def test_silence_is_not_counted_as_solved(self) -> None:
        report = answered()
        close_silent_reports()
        report.refresh_from_db()
        counts = {row.status: row.count for row in ReportCount.objects.exclude(count=0)}
        assert counts == {SILENT: 1}
        assert report.state_label == "Ditutup, tidak ada balasan dari pelapor"
        report.dispute(text="Lubangnya masih ada.")
        assert {row.status: row.count for row in ReportCount.objects.exclude(count=0)} == {Status.DISPUTED: 1}
