"""A small country in a folder, for the tests that read area files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from regions import catalogue


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small country: Talang Maur and Kalibening with what lies above them, all other files as shipped."""
    write(tmp_path, "provinces.csv", "code,name", "13,Sumatera Barat", "33,Jawa Tengah")
    write(
        tmp_path,
        "regencies.csv",
        "code,province_code,name",
        "13.07,13,Kabupaten Lima Puluh Kota",
        "33.73,33,Kota Salatiga",
    )
    write(tmp_path, "districts.csv", "code,regency_code,name", "13.07.11,13.07,Mungka", "33.73.02,33.73,Tingkir")
    write(
        tmp_path,
        "villages.csv",
        "code,district_code,name",
        "13.07.11.2004,13.07.11,Talang Maur",
        "33.73.02.1004,33.73.02,Kalibening",
    )
    write(tmp_path, "aliases.csv", "code,name", "13.07,50 Kota")
    write(tmp_path, "successors.csv", "old_code,new_code,retired_on")
    for name in ("terms.csv", "time_zones.csv"):
        shutil.copy(catalogue.DATA_DIR / name, tmp_path)
    return tmp_path


def write(folder: Path, name: str, *lines: str) -> None:
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
