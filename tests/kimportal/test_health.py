"""/healthz: for whoever watches over the portal."""

import shutil
from collections import namedtuple
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from accounts.outbox import OutgoingMail
from kimportal import health
from uploads import files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    health._require_all_migrations.cache_clear()
    yield
    health._require_all_migrations.cache_clear()


def get(client, **headers):
    return client.get("/healthz", **headers)


class TestHealthz:
    def test_all_is_well(self, client):
        answer = get(client)
        assert answer.status_code == 200
        facts = answer.json()
        assert facts.pop("disk_free_mb") > 0
        rest = {"database": "ok", "migrations": "ok", "media": "ok", "outbox_oldest_seconds": None}
        assert facts == {"status": "ok", **rest}

    def test_it_is_not_kept_by_caches(self, client):
        assert "no-store" in get(client).headers["Cache-Control"]

    def test_late_mail_is_told_but_is_no_failure(self, client):
        OutgoingMail.objects.create(to="a@contoh.invalid", created_at=timezone.now() - timedelta(hours=2))
        answer = get(client)
        assert (answer.status_code, answer.json()["status"]) == (200, "late mail")
        assert answer.json()["outbox_oldest_seconds"] >= 7200

    def test_the_database_is_away(self, client, monkeypatch):
        def lose():
            raise OperationalError("connection to server at 10.0.0.5 failed")

        monkeypatch.setattr(health, "has_all_migrations", lose)
        answer = get(client)
        assert (answer.status_code, answer.json()["database"]) == (503, "away")
        assert "10.0.0.5" not in answer.content.decode()

    def test_migrations_are_pending(self, client, monkeypatch):
        monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, nodes: ["one"])
        answer = get(client)
        assert (answer.status_code, answer.json()["migrations"]) == (503, "pending")
        monkeypatch.undo()
        assert get(client).status_code == 200

    def test_the_disk_is_full(self, client, monkeypatch):
        usage = namedtuple("usage", "total used free")(10**9, 10**9, 10**6)
        monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
        assert get(client).status_code == 503

    def test_too_little_room_for_photos_is_told_but_is_no_failure(self, client, monkeypatch):
        usage = namedtuple("usage", "total used free")(10**9, 7 * 10**8, 3 * 10**8)
        monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
        answer = get(client)
        assert (answer.status_code, answer.json()["status"], answer.json()["media"]) == (200, "no photos", "full")

    def test_a_read_only_media_folder_is_told_but_is_no_failure(self, client, monkeypatch):
        monkeypatch.setattr(files.os, "access", lambda path, mode: False)
        answer = get(client)
        assert (answer.status_code, answer.json()["media"]) == (200, "read-only")

    def test_a_media_folder_that_no_photo_made_yet_is_fine(self, client, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path / "belum" / "ada"
        assert get(client).json()["media"] == "ok"

    def test_it_tells_no_path_and_no_name(self, client, settings):
        text = get(client).content.decode()
        for secret in (str(settings.BASE_DIR), str(settings.VAR_DIR), settings.DATABASES["default"]["NAME"]):
            assert str(secret) not in text

    def test_it_answers_without_https(self, client, settings):
        settings.SECURE_SSL_REDIRECT = True
        assert get(client).status_code == 200
        assert client.get("/").status_code == 301

    def test_it_asks_little(self, client, django_assert_max_num_queries):
        get(client)
        with django_assert_max_num_queries(2):
            get(client)

    def test_it_is_only_read(self, client):
        assert client.post("/healthz").status_code == 405
