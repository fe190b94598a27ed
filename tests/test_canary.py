"""Nobody learns who reported, and a secret report stays secret (quality.md A2, A5).

Every report of the stage carries marks of its own in whatever could tell its reporter. The same scan reads pages,
headers, mails, logs, files and the whole database; for each channel one planted leak shows that it would be found.
"""

from __future__ import annotations

import logging
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.outbox import OutgoingMail, queue_mail
from reports.models import Actor, Report
from reports.views import filing
from tests.scan import (
    ADDRESSES,
    as_text,
    clock_times,
    dump,
    files,
    found_in,
    leaks,
    leaks_by_mail,
    new_rows,
    number_of,
    paths,
    report_paths,
    tells_time,
)
from tests.stage import KINDS, Marks, Stage, file_marked
from tests.test_access import ROLES


# --- Pages, headers, error pages, feeds, exports, photos -------------------------------------------------------------
class TestPages:
    @pytest.mark.parametrize("role", ROLES)
    def test_no_answer_names_a_reporter_or_shows_what_is_hidden(self, stage: Stage, role: str) -> None:
        """Every report and list of reports; test_access.py, which opens all other pages, looks at those."""
        client = stage.client(role)
        asked = [(name, as_text(client.get(path))) for name, path in report_paths(stage)]
        assert [leak for name, text in asked for leak in leaks(stage, role, name, text)] == []

    @pytest.mark.parametrize("kind", KINDS)
    def test_the_holder_of_a_code_reads_that_report_and_no_other(self, stage: Stage, kind: str) -> None:
        client, others = stage.client("holder", kind), [each for each in KINDS if each != kind]
        for name in ("reports:report_status", "reports:receipt", "reports:receipt_text", "reports:report_create"):
            text = as_text(client.get(reverse(name)))
            assert list(leaks(stage, "visitor", name, text, others)) == []
            assert found_in(text, stage.marks[kind].identity) == set()

    def test_a_wrong_method_or_missing_token_answers_without_marks(self, stage: Stage) -> None:
        client = stage.client("officer")
        client.handler.enforce_csrf_checks = True
        for name in ("change", "act"):
            path = ADDRESSES[f"admin:reports_report_{name}"].path(stage)
            assert (
                found_in(as_text(client.post(path, stage.posts["unpublished"])), stage.marks["unpublished"].identity)
                == set()
            )

    def test_a_fault_while_filing_answers_and_logs_without_marks(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def fail(*args: object) -> None:
            raise RuntimeError("disk on fire")

        monkeypatch.setattr(filing, "file_report", fail)
        listen(caplog)
        with pytest.raises(AssertionError, match="Ada kesalahan pada portal") as answered:
            file_marked(stage, "open", marks := Marks(8))
        assert "disk on fire" in caplog.text
        assert found_in(str(answered.value), marks.identity) == set()
        assert found_in(caplog.text + repr([record.__dict__ for record in caplog.records]), marks.identity) == set()

    @pytest.mark.parametrize(
        "name",
        [
            *("reports:report_detail", "reports:report_list", "reports:report_feed", "reports:report_open_data"),
            *("reports:report_export", "pages:sitemap", "pages:area_detail", "pages:home"),
            *("admin:reports_report_changelist", "admin:reports_report_change", "admin:reports_report_sheet"),
        ],
    )
    def test_a_leak_planted_in_each_channel_is_found(self, stage: Stage, name: str) -> None:
        mark = stage.marks["open"].identity["name"]
        reports = Report.objects.filter(pk__in=[stage.reports[kind].pk for kind in ("open", "unpublished")])
        reports.filter(is_published=True).update(public_id=mark, public_text=f"Kata {mark}.", public_place=mark)
        reports.filter(is_published=False).update(public_id=f"{mark}x", description=f"Kata {mark}.", place=mark)
        stage.reports["open"].public_id, before = mark, stage.reports["open"].public_id
        try:
            role = "officer" if name.startswith("admin:") or name == "reports:report_export" else "visitor"
            text = as_text(stage.client(role).get(ADDRESSES[name].path(stage)))
        finally:
            stage.reports["open"].public_id = before
        assert list(leaks(stage, role, name, text))

    def test_a_leak_in_a_header_or_cookie_is_found(self, stage: Stage) -> None:
        mark = stage.marks["secret"].identity["email"]
        header, cookie = HttpResponse(), HttpResponse()
        header["X-Reporter"] = mark
        cookie.set_cookie("siapa", mark)
        assert all(list(leaks(stage, "visitor", "x", as_text(each))) for each in (header, cookie))


# --- Mail and logs ---------------------------------------------------------------------------------------------------
def listen(caplog: pytest.LogCaptureFixture) -> None:
    for name in ("django", "kimportal", "django.request", "django.security"):
        logging.getLogger(name).addHandler(caplog.handler)
    caplog.set_level(logging.INFO)


class TestMail:
    def test_only_the_reporter_is_written_to_with_what_tells_the_reporter(self, stage: Stage) -> None:
        by = Actor.officer(stage.cast.officer)
        for kind in KINDS:
            report = stage.reports[kind]
            if report.status == "submitted":
                report.verify(by=by)
            if report.status == "verified":
                report.forward(by=by, text="Mohon ditindaklanjuti.", institution=stage.cast.institution)
            report.start_follow_up(by=by)
            report.answer(by=by, text="Sudah ditambal.")
        assert OutgoingMail.objects.count() >= len(KINDS)
        assert leaks_by_mail(stage, OutgoingMail.objects.all()) == []

    def test_a_leak_by_mail_is_found(self, stage: Stage) -> None:
        marks = stage.marks["secret"]
        row = queue_mail("dinas@contoh.invalid", "reports/mail/filed.txt", {"report": stage.reports["secret"]})
        row.body += marks.identity["phone"]
        assert leaks_by_mail(stage, [row])


class TestLogs:
    def test_filing_reading_and_failing_write_no_mark_to_the_logs(
        self, stage: Stage, caplog: pytest.LogCaptureFixture
    ) -> None:
        listen(caplog)
        file_marked(stage, "anonymous", anonymous := Marks(7))
        file_marked(stage, "open", named := Marks(8))
        client = stage.client("officer")
        for _, path in paths(stage):
            client.get(path)
        assert caplog.records
        for marks in (anonymous, named, *stage.marks.values()):
            assert found_in(caplog.text, marks.identity | marks.content) == set()

    def test_a_leak_in_a_log_is_found(self, stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
        listen(caplog)
        logging.getLogger("kimportal").warning("from %s", stage.marks["open"].identity["address"])
        assert found_in(caplog.text, stage.marks["open"].identity)


# --- Anonymous: the whole database, and the files --------------------------------------------------------------------
@pytest.mark.django_db
class TestAnonymous:
    @pytest.fixture
    def filed(self, stage: Stage) -> tuple[dict[str, Any], dict[str, Any], dict[Path, bytes], Marks]:
        """The database before and after a signed-in person files anonymously, and the new files."""
        marks, before, old = Marks(9), {}, set(files())

        def remember(*args: object, **kwargs: object) -> Any:
            before.update(dump())
            return original(*args, **kwargs)

        original, Client.post = Client.post, remember
        try:
            file_marked(stage, "anonymous", marks)
        finally:
            Client.post = original
        return before, dump(), {path: body for path, body in files().items() if path not in old}, marks

    def test_not_one_identity_mark_is_added_to_the_database(self, filed: Any) -> None:
        before, after, _, marks = filed
        assert number_of(marks.identity, after) == number_of(marks.identity, before)
        assert number_of(marks.content, after)["text"] > 0

    def test_no_clock_time_is_stored(self, filed: Any) -> None:
        before, after, _, _ = filed
        assert clock_times(new_rows(before, after)) == []

    def test_nothing_links_the_report_to_the_account_or_session(self, filed: Any, stage: Stage) -> None:
        before, after, _, _ = filed
        assert after["decoded sessions"] == before["decoded sessions"]
        owner = stage.owners["anonymous"].pk
        linked = [table for table, row in new_rows(before, after) if owner in row and table.startswith("reports_")]
        assert linked == []

    def test_files_tell_neither_name_nor_hour(self, filed: Any) -> None:
        _, _, new, marks = filed
        assert len(new) == 3
        for path, body in new.items():
            assert found_in(f"{path}{body.decode('latin-1')}", marks.identity) == set()
            assert b"Exif" not in body[:64]
            assert not tells_time(datetime.fromtimestamp(path.stat().st_mtime, UTC)), path

    def test_a_named_report_is_seen_by_the_same_scan(self, stage: Stage) -> None:
        before = dump()
        file_marked(stage, "open", marks := Marks(8))
        after = dump()
        assert number_of(marks.identity, after)["phone"] > number_of(marks.identity, before)["phone"]
        assert clock_times(new_rows(before, after))

    def test_a_telling_file_is_found(self, tmp_path: Path) -> None:
        telling = tmp_path / "berkas9z.jpg"
        telling.write_bytes(b"komentar9z")
        os.utime(telling, (1_700_000_000, 1_700_000_123))
        assert found_in(f"{telling}{telling.read_bytes()!r}", Marks(9).identity) == {"file name", "photo comment"}
        assert tells_time(datetime.fromtimestamp(telling.stat().st_mtime, UTC))
