"""Legal bases and customary villages."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from regions.models import CustomaryVillage, LegalBasis
from tests.factories import make_area

pytestmark = pytest.mark.django_db


def make(**over: Any) -> LegalBasis:
    values = {"kind": "perbup", "number": "7", "year": 2021, "about": "KIM", "issuer": "Bupati Uji"}
    row = LegalBasis(**{**values, **over})
    row.full_clean()
    row.save()
    return row


class TestLegalBasis:
    def test_once_whatever_the_capitals(self) -> None:
        make(number="7/SE")
        with pytest.raises(ValidationError, match="sudah tercatat"):
            make(number="7/se", issuer=" BUPATI  uji")
        make(number="7/SE", year=2022)

    @pytest.mark.parametrize("year", [1944, timezone.localdate().year + 1])
    def test_year_from_1945_to_this_one(self, year: int) -> None:
        with pytest.raises(ValidationError, match="Tahun"):
            make(year=year)
        make(year=1945)
        make(year=timezone.localdate().year)

    def test_it_covers_its_own_area_and_what_lies_in_it(self) -> None:
        local, national = make(issuer_area=make_area("13.07")), make(number="8")
        assert [local.covers(code) for code in ("13.07", "13.07.11.2004", "13", "13.71")] == [True, True, False, False]
        assert national.covers("13.71.01.1001")
        assert set(LegalBasis.objects.covering(["13", "13.71"])) == {national}


class TestCustomaryVillage:
    def test_it_lies_in_a_village(self) -> None:
        row = CustomaryVillage(name="Kutuh", area=make_area("51.03.05"))
        with pytest.raises(ValidationError, match="Pilih desa"):
            row.full_clean()
        row.area = make_area("51.03.05.2003")
        row.full_clean()
        row.save()
        assert CustomaryVillage.objects.within("51.03").get() == row
