"""What a rule obliges an area to."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from groups.models import DistrictCoverage
from partnerships.models import Obligation
from regions.models import LegalStatus
from tests.factories import make_area, make_tree
from tests.partnerships.factories import make_legal_basis

pytestmark = pytest.mark.django_db


class TestObligation:
    def test_figures_are_those_of_the_coverage(self) -> None:
        make_tree()
        DistrictCoverage.objects.all().rebuild()
        row = Obligation(area=make_area("13.07"), legal_basis=make_legal_basis())
        row.full_clean()
        assert row.figures == {"villages": 3, "covered": 0, "lacking": 3}

    @pytest.mark.parametrize(
        ("area", "over", "sentence"),
        [
            ("13.07.11.2004", {}, "Pilih provinsi"),
            ("13.71", {}, "tidak berlaku di wilayah"),
            ("13.07", {"status": LegalStatus.REVOKED}, "dicabut"),
        ],
    )
    def test_refusals(self, area: str, over: dict[str, str], sentence: str) -> None:
        row = Obligation(area=make_area(area), legal_basis=make_legal_basis(**over))
        with pytest.raises(ValidationError, match=sentence):
            row.full_clean()
