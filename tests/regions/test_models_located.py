from __future__ import annotations

import pytest

from accounts.models import Institution
from partnerships.models import Guideline
from regions.models import within
from tests.factories import make_area, make_institution

pytestmark = pytest.mark.django_db


class TestLocated:
    def test_the_codes_above_are_copied(self) -> None:
        row = make_institution(area="13.07.11.2004")
        assert (row.province_code, row.regency_code, row.district_code) == ("13", "13.07", "13.07.11")
        assert row.area_codes == ["13", "13.07", "13.07.11", "13.07.11.2004"]

    def test_a_row_of_a_regency_has_no_district(self) -> None:
        row = make_institution(area="13.07")
        assert (row.province_code, row.regency_code, row.district_code) == ("13", "13.07", "")

    def test_a_row_of_the_whole_country_has_no_codes(self) -> None:
        row = Guideline(title="Pegangan")  # its area may be empty
        row.copy_codes()
        assert (row.province_code, row.regency_code, row.district_code, row.area_codes) == ("", "", "", [])

    def test_moving_writes_the_codes_even_when_only_the_area_is_saved(self) -> None:
        row = make_institution(area="13.07")
        row.area = make_area("51.03.05.2003")
        row.save(update_fields=["area"])
        row.refresh_from_db()
        assert row.district_code == "51.03.05"


class TestWithin:
    @pytest.mark.parametrize("code", ["13", "13.07", "13.07.11", "13.07.11.2004"])
    def test_a_row_lies_in_every_area_above_it(self, code: str) -> None:
        row = make_institution(area="13.07.11.2004")
        make_institution(area="51.03.05.2003")
        assert list(Institution.objects.within(code)) == [row]
        assert list(Institution.objects.within(make_area(code))) == [row]

    def test_it_walks_a_relation(self) -> None:
        assert "institution__regency_code" in str(within("13.07", "institution__"))

    def test_it_compares_whole_codes(self) -> None:
        make_institution(area="13.07")
        assert not Institution.objects.within("13.0").exists()
