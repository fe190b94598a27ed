from __future__ import annotations

from datetime import date

from libraries.months import run_of
from libraries.trend import BOTTOM, HEIGHT, LEFT, TOP, WIDTH, Trend, trend_of
from tests.generated import HealthCheck, given, settings, st

MONTHS = run_of(date(2026, 3, 1), 24)
values = st.lists(st.none() | st.integers(0, 10**7), min_size=24, max_size=24)


class TestTrend:
    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
    @given(values)
    def test_every_dot_lies_inside_the_drawing(self, found: list[int | None]) -> None:
        trend = Trend(MONTHS, found)
        for dot in trend.dots:
            assert LEFT <= dot.x <= WIDTH
            assert TOP <= dot.y <= HEIGHT - BOTTOM
        assert len(trend.dots) == sum(value is not None for value in found)

    def test_the_line_breaks_at_a_gap(self) -> None:
        numbers = {month: 5 for month in MONTHS if month != MONTHS[10]}
        assert len(trend_of(MONTHS, numbers).runs) == 2

    def test_nothing_at_all_draws_nothing(self) -> None:
        trend = trend_of(MONTHS, {})
        assert trend.is_empty
        assert trend.runs == []
        assert trend.top == 1
