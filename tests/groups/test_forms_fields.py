"""Fields that several forms of a KIM share."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from groups.forms.fields import RupiahField


class TestRupiah:
    @pytest.mark.parametrize(
        ("typed", "rupiah"),
        [
            ("1500000", 1_500_000),
            ("1.500.000", 1_500_000),
            ("1,500,000", 1_500_000),
            ("Rp 1.500.000", 1_500_000),
            ("Rp. 1.500.000,-", 1_500_000),
            ("Rp1.500.000,00", 1_500_000),
            (" 1 500 000 ", 1_500_000),
            ("0", 0),
            (250, 250),
        ],
    )
    def test_reads_what_people_write(self, typed: str, rupiah: int) -> None:
        assert RupiahField().clean(typed) == rupiah

    @pytest.mark.parametrize(
        "typed", ["sejuta", "1,5", "1.50", "1.5 juta", "-5", "٣٤", "1e6", "9" * 25, "1\x00", "1.0000", "", None]
    )
    def test_half_a_rupiah_and_riddles_are_refused_with_an_example(self, typed: str | None) -> None:
        with pytest.raises(ValidationError, match=r"Tulis rupiah bulat, misalnya 1\.500\.000"):
            RupiahField().clean(typed)

    def test_more_than_a_village_ever_sees_is_a_slip(self) -> None:
        with pytest.raises(ValidationError, match="jumlah nolnya"):
            RupiahField().clean("1000000000001")

    def test_may_stay_empty_where_it_is_not_required(self) -> None:
        assert RupiahField(required=False).clean("") is None
