"""Both sides say once a year how it goes."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from partnerships.models import Evaluation, Partnership, Side
from tests.factories import make_user
from tests.partnerships.factories import make_active, make_partnership

pytestmark = pytest.mark.django_db


def give(row: Partnership, side: Side) -> Evaluation:
    return Evaluation.give(row, side, by=make_user(), outcome="good", achieved="Warga datang.")


class TestGive:
    def test_each_side_once_a_year(self) -> None:
        row = make_active()
        give(row, Side.FIRST)
        give(row, Side.PARTNER)
        with pytest.raises(ValidationError, match="sudah mengisi evaluasi tahun ini"):
            give(row, Side.FIRST)
        assert row.evaluations.count() == 2

    def test_not_before_it_runs(self) -> None:
        with pytest.raises(ValidationError, match="belum berjalan"):
            give(make_partnership(), Side.FIRST)
