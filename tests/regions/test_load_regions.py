from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from regions.models import Area
from tests.factories import make_area
from tests.regions.conftest import write

pytestmark = pytest.mark.django_db


def run(folder: Path, **options: bool) -> str:
    out = StringIO()
    call_command("load_regions", folder=folder, stdout=out, **options)
    return out.getvalue()


class TestCommand:
    def test_it_says_what_it_did_and_does_it_once(self, folder: Path) -> None:
        first = run(folder)
        assert "8 dari 8" in first
        assert "8 wilayah baru." in first
        assert "tidak ada yang berubah" in run(folder)

    def test_it_names_what_was_renamed_replaced_and_retired(self, folder: Path) -> None:
        run(folder)
        write(folder, "villages.csv", "code,district_code,name", "13.07.11.2004,13.07.11,Talang Maua")
        told = run(folder)
        assert "13.07.11.2004 Talang Maur -> Talang Maua" in told
        assert "33.73.02.1004" in told

    def test_a_long_list_is_cut(self, folder: Path) -> None:
        villages = [f"13.07.11.{number},13.07.11,Desa {number}" for number in range(2001, 2031)]
        write(folder, "villages.csv", "code,district_code,name", *villages)
        run(folder)
        write(folder, "villages.csv", "code,district_code,name", "13.07.11.2999,13.07.11,Sendiri")
        assert "dan 10 lagi" in run(folder)

    @pytest.mark.parametrize("name", ["villages.csv", "terms.csv", "successors.csv"])
    def test_an_unreadable_file_is_one_clear_sentence(self, folder: Path, name: str) -> None:
        (folder / name).write_bytes(b"\x00\xff\xfe")
        with pytest.raises(CommandError, match=rf"{name}.*Tidak ada data yang diubah\."):
            run(folder)
        assert not Area.objects.exists()

    def test_a_missing_folder_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="tidak dapat dibaca"):
            run(tmp_path / "tiada")


class TestIfEmpty:
    def test_a_loaded_tree_is_left_alone(self, folder: Path) -> None:
        make_area()
        before = Area.objects.count()
        assert run(folder, if_empty=True) == ""
        assert Area.objects.count() == before

    def test_an_empty_database_is_filled(self, folder: Path) -> None:
        run(folder, if_empty=True)
        assert Area.objects.exists()
