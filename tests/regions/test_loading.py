from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from accounts.models import Institution, RoleGrant
from regions import catalogue
from regions.loading import load
from regions.models import Area, AreaAlias, AreaPolicy, CalendarOverride, LocalTerm
from tests.factories import make_area, make_grant, make_institution, make_user
from tests.regions.conftest import write

pytestmark = pytest.mark.django_db


def replace(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


class TestLoad:
    def test_a_first_load_names_every_area_in_full(self, folder: Path) -> None:
        changes = load(folder)
        area = Area.objects.get(code="13.07.11.2004")
        assert changes.added == Area.objects.count() == 8
        assert str(area) == "Nagari Talang Maur, Kecamatan Mungka, Kabupaten Lima Puluh Kota, Sumatera Barat"
        assert (area.head_title, area.time_zone, area.parent_id) == ("Wali Nagari", "Asia/Jakarta", "13.07.11")
        assert " 50 50kata" in area.above

    def test_loading_again_changes_nothing(self, folder: Path, django_assert_max_num_queries: Any) -> None:
        load(folder)
        Area.objects.filter(code="13.07.11.2004").update(connectivity="limited")
        with django_assert_max_num_queries(12):
            assert not load(folder)
        assert Area.objects.get(code="13.07.11.2004").connectivity == "limited"

    def test_a_new_name_is_written_in_place_and_reaches_all_below(self, folder: Path) -> None:
        load(folder)
        Area.objects.filter(code="13.07").update(literacy="adequate")
        replace(folder, "regencies.csv", "Lima Puluh Kota", "Luak Limopuluah")
        changes = load(folder)
        assert changes.renamed == [("13.07", "Kabupaten Lima Puluh Kota", "Kabupaten Luak Limopuluah")]
        assert "Kabupaten Luak Limopuluah" in str(Area.objects.get(code="13.07.11.2004"))
        assert Area.objects.get(code="13.07").literacy == "adequate"

    def test_an_area_no_longer_listed_is_retired_not_deleted(self, folder: Path) -> None:
        load(folder)
        replace(folder, "villages.csv", "33.73.02.1004,33.73.02,Kalibening\n", "")
        changes = load(folder)
        assert changes.retired == ["33.73.02.1004"]
        assert Area.objects.get(code="33.73.02.1004").retired_on is not None
        assert not load(folder)

    def test_an_area_listed_again_returns(self, folder: Path) -> None:
        load(folder)
        Area.objects.filter(code="33.73.02.1004").update(retired_on=date(2020, 1, 1))
        assert load(folder).returned == ["33.73.02.1004"]
        assert Area.objects.in_use().filter(code="33.73.02.1004").exists()

    def test_a_successor_named_by_an_officer_stays_and_is_followed(self, folder: Path) -> None:
        load(folder)
        row = make_institution(area="33.73.02.1004")
        Area.objects.filter(code="33.73.02.1004").update(retired_on=date(2026, 1, 1), successor="13.07.11.2004")
        assert load(folder).moved_rows == 1
        row.refresh_from_db()
        assert (row.area_id, row.regency_code) == ("13.07.11.2004", "13.07")
        assert Area.objects.get(code="33.73.02.1004").successor_id == "13.07.11.2004"

    def test_a_broken_file_changes_nothing(self, folder: Path) -> None:
        load(folder)
        replace(folder, "provinces.csv", "Jawa Tengah", "Jawa Tengah Raya")
        replace(folder, "villages.csv", "33.73.02.1004", "33.73.02.9004")
        with pytest.raises(catalogue.BrokenFileError):
            load(folder)
        assert Area.objects.get(code="33").name == "Jawa Tengah"

    def test_a_fault_half_way_changes_nothing(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("regions.loading.follow_successors", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            load(folder)
        assert not Area.objects.exists()
        assert not LocalTerm.objects.exists()
        assert not AreaAlias.objects.exists()

    @pytest.mark.parametrize(
        ("name", "line"),
        [
            ("aliases.csv", "14,Riau Daratan"),
            ("successors.csv", "91.01,93.01,2022-07-25"),
            ("successors.csv", "13.07,33.73,2022-07-25"),
        ],
    )
    def test_small_files_must_name_listed_areas(self, folder: Path, name: str, line: str) -> None:
        with (folder / name).open("a") as handle:
            handle.write(f"{line}\n")
        with pytest.raises(catalogue.BrokenFileError, match="daftar"):
            load(folder)

    def test_progress_ends_at_the_whole(self, folder: Path) -> None:
        told: list[tuple[str, int, int]] = []
        load(folder, lambda *what: told.append(what))
        assert told[-1][1:] == (8, 8)


class TestSuccessors:
    """Kabupaten 13.07 moves to the new province 14 as 14.01."""

    @pytest.fixture
    def moved(self, folder: Path) -> Path:
        load(folder)
        for name in ("regencies.csv", "districts.csv", "villages.csv", "aliases.csv"):
            path = folder / name
            path.write_text(path.read_text().replace("13.07,13,", "14.01,14,").replace("13.07", "14.01"))
        write(folder, "provinces.csv", "code,name", "13,Sumatera Barat", "14,Luak Raya", "33,Jawa Tengah")
        write(folder, "successors.csv", "old_code,new_code,retired_on", "13.07,14.01,2026-07-01")
        return folder

    def test_old_areas_point_to_the_new_ones_down_to_the_village(self, moved: Path) -> None:
        changes = load(moved)
        old = Area.objects.get(code="13.07.11.2004")
        assert (old.successor_id, old.retired_on) == ("14.01.11.2004", date(2026, 7, 1))
        assert ("13.07", "14.01") in changes.replaced
        assert not changes.retired
        assert not load(moved)

    def test_what_lives_there_follows_into_the_copied_codes(self, moved: Path) -> None:
        village = make_institution(area="13.07.11.2004")
        regency = make_institution(area="13.07")
        elsewhere = make_institution(area="33.73")
        changes = load(moved)
        village.refresh_from_db()
        regency.refresh_from_db()
        elsewhere.refresh_from_db()
        codes = (village.area_id, village.province_code, village.regency_code, village.district_code)
        assert codes == ("14.01.11.2004", "14", "14.01", "14.01.11")
        assert (regency.area_id, regency.regency_code, regency.district_code) == ("14.01", "14.01", "")
        assert elsewhere.area_id == "33.73"
        assert changes.moved_rows >= 2

    def test_rights_and_rules_over_the_old_area_hold_for_the_new(self, moved: Path) -> None:
        grant = make_grant(make_user(), "report_coordinator", area="13.07")
        AreaPolicy.objects.create(area_id="13.07", has_112=True)
        CalendarOverride.objects.create(area_id="13.07", date=date(2026, 1, 2), name="Hari jadi")
        load(moved)
        assert RoleGrant.objects.get(pk=grant.pk).area_id == "14.01"
        assert AreaPolicy.for_area("14.01.11").has_112
        assert CalendarOverride.objects.get().area_id == "14.01"

    def test_where_the_new_area_has_its_own_row_that_one_holds(self, moved: Path) -> None:
        old = make_institution("Dinas Kembar", area="13.07")
        other = make_institution("Dinas Lain", area="13.07")
        load(moved)
        Institution.objects.filter(pk=old.pk).update(area="13.07", regency_code="13.07", province_code="13")
        Institution.objects.filter(pk=other.pk).update(area="13.07", regency_code="13.07", province_code="13")
        make_institution("Dinas Kembar", area="14.01")
        load(moved)
        old.refresh_from_db()
        other.refresh_from_db()
        assert (old.area_id, other.area_id) == ("13.07", "14.01")

    def test_a_village_of_another_name_is_not_taken_for_the_same(self, moved: Path) -> None:
        replace(moved, "villages.csv", "Talang Maur", "Koto Baru")
        changes = load(moved)
        assert changes.retired == ["13.07.11.2004"]
        assert Area.objects.get(code="13.07.11.2004").successor is None


class TestWholeCountry:
    def test_the_shipped_tree_loads_with_every_parent(self) -> None:
        load()
        assert Area.objects.in_use().count() == 91_599
        assert not Area.objects.filter(parent__isnull=True).exclude(level="province").exists()
        names = [str(area) for area in Area.objects.search("sidomulyo", "village", 100).areas]
        assert len(set(names)) == len(names) >= 98
        assert [a.code for a in Area.objects.search("Taeh Bukit", "village").areas] == ["13.07.03.2002"]
        assert set(Area.objects.within("13.09").filter(level="village").values_list("term", flat=True)) == {"Desa"}
        assert make_area("13.07").name == "Kabupaten Lima Puluh Kota"
