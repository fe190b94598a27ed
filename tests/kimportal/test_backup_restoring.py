"""Restoring: all of it as it was, on either database, or nothing at all."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from accounts.models import User
from accounts.triggers import expected_triggers, installed_triggers
from kimportal.backup import restoring, rows
from kimportal.backup.archive import Faulty, check
from kimportal.backup.making import applied
from kimportal.backup.restoring import all_or_nothing, drop_tables, first_filled, migrate, restore
from kimportal.environment import KEY_NAMES
from reports.models import Report
from tests.factories import make_user
from tests.kimportal.archives import archive_in, fill, silent, sums
from uploads.files import photo_path
from uploads.models import Image

pytestmark = pytest.mark.django_db(transaction=True)
OLDER = ("reports", "0006_recovery_request")  # the next one gives reports their KIM


def elsewhere(folder: Path, *arguments: str) -> None:
    """A command of the portal on an SQLite database and in a media folder of its own, under our keys."""
    keys = {name: getattr(settings, name) for name in KEY_NAMES}
    place = {"VAR_DIR": str(folder), "DATABASE_URL": f"sqlite:///{folder / 'lain.sqlite3'}"}
    environment = {**os.environ, **keys, **place}
    environment.pop("MEDIA_ROOT", None)
    subprocess.run([sys.executable, "manage.py", *arguments], env=environment, check=True, capture_output=True)


def go_back_to(node: tuple[str, str]) -> Any:
    """The database as it was after this migration, empty; the models of that time."""
    with all_or_nothing():
        drop_tables()
        migrate([node])
    return MigrationExecutor(connection).loader.project_state([node]).apps


class TestRestore:
    def test_through_another_database_and_back_nothing_changes(self, tmp_path: Path, settings) -> None:
        report = fill()
        before = archive_in(tmp_path)
        elsewhere(tmp_path / "lain", "restore", str(before))
        elsewhere(tmp_path / "lain", "backup", str(tmp_path / "lain.tar"))
        User.objects.filter(name="Ani").update(name="Diubah sesudah cadangan")
        settings.MEDIA_ROOT = tmp_path / "media"
        restore(tmp_path / "lain.tar", silent, replace=True)
        assert sums(tmp_path / "lain.tar") == sums(archive_in(tmp_path, "kembali.tar")) == sums(before)
        assert installed_triggers(connection) == expected_triggers(connection.vendor)
        call_command("verify_events", stdout=io.StringIO())
        assert oct(photo_path(Image.objects.get().pk, "large").stat().st_mode)[-3:] == "600"
        assert f"/laporan/{report.public_id}/" in Client().get("/laporan/?q=jembatan").content.decode()
        assert make_user("baru@contoh.invalid").pk > User.objects.get(name="Ani").pk

    def test_an_older_archive_is_migrated_forward(self, tmp_path: Path) -> None:
        state = go_back_to(OLDER)
        place = {"area_id": "13", "province_code": "13", "category_id": "jalan"}
        state.get_model("regions.area").objects.create(code="13", name="Sumatera Barat", level=1, kind="provinsi")
        state.get_model("reports.report").objects.create(pk=7, description="Jalan rusak.", **place)
        before = archive_in(tmp_path, models=rows.tables(state))
        assert "kim_id" not in next(t for t in check(before)["tables"] if t["table"] == "reports_report")["columns"]
        restore(before, silent, replace=True)
        assert Report.objects.get(kim=None).description == "Jalan rusak."
        assert not MigrationExecutor(connection).migration_plan(MigrationExecutor(connection).loader.graph.leaf_nodes())
        assert installed_triggers(connection) == expected_triggers(connection.vendor)
        call_command("verify_events", stdout=io.StringIO())

    def test_a_failure_half_way_leaves_all_as_it_was(self, tmp_path: Path, monkeypatch) -> None:
        fill()
        before = archive_in(tmp_path)
        make_user("sesudah@contoh.invalid")

        def full(*args: object) -> None:
            assert Report.objects.count() == 2
            assert not User.objects.filter(email="sesudah@contoh.invalid").exists(), "the rows are in place by now"
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(restoring, "write_file", full)
        with pytest.raises(CommandError, match=r"No space left on device\. Basis data tidak berubah"):
            call_command("restore", str(before), "--replace", stdout=io.StringIO())
        assert User.objects.filter(email="sesudah@contoh.invalid").exists()
        assert installed_triggers(connection) == expected_triggers(connection.vendor)


class TestRefuse:
    def test_a_database_with_data_is_left_alone(self, tmp_path: Path) -> None:
        before = archive_in(tmp_path)
        make_user("ani@contoh.invalid")
        with pytest.raises(CommandError, match="--replace"):
            call_command("restore", str(before), stdout=io.StringIO())
        assert User.objects.count() == 1

    def test_a_new_portal_counts_as_empty(self) -> None:
        call_command("count_coverage", stdout=io.StringIO())
        call_command("run_worker", "--once", stdout=io.StringIO())
        assert first_filled() is None
        make_user()
        assert first_filled() is not None

    def test_other_keys_are_refused_before_anything_is_touched(self, tmp_path: Path, settings) -> None:
        fill()
        before = archive_in(tmp_path)
        settings.TRACKING_KEY = "kunci-lain" * 5
        with pytest.raises(CommandError, match="kode lacak warga mati"):
            call_command("restore", str(before), "--replace", stdout=io.StringIO())
        assert Report.objects.count() == 2

    def test_an_archive_of_a_later_version_asks_for_an_update(self, tmp_path: Path, monkeypatch) -> None:
        monkeypatch.setattr("kimportal.backup.making.applied", lambda: [*applied(), ["reports", "9999_later"]])
        with pytest.raises(Faulty, match="reports.9999_later"):
            restore(archive_in(tmp_path), silent)

    def test_a_missing_file_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="No such file"):
            call_command("restore", str(tmp_path / "tidak-ada.tar"), stdout=io.StringIO())
