"""The shipped files of regions/data: read, checked, and refused with a sentence when they cannot be used."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from regions.models import AreaAlias, LocalTerm, TimeZone
from regions.models.codes import Kind, Level, is_code, level_of, parent_code

DATA_DIR = Path(__file__).parent / "data"
FILES = {
    Level.PROVINCE: ("provinces.csv", ["code", "name"]),
    Level.REGENCY: ("regencies.csv", ["code", "province_code", "name"]),
    Level.DISTRICT: ("districts.csv", ["code", "regency_code", "name"]),
    Level.VILLAGE: ("villages.csv", ["code", "district_code", "name"]),
}
LONGEST_NAME = 80


class BrokenFileError(Exception):
    """A file that cannot be used; the message is an Indonesian sentence for whoever runs the command."""


def read_rows(path: Path, columns: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The rows of one file with their line numbers, without the heading. Every value is text: codes are not numbers."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            if next(reader, None) != columns:
                raise BrokenFileError(f"Baris pertama {path.name} harus berisi: {','.join(columns)}.")
            for row in reader:
                if len(row) != len(columns):
                    raise broken(path, reader.line_num, f"berisi {len(row)} kolom, seharusnya {len(columns)}")
                yield reader.line_num, [value.strip() for value in row]
    except OSError as error:
        raise BrokenFileError(f"Berkas {path} tidak dapat dibaca: {error.strerror}. Pulihkan berkas itu.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise BrokenFileError(
            f"Berkas {path.name} rusak: bukan CSV UTF-8 yang utuh. Salin ulang berkas itu."
        ) from error


def broken(path: Path, line: int, problem: str) -> BrokenFileError:
    return BrokenFileError(f"Berkas {path.name} baris {line} {problem}. Perbaiki baris itu, lalu ulangi.")


def read_names(folder: Path = DATA_DIR) -> dict[str, str]:
    """Code -> name of every area, from the provinces down; every code is well formed, unique and has its parent."""
    names: dict[str, str] = {}
    for level, (file, columns) in FILES.items():
        before = len(names)
        for line, row in read_rows(folder / file, columns):
            code, name = row[0], row[-1]
            if problem := name_problem(names, level, code, name, row[1:-1]):
                raise broken(folder / file, line, problem)
            names[code] = name
        if len(names) == before:
            raise BrokenFileError(f"Berkas {file} tidak berisi satu wilayah pun. Salin ulang berkas itu.")
    return names


def name_problem(names: dict[str, str], level: Level, code: str, name: str, parents: list[str]) -> str:
    """What is wrong with one row, or nothing."""
    if not is_code(code) or level_of(code) != level:
        return f"berisi kode yang salah: {code!r}"
    if code in names:
        return f"mengulang kode {code}"
    if not name or len(name) > LONGEST_NAME or "\0" in name:
        return f"berisi nama kosong atau lebih dari {LONGEST_NAME} huruf untuk kode {code}"
    above = parent_code(code)
    if above and (above not in names or parents != [above]):
        return f"menyebut induk yang salah atau tidak ada untuk kode {code}"
    return ""


@lru_cache(maxsize=1)
def names() -> dict[str, str]:
    """The shipped names, read once a process."""
    return read_names()


def read_time_zones(folder: Path = DATA_DIR) -> dict[str, str]:
    """Province code -> time zone."""
    zones: dict[str, str] = {}
    for line, (prefix, zone) in read_rows(folder / "time_zones.csv", ["prefix", "time_zone"]):
        if len(prefix) != 2 or zone not in TimeZone.values:
            raise broken(folder / "time_zones.csv", line, f"berisi zona waktu yang tidak dikenal: {zone!r}")
        zones[prefix] = zone
    return zones


@lru_cache(maxsize=1)
def time_zones() -> dict[str, str]:
    return read_time_zones()


def read_terms(folder: Path = DATA_DIR) -> list[LocalTerm]:
    terms = []
    columns = ["prefix", "kind", "term", "head_title"]
    for line, (prefix, kind, term, head_title) in read_rows(folder / "terms.csv", columns):
        if not is_code(prefix) or kind not in Kind.values or not term or not head_title:
            raise broken(folder / "terms.csv", line, "berisi kode, jenis atau sebutan yang salah")
        terms.append(LocalTerm(prefix=prefix, kind=kind, term=term, head_title=head_title))
    return terms


def add_terms(folder: Path = DATA_DIR) -> int:
    """Add the shipped terms that are not there yet; what an officer corrected stays. Says how many were added."""
    return LocalTerm.objects.add_missing(read_terms(folder))


def read_aliases(folder: Path = DATA_DIR) -> list[AreaAlias]:
    aliases = []
    for line, (code, name) in read_rows(folder / "aliases.csv", ["code", "name"]):
        alias = AreaAlias(area_id=code, name=name).set_keys()
        if not is_code(code) or not alias.sound:
            raise broken(folder / "aliases.csv", line, "berisi kode atau nama lain yang salah")
        aliases.append(alias)
    return aliases


def read_successors(folder: Path = DATA_DIR) -> dict[str, tuple[str, date]]:
    """Old code -> (the code that replaced it, since when)."""
    successors: dict[str, tuple[str, date]] = {}
    columns = ["old_code", "new_code", "retired_on"]
    for line, (old, new, retired_on) in read_rows(folder / "successors.csv", columns):
        if not (is_code(old) and is_code(new) and len(old) == len(new)) or old == new or old in successors:
            raise broken(folder / "successors.csv", line, f"berisi pasangan kode yang salah: {old!r} dan {new!r}")
        try:
            successors[old] = (new, date.fromisoformat(retired_on))
        except ValueError as error:
            problem = f"berisi tanggal yang salah: {retired_on!r} (tulis tahun-bulan-tanggal)"
            raise broken(folder / "successors.csv", line, problem) from error
    return successors
