"""Making an archive: one moment of the portal, while the portal goes on."""

from __future__ import annotations

import io
import json
import os
import resource
import threading
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from kimportal.backup import making, rows
from kimportal.backup.archive import check, members
from kimportal.environment import KEY_NAMES
from reports.models import Report
from tests.factories import make_report
from tests.kimportal.archives import archive_in, fill, silent
from uploads.files import photo_path
from uploads.models import Image

pytestmark = pytest.mark.django_db(transaction=True)


def counts(path: Path) -> dict[str, int]:
    return {table["table"]: table["rows"] for table in check(path)["tables"]}


class TestMake:
    def test_what_is_filed_meanwhile_waits_for_the_next_archive_and_is_not_held_up(self, tmp_path, monkeypatch) -> None:
        fill()
        filed = []

        def file_one() -> None:
            filed.append(make_report().pk)
            connection.close()

        def add_table(writer, number, model, say, original=making.add_table):
            thread = threading.Thread(target=file_one)
            if number in {1, 30}:
                thread.start()
                thread.join(10)
                assert not thread.is_alive(), "the portal waits for the backup"
            return original(writer, number, model, say)

        monkeypatch.setattr(making, "add_table", add_table)
        # The first query fixes the moment; on the way there nothing may slip in between.
        manifest = making.make(tmp_path / "a.tar", silent)
        of = {table["table"]: table["rows"] for table in manifest["tables"]}
        assert len(filed) == 2
        assert Report.objects.count() == 4
        assert of["reports_report"] == of["accounts_eventhead"] == 2

    def test_it_counts_what_is_there_and_holds_no_key(self, tmp_path: Path, settings) -> None:
        fill()
        path = archive_in(tmp_path)
        of = counts(path)
        assert (of["reports_report"], of["accounts_user"], check(path)["files"]["count"]) == (2, 1, 4)
        assert not [name for name in KEY_NAMES if getattr(settings, name).encode() in path.read_bytes()]

    def test_a_full_disk_leaves_nothing_behind(self, tmp_path: Path) -> None:
        fill()
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, limits[1]))
        try:
            with pytest.raises(OSError, match="File too large"):
                making.make(tmp_path / "a.tar", silent)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert os.listdir(tmp_path) == []

    def test_sessions_stay_behind(self, tmp_path: Path, client) -> None:
        fill()
        assert "django_session" not in counts(archive_in(tmp_path))

    def test_every_other_table_of_the_portal_is_in_it(self, tmp_path: Path) -> None:
        left_out = {"django_session", "django_migrations", "cache", "accounts_eventpermit"}
        present = {
            name for name in connection.introspection.table_names() if not name.startswith("reports_public_words")
        }
        present = {name for name in present if not name.startswith("reports_officer_words")}
        assert set(counts(archive_in(tmp_path))) == present - left_out

    def test_a_photo_erased_meanwhile_is_counted_as_missing(self, tmp_path: Path) -> None:
        fill()
        photo_path(Image.objects.get().pk, "small").unlink()
        assert check(archive_in(tmp_path))["files"] == {"count": 3, "bytes": pytest.approx(0, abs=10**6), "missing": 1}

    def test_rows_come_in_parts_of_bounded_size(self, tmp_path: Path, monkeypatch) -> None:
        fill()
        monkeypatch.setattr(rows, "PART_BYTES", 100)
        names = [info.name for info, _ in members(archive_in(tmp_path)) if "reports_category" in info.name]
        assert len(names) > 3


class TestCommand:
    def test_it_names_the_file_and_reminds_of_the_keys(self, tmp_path: Path) -> None:
        out = io.StringIO()
        call_command("backup", str(tmp_path), stdout=out)
        (path,) = tmp_path.glob("kimportal-*.tar")
        assert str(path) in out.getvalue()
        assert "TRACKING_KEY" in out.getvalue()
        assert json.dumps(check(path)["migrations"])

    def test_it_overwrites_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "a.tar").write_text("lain")
        with pytest.raises(CommandError, match="sudah ada"):
            call_command("backup", str(tmp_path / "a.tar"))

    def test_a_place_that_cannot_be_written_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "berkas").write_text("")
        with pytest.raises(CommandError, match="tidak dapat ditulis"):
            call_command("backup", str(tmp_path / "berkas" / "a.tar"))
