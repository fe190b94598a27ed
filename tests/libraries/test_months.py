from __future__ import annotations

from datetime import date

import pytest

from libraries.months import parse, run_of, shift


class TestMonths:
    def test_shift_crosses_years(self) -> None:
        assert shift(date(2026, 1, 1), -1) == date(2025, 12, 1)
        assert shift(date(2025, 12, 1), 13) == date(2027, 1, 1)

    def test_run_ends_with_the_given_month(self) -> None:
        run = run_of(date(2026, 2, 1), 14)
        assert (run[0], run[-1], len(run)) == (date(2025, 1, 1), date(2026, 2, 1), 14)


class TestParse:
    def test_month_of_an_address(self) -> None:
        assert parse("2026-03") == date(2026, 3, 1)

    @pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-3", "2009-12", "٢٠٢٦-03", "2026/03", "26-03-01"])
    def test_anything_else_is_refused(self, text: str) -> None:
        with pytest.raises(ValueError):  # noqa: PT011  the sentence is the page's own
            parse(text)
