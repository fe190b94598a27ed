from __future__ import annotations

from pathlib import Path

import pytest

from regions import catalogue
from regions.models.codes import Kind, kind_of
from tests.regions.conftest import write


class TestShippedFiles:
    def test_every_area_of_the_country_is_listed(self) -> None:
        kinds = [kind_of(code) for code in catalogue.names()]
        counts = {kind: kinds.count(kind) for kind in Kind}
        assert counts == {
            Kind.PROVINCE: 38,
            Kind.KABUPATEN: 416,
            Kind.KOTA: 98,
            Kind.DISTRICT: 7285,
            Kind.KELURAHAN: 8496,
            Kind.DESA: 75252,
            Kind.DESA_ADAT: 14,
        }

    def test_small_files_agree_with_the_list(self) -> None:
        names = catalogue.names()
        assert {row.prefix for row in catalogue.read_terms()} <= names.keys()
        assert {alias.area_id for alias in catalogue.read_aliases()} <= names.keys()
        assert set(catalogue.read_time_zones()) == {code for code in names if len(code) == 2}
        for old, (new, _) in catalogue.read_successors().items():
            assert old not in names
            assert new in names


class TestReadNames:
    @pytest.mark.parametrize(
        ("file", "line", "sentence"),
        [
            ("villages.csv", "13.7.11.2005,13.07.11,Uji", r"villages\.csv baris 4 berisi kode yang salah"),
            ("villages.csv", "13.07.11,13.07.11,Uji", "kode yang salah"),
            ("villages.csv", "13.07.11.2004,13.07.11,Uji", "mengulang kode"),
            ("villages.csv", "13.07.12.2004,13.07.12,Uji", "induk yang salah"),
            ("villages.csv", "13.07.11.2005,33.73.02,Uji", "induk yang salah"),
            ("villages.csv", "13.07.11.2005,13.07.11,", "nama kosong"),
            ("villages.csv", f"13.07.11.2005,13.07.11,{'a' * 81}", "lebih dari 80"),
            ("villages.csv", "13.07.11.2005,13.07.11", "2 kolom, seharusnya 3"),
            ("villages.csv", '13.07.11.2005,13.07.11,"Uji', "bukan CSV UTF-8 yang utuh"),
        ],
    )
    def test_a_broken_row_is_named(self, folder: Path, file: str, line: str, sentence: str) -> None:
        with (folder / file).open("a") as handle:
            handle.write(line)
        with pytest.raises(catalogue.BrokenFileError, match=sentence):
            catalogue.read_names(folder)

    def test_a_missing_file_is_named(self, folder: Path) -> None:
        (folder / "districts.csv").unlink()
        with pytest.raises(catalogue.BrokenFileError, match=r"districts\.csv tidak dapat dibaca"):
            catalogue.read_names(folder)

    def test_a_file_with_a_heading_only_is_refused(self, folder: Path) -> None:
        write(folder, "villages.csv", "code,district_code,name")
        with pytest.raises(catalogue.BrokenFileError, match="tidak berisi satu wilayah pun"):
            catalogue.read_names(folder)

    @pytest.mark.parametrize("content", [b"", b"kode,nama\n13,x\n", b"\xff\xfe\x00c", b"code,name\n13,\xff\n"])
    def test_another_file_is_refused(self, folder: Path, content: bytes) -> None:
        (folder / "provinces.csv").write_bytes(content)
        with pytest.raises(catalogue.BrokenFileError, match=r"provinces\.csv"):
            catalogue.read_names(folder)


class TestSmallFiles:
    @pytest.mark.parametrize(
        ("name", "line", "read", "sentence"),
        [
            ("time_zones.csv", "99,Asia/Tokyo", catalogue.read_time_zones, "zona waktu yang tidak dikenal"),
            ("terms.csv", "13,dorp,Nagari,Wali", catalogue.read_terms, "kode, jenis atau sebutan"),
            ("aliases.csv", "13,…", catalogue.read_aliases, "kode atau nama lain"),
            ("successors.csv", "91.01,91,2022-01-01", catalogue.read_successors, "pasangan kode yang salah"),
            ("successors.csv", "91.01,93.01,25-07-2022", catalogue.read_successors, "tanggal yang salah"),
        ],
    )
    def test_a_broken_row_is_named(self, folder: Path, name: str, line: str, read: object, sentence: str) -> None:
        with (folder / name).open("a") as handle:
            handle.write(f"{line}\n")
        with pytest.raises(catalogue.BrokenFileError, match=sentence):
            read(folder)
