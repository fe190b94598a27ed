from __future__ import annotations

import io
import os
import time
from datetime import UTC, datetime, timedelta
from datetime import time as dt_time
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, models, transaction
from django.utils import timezone

from tests.factories import make_document, make_image, make_photo_bytes
from uploads.files import NotStored, document_path, photo_path
from uploads.images import SIZES, make_safe
from uploads.models import Document, Image


@pytest.fixture(autouse=True)
def root(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def files_of(key: UUID) -> list[bool]:
    return [photo_path(key, size).exists() for size in SIZES]


def age(key: UUID, hours: float) -> None:
    moment = time.time() - hours * 3600
    for size in SIZES:
        os.utime(photo_path(key, size), (moment, moment))


@pytest.mark.django_db
class TestStore:
    def test_row_knows_size_digest_and_day(self) -> None:
        safe = make_safe(io.BytesIO(make_photo_bytes(2000, 1000)))
        image = Image.store(safe)
        image.refresh_from_db()
        assert (image.width, image.height, image.digest) == (1600, 800, safe.digest)
        assert image.created_on == timezone.localdate()
        assert {size: photo_path(image.pk, size).read_bytes() for size in SIZES} == safe.variants

    def test_no_column_holds_a_time_of_day_or_a_name(self) -> None:
        assert {field.name for field in Image._meta.get_fields()} >= {"id", "width", "height", "digest", "created_on"}
        assert not any(isinstance(field, models.DateTimeField | models.FileField) for field in Image._meta.fields)

    def test_keys_are_random(self) -> None:
        assert make_image().pk.version == 4

    def test_files_are_there_before_the_row(self, monkeypatch: pytest.MonkeyPatch) -> None:
        seen = []
        real = Image.save

        def save(image: Image, *args: object, **kwargs: object) -> None:
            seen.append(files_of(image.pk))
            real(image, *args, **kwargs)

        monkeypatch.setattr(Image, "save", save)
        make_image()
        assert seen == [[True, True, True]]

    def test_refused_row_leaves_no_files(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def save(*args: object, **kwargs: object) -> None:
            raise DatabaseError

        monkeypatch.setattr(Image, "save", save)
        with pytest.raises(DatabaseError):
            make_image()
        assert [path for path in root.rglob("*") if path.is_file()] == []

    def test_full_disk_leaves_no_row(self, root: Path) -> None:
        root.write_text("bukan folder")
        with pytest.raises(NotStored):
            make_image()
        assert not Image.objects.exists()


@pytest.mark.django_db
class TestErase:
    def test_row_and_files_go_together(self, django_capture_on_commit_callbacks: Any) -> None:
        image = make_image()
        key = image.pk
        with django_capture_on_commit_callbacks(execute=True):
            image.erase()
        assert not Image.objects.filter(pk=key).exists()
        assert files_of(key) == [False, False, False]

    def test_files_stay_until_the_row_is_gone_for_good(self, django_capture_on_commit_callbacks: Any) -> None:
        image = make_image()
        key = image.pk
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            image.erase()
            assert files_of(key) == [True, True, True]
            transaction.set_rollback(True)
        assert files_of(key) == [True, True, True]
        assert Image.objects.filter(pk=key).exists()

    def test_disk_that_refuses_does_not_undo_the_erasure(
        self, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
    ) -> None:
        image = make_image()

        def unlink(*args: object, **kwargs: object) -> None:
            raise OSError

        monkeypatch.setattr(Path, "unlink", unlink)
        with django_capture_on_commit_callbacks(execute=True):
            image.erase()
        assert not Image.objects.exists()

    def test_selection_is_erased_with_its_files(self, django_capture_on_commit_callbacks: Any) -> None:
        keys = [make_image().pk for _ in range(2)]
        kept = make_image().pk
        with django_capture_on_commit_callbacks(execute=True):
            assert Image.objects.filter(pk__in=keys).erase() == 2
        assert [files_of(key)[0] for key in [*keys, kept]] == [False, False, True]


@pytest.mark.django_db
class TestSweepOrphans:
    def test_only_old_files_without_a_row_go(self) -> None:
        owned, orphan, young = make_image().pk, make_image().pk, make_image().pk
        Image.objects.filter(pk__in=[orphan, young]).delete()
        age(owned, 100)
        age(orphan, 49)
        age(young, 47)
        assert Image.sweep_orphans() == 1
        assert [files_of(key)[0] for key in (owned, orphan, young)] == [True, False, True]

    def test_file_of_a_filing_under_way_is_never_old_enough(self) -> None:
        key = make_image().pk
        Image.objects.all().delete()
        assert Image.sweep_orphans() == 0  # its time is midnight, up to 24 hours too early
        assert files_of(key) == [True, True, True]

    def test_half_file_of_a_killed_process_goes(self) -> None:
        key = make_image().pk
        Image.objects.all().delete()
        age(key, 60)
        for size in SIZES:
            photo_path(key, size).rename(photo_path(key, size).with_name(f".{key}-{size}.part"))
        assert Image.sweep_orphans() == 1
        assert list(photo_path(key, "small").parent.iterdir()) == []

    def test_asks_the_database_once_for_many_files(self, django_assert_num_queries: object) -> None:
        for key in [make_image().pk for _ in range(5)]:
            age(key, 100)
        with django_assert_num_queries(1):
            Image.sweep_orphans(timedelta(hours=48))


@pytest.mark.django_db
class TestSweepImagesCommand:
    def test_says_how_many_went(self, capsys: pytest.CaptureFixture[str]) -> None:
        key = make_image().pk
        Image.objects.all().delete()
        age(key, 60)
        call_command("sweep_images")
        assert capsys.readouterr().out == "1 foto tanpa pemilik dihapus.\n"
        assert files_of(key) == [False, False, False]

    def test_refuses_an_age_that_could_hit_a_filing_under_way(self) -> None:
        with pytest.raises(CommandError, match="paling sedikit 48"):
            call_command("sweep_images", "--hours", "24")


@pytest.mark.django_db
class TestDocument:
    def test_keeps_kind_size_and_day_and_no_name(self) -> None:
        document = make_document()
        content = document_path(document.pk).read_bytes()
        assert (document.kind, document.byte_size, document.created_on) == ("pdf", len(content), timezone.localdate())
        assert not any(isinstance(field, models.DateTimeField | models.FileField) for field in Document._meta.fields)

    def test_file_carries_no_time_of_day(self) -> None:
        moment = document_path(make_document().pk).stat().st_mtime
        assert timezone.localtime(datetime.fromtimestamp(moment, UTC)).time() == dt_time.min

    def test_full_disk_leaves_no_row(self, root: Path) -> None:
        root.write_text("bukan folder")
        with pytest.raises(NotStored, match="Berkas belum dapat disimpan"):
            make_document()
        assert not Document.objects.exists()

    def test_erase_takes_the_file_once_committed(self, django_capture_on_commit_callbacks: Any) -> None:
        document = make_document()
        path = document_path(document.pk)
        with django_capture_on_commit_callbacks(execute=True):
            document.erase()
            assert path.exists()
        assert not path.exists()

    def test_sweeps_old_files_without_a_row_and_nothing_else(self) -> None:
        kept, orphan, young = make_document(), make_document(), make_document()
        for document in (kept, orphan):
            os.utime(document_path(document.pk), (0, 0))
        Document.objects.filter(pk__in=[orphan.pk, young.pk]).delete()
        image = make_image()
        age(image.pk, 1000)
        assert Document.sweep_orphans() == 1
        assert [document_path(each.pk).exists() for each in (kept, orphan, young)] == [True, False, True]
        assert files_of(image.pk) == [True, True, True]
