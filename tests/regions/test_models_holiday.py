from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from regions.models import CalendarOverride
from tests.factories import make_area

pytestmark = pytest.mark.django_db


class TestCalendarOverride:
    @pytest.mark.parametrize("code", [None, "13"])
    def test_a_day_is_set_once_for_an_area(self, code: str | None) -> None:
        area = make_area(code) if code else None
        CalendarOverride.objects.create(area=area, date=date(2026, 1, 2), name="a")
        with pytest.raises(ValidationError, match="sudah diatur"):
            CalendarOverride(area=area, date=date(2026, 1, 2), name="b").full_clean()

    def test_it_says_its_day(self) -> None:
        assert str(CalendarOverride(date=date(2026, 3, 9), name="Hari jadi")) == "Hari jadi (09-03-2026)"
