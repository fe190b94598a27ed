from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from regions.models import Area, Kind, Level
from tests.factories import make_area, make_tree

pytestmark = pytest.mark.django_db


class TestArea:
    def test_a_village_is_named_in_full_with_local_words(self) -> None:
        area = make_area("13.07.11.2004")
        assert str(area) == "Nagari Talang Maur, Kecamatan Mungka, Kabupaten Lima Puluh Kota, Sumatera Barat"
        assert (area.level, area.kind, area.parent_id) == (Level.VILLAGE, Kind.DESA, "13.07.11")

    def test_a_word_is_not_said_twice(self) -> None:
        assert make_area("91.71.01.2001", name="Kampung Baru").label == "Kampung Baru"

    def test_a_regency_is_searched_without_its_word(self) -> None:
        assert make_area("13.76").plain == "payakumbuh"

    def test_a_list_of_names_and_terms_is_one_query(self, django_assert_num_queries: object) -> None:
        make_tree()
        with django_assert_num_queries(1):
            assert {f"{a.term} {a.head_title} {a.label} {a}" for a in Area.objects.filter(level=Level.VILLAGE)}

    @pytest.mark.parametrize(
        ("code", "clock"), [("13.07", "14.05 WIB"), ("51.03", "15.05 WITA"), ("91.03", "16.05 WIT")]
    )
    def test_each_area_has_its_own_clock(self, code: str, clock: str) -> None:
        area = make_area(code)
        moment = area.local(datetime(2026, 11, 21, 7, 5, tzinfo=UTC))
        assert f"{moment:%H.%M} {area.zone_label}" == clock

    def test_parts_are_those_directly_below_that_exist(self) -> None:
        make_tree()
        make_area("13.07.02", retired_on=date(2020, 1, 1))
        assert [area.name for area in Area.objects.get(code="13.07").parts()] == ["Mungka", "Payakumbuh", "Suliki"]

    def test_ancestors_run_from_the_province_down(self) -> None:
        assert [area.code for area in make_area("13.07.11.2004").ancestors()] == ["13", "13.07", "13.07.11"]

    def test_current_follows_every_successor_and_never_runs_in_a_circle(self) -> None:
        today = date(2026, 1, 1)
        new = make_area("93.01")
        middle = make_area("94.01", successor=new, retired_on=today)
        old = make_area("91.01", name="Kabupaten Merauke", successor=middle, retired_on=today)
        assert old.current == new
        Area.objects.filter(code="93.01").update(successor="91.01", retired_on=today)
        assert Area.objects.get(code="91.01").current.code in {"91.01", "93.01", "94.01"}

    def test_an_area_does_not_replace_itself(self) -> None:
        area = make_area("13")
        area.successor, area.retired_on = area, date(2026, 1, 1)
        with pytest.raises(ValidationError, match="menggantikan dirinya sendiri"):
            area.validate_constraints()

    def test_a_replaced_area_has_an_end(self) -> None:
        make_area("13.07")
        with pytest.raises(IntegrityError), transaction.atomic():
            Area.objects.filter(code="13.07").update(successor="13")

    def test_a_code_of_another_shape_is_refused(self) -> None:
        with pytest.raises(ValidationError, match=r"13\.07\.11\.2004"):
            Area(code="13.7", name="x").clean_fields()


class TestAreaQuerySet:
    def test_within_takes_the_area_and_all_below_it(self) -> None:
        make_tree()
        found = Area.objects.within("13.07.11").values_list("code", flat=True)
        assert sorted(found) == ["13.07.11", "13.07.11.2004"]

    @pytest.mark.parametrize("code", ["13.0", "%", "", "13.07.11.200"])
    def test_within_half_a_code_is_nothing(self, code: str) -> None:
        make_area()
        assert not Area.objects.within(code).exists()

    def test_provinces_are_those_in_use(self) -> None:
        make_area("13")
        make_area("54", name="Timor Timur", retired_on=date(1999, 10, 19))
        assert [area.code for area in Area.objects.provinces()] == ["13"]

    def test_rename_says_how_many_changed(self) -> None:
        make_area()
        assert Area.objects.all().rename() == 0
        Area.objects.filter(code="13.07").update(name="Kabupaten Luak Limopuluah")
        assert Area.objects.all().rename() == 3
        assert "Kabupaten Luak Limopuluah" in Area.objects.get(code="13.07.11.2004").full_name
