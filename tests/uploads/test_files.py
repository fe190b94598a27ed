from __future__ import annotations

import errno
import os
import time
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from uploads import files
from uploads.files import NotStored, old_keys, photo_path, remove_files, write_files
from uploads.images import SIZES

VARIANTS = {size: size.encode() * 100 for size in SIZES}


@pytest.fixture(autouse=True)
def root(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def everything(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def written() -> UUID:
    key = uuid4()
    write_files(key, VARIANTS)
    return key


class TestWriteFiles:
    def test_three_files_with_random_names_only(self, root: Path) -> None:
        key = written()
        assert {path.name for path in everything(root)} == {f"{key}-{size}.jpg" for size in SIZES}
        assert photo_path(key, "small").read_bytes() == VARIANTS["small"]

    def test_only_the_portal_reads_files_and_folders(self, root: Path) -> None:
        written()
        assert {path.stat().st_mode & 0o777 for path in everything(root)} == {0o600}
        assert {path.stat().st_mode & 0o777 for path in [root, *root.rglob("*")] if path.is_dir()} == {0o700}

    def test_no_file_and_no_folder_tells_the_time_of_day(self, root: Path) -> None:
        written()
        for path in [*everything(root), *(folder for folder in root.rglob("*") if folder.is_dir())]:
            moment = datetime.fromtimestamp(path.stat().st_mtime, timezone.get_current_timezone())
            assert (moment.date(), moment.hour, moment.minute, moment.second) == (timezone.localdate(), 0, 0, 0)

    def test_photos_leave_room_for_reports_in_words(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        free = SimpleNamespace(free=files.KEPT_FREE - 1)
        monkeypatch.setattr(files.shutil, "disk_usage", lambda path: free)
        with pytest.raises(NotStored, match="penuh"):
            written()
        assert everything(root) == []

    def test_everything_is_durable_before_it_returns(self, monkeypatch: pytest.MonkeyPatch) -> None:
        synced: list[str] = []
        real = os.fsync

        def fsync(descriptor: int) -> None:
            synced.append(os.readlink(f"/proc/self/fd/{descriptor}"))
            real(descriptor)

        monkeypatch.setattr(files.os, "fsync", fsync)
        key = written()
        folder = photo_path(key, "small").parent
        assert synced[-1] == str(folder)
        assert sum(name.endswith(".part") for name in synced) == len(SIZES)
        assert str(folder.parent) in synced

    @pytest.mark.parametrize("call", ["fsync", "utime"])
    @pytest.mark.parametrize("allowed", [0, 1, 3, 4])
    def test_full_disk_leaves_no_half_photo_and_says_so(
        self, root: Path, monkeypatch: pytest.MonkeyPatch, call: str, allowed: int
    ) -> None:
        written()
        before = everything(root)
        real, calls = getattr(os, call), []

        def fail(*args: object) -> None:
            calls.append(args)
            if len(calls) > allowed:
                raise OSError(errno.ENOSPC, "No space left on device")
            real(*args)

        monkeypatch.setattr(files.os, call, fail)
        with pytest.raises(NotStored) as caught:
            written()
        assert "penyimpanan di server penuh" in caught.value.messages[0]
        assert everything(root) == before

    def test_folder_that_is_a_file_is_an_error_with_words(self, root: Path) -> None:
        root.write_text("bukan folder")
        with pytest.raises(NotStored):
            written()

    def test_file_in_the_way_is_never_written_over(self, tmp_path: Path) -> None:
        key, other = uuid4(), tmp_path / "lain"
        other.write_text("milik orang lain")
        part = photo_path(key, "small").with_name(f".{key}-small.part")
        part.parent.mkdir(parents=True)
        part.symlink_to(other)
        with pytest.raises(NotStored):
            write_files(key, VARIANTS)
        assert other.read_text() == "milik orang lain"


class TestRemoveFiles:
    def test_removes_every_size_and_leaves_others(self, root: Path) -> None:
        kept, gone = written(), written()
        remove_files(gone)
        assert {path.name[:36] for path in everything(root)} == {str(kept)}

    def test_removes_what_an_interrupted_write_left(self, root: Path) -> None:
        key = written()
        photo_path(key, "small").rename(photo_path(key, "small").with_name(f".{key}-small.part"))
        remove_files(key)
        assert everything(root) == []

    def test_folder_does_not_tell_when(self) -> None:
        key = written()
        remove_files(key)
        assert photo_path(key, "small").parent.stat().st_mtime == files._midnight()

    def test_photo_without_files_is_no_error(self) -> None:
        remove_files(uuid4())


class TestOldKeys:
    def test_names_a_photo_once_when_its_files_are_old(self) -> None:
        old, _young = written(), written()
        moment = time.time() - 3 * 86_400
        for size in SIZES:
            os.utime(photo_path(old, size), (moment, moment))
        assert list(old_keys(timedelta(days=2))) == [old]

    def test_leaves_files_that_are_not_photos(self, root: Path) -> None:
        folder = root / "images" / "ab"
        folder.mkdir(parents=True)
        (folder / "catatan.txt").touch()
        os.utime(folder / "catatan.txt", (0, 0))
        assert list(old_keys(timedelta(days=2))) == []

    def test_no_folder_yet_means_nothing(self) -> None:
        assert list(old_keys(timedelta(0))) == []
