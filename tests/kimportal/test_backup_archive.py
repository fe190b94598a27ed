"""The archive: whatever was done to it is noticed before anything is restored."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import tarfile
from pathlib import Path

import pytest

from kimportal.backup.archive import KEY_NAMES, MANIFEST, SUMS, Faulty, Writer, check, check_keys, seal_of
from tests.kimportal.archives import rewrite

KEY = "0190c9a2-0000-4000-8000-000000000001"
MEMBERS = {
    "tables/0001-reports_report/000001.jsonl.gz": b"rows " * 500,
    "tables/0002-reports_reportcount/000001.jsonl.gz": b"more rows",
    f"media/images/ab/{KEY}-small.jpg": b"photo " * 400,
    f"media/documents/ab/{KEY}.bin": b"document",
}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """One of each kind of member."""
    path = tmp_path / "cadangan.tar"
    with Writer(path) as writer:
        for name, content in MEMBERS.items():
            writer.add(name, content)
        writer.finish({"created_at": "2026-11-21", "tables": [], "files": {}, "migrations": []})
    return path


def spoiled(archive: Path, prefix: str) -> Path:
    """One byte of the first member of this kind flipped."""
    done = []

    def change(member):
        info, content = member
        if info.name.startswith(prefix) and not done:
            done.append(info.name)
            content = bytes([content[0] ^ 1]) + content[1:]
        return info, content

    return rewrite(archive, change)


def resealed(archive: Path, *, seal: bool, **over: object) -> Path:
    """The manifest changed, and sealed again or not."""

    def change(member):
        info, content = member
        if info.name == MANIFEST:
            manifest = {**json.loads(content), **over}
            old = manifest.pop("seal")
            content = json.dumps({**manifest, "seal": seal_of(manifest) if seal else old}).encode()
        return info, content

    return rewrite(archive, change)


class TestWriter:
    def test_only_the_owner_reads_it(self, archive: Path) -> None:
        assert stat.S_IMODE(archive.stat().st_mode) == 0o600

    def test_a_failure_leaves_nothing_behind(self, tmp_path: Path) -> None:
        with pytest.raises(TypeError), Writer(tmp_path / "a.tar") as writer:
            writer.add("tables/0001-x/000001.jsonl.gz", None)
        assert os.listdir(tmp_path) == []

    def test_the_list_is_one_that_sha256sum_reads(self, archive: Path, tmp_path: Path) -> None:
        with tarfile.open(archive) as tar:
            for member in tar.getnames():
                tar.extract(member, tmp_path / "out")  # Python 3.11.2 knows no filter yet
        lines = (tmp_path / "out" / SUMS).read_text().splitlines()
        assert len(lines) == len(MEMBERS)
        for line in lines:
            digest, name = line.split("  ")
            assert hashlib.sha256((tmp_path / "out" / name).read_bytes()).hexdigest() == digest


class TestCheck:
    def test_a_whole_archive_passes(self, archive: Path) -> None:
        manifest = check(archive)
        check_keys(manifest, other_keys=False)
        assert manifest["created_at"] == "2026-11-21"

    @pytest.mark.parametrize("kind", ["tables/", "media/images/", "media/documents/"])
    def test_a_flipped_bit_is_found_and_its_member_named(self, archive: Path, kind: str) -> None:
        with pytest.raises(Faulty, match=f"rusak atau diubah: {kind}"):
            check(spoiled(archive, kind))

    def test_a_left_out_member_is_found(self, archive: Path) -> None:
        with pytest.raises(Faulty, match="rusak atau diubah"):
            check(rewrite(archive, lambda member: None if "reports_reportcount/" in member[0].name else member))

    @pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.99])
    def test_a_cut_off_archive_is_found(self, archive: Path, share: float) -> None:
        with tarfile.open(archive) as tar:
            end = max(info.offset_data + info.size for info in tar.getmembers())
        os.truncate(archive, int(end * share))
        with pytest.raises(Faulty, match="terpotong"):
            check(archive)

    def test_another_file_is_no_archive(self, tmp_path: Path) -> None:
        (tmp_path / "a.tar").write_bytes(os.urandom(20_000))
        with pytest.raises(Faulty, match="bukan cadangan"):
            check(tmp_path / "a.tar")

    @pytest.mark.parametrize("name", ["media/../../etc/passwd", "/etc/passwd", "media/images/ab/x.sh", "tables/x.gz"])
    def test_a_member_that_would_lie_elsewhere_is_refused(self, archive: Path, name: str) -> None:
        def change(member):
            if member[0].name.startswith("media/"):
                member[0].name = name
            return member

        with pytest.raises(Faulty, match="bukan bagian cadangan"):
            check(rewrite(archive, change))

    def test_a_link_is_refused(self, archive: Path) -> None:
        def change(member):
            if member[0].name.startswith("media/"):
                member[0].type, member[0].linkname = tarfile.SYMTYPE, "/etc/passwd"
            return member

        with pytest.raises(Faulty, match="bukan bagian cadangan"):
            check(rewrite(archive, change))

    def test_a_later_format_asks_for_an_update(self, archive: Path) -> None:
        with pytest.raises(Faulty, match="Perbarui portal"):
            check(resealed(archive, seal=True, format=2))


class TestCheckKeys:
    @pytest.mark.parametrize("name", KEY_NAMES)
    def test_each_other_key_is_named_with_what_it_costs(self, archive: Path, name: str, settings) -> None:
        setattr(settings, name, "kunci-lain" * 5)
        with pytest.raises(Faulty, match=name):
            check_keys(check(archive), other_keys=False)
        check_keys(check(archive), other_keys=True)

    def test_a_changed_manifest_breaks_the_seal(self, archive: Path) -> None:
        with pytest.raises(Faulty, match="Segel"):
            check_keys(check(resealed(archive, seal=False, created_at="2020-01-01T00:00:00")), other_keys=True)
