from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from groups.models import Decree
from groups.workflow import Status
from tests.factories import make_decree, make_kim

pytestmark = pytest.mark.django_db


class TestAdd:
    @pytest.mark.parametrize(
        ("start", "end", "sentence"),
        [
            (date(2026, 1, 2), date(2025, 1, 2), "tidak dapat berakhir sebelum mulai"),
            (date(2025, 6, 1), date(2026, 6, 1), "bertumpuk dengan SK 140/0 .02-01-2025 sampai 31-12-2025"),
            (date(2025, 12, 31), date(2026, 6, 1), "bertumpuk"),
        ],
    )
    def test_each_rule_has_its_sentence(self, start: date, end: date, sentence: str) -> None:
        kim = make_kim()
        make_decree(kim, date(2025, 1, 2), date(2025, 12, 31), number="140/0")
        with pytest.raises(ValidationError, match=sentence):
            make_decree(kim, start, end)
        assert Decree.objects.count() == 1

    def test_the_next_term_may_begin_the_day_after(self) -> None:
        kim = make_kim()
        make_decree(kim, date(2025, 1, 2), date(2025, 12, 31))
        make_decree(kim, date(2026, 1, 1), date(2026, 12, 31))

    def test_another_kim_does_not_matter(self) -> None:
        for _ in range(2):
            make_decree(make_kim(), date(2025, 1, 2), date(2025, 12, 31), number="140/0")

    def test_its_end_is_copied_to_the_kim(self) -> None:
        kim, end = make_kim(), timezone.localdate() + timedelta(days=30)
        make_decree(kim, valid_until=end)
        kim.refresh_from_db()
        assert (kim.valid_until, kim.status) == (end, Status.VERIFIED)
        assert kim.ends_soon


class TestStanding:
    def test_today_decides(self) -> None:
        today = timezone.localdate()
        day = timedelta(days=1)
        rows = [Decree(valid_from=today + a * day, valid_until=today + b * day) for a, b in ((-2, -1), (-1, 0), (1, 2))]
        assert [(row.is_in_force, row.is_over) for row in rows] == [(False, True), (True, False), (False, False)]
