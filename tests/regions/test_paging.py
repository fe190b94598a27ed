from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from regions.models import CalendarOverride
from regions.paging import Page, keyset_page
from tests.generated import HealthCheck, given, settings, st

pytestmark = pytest.mark.django_db

ORDER = ("-date", "-id")


@pytest.fixture
def days() -> list[int]:
    """25 rows of which always two share a date, newest first."""
    for number in range(25):
        area = None if number % 2 else _area()
        CalendarOverride.objects.create(area=area, date=f"2026-01-{number // 2 + 1:02}", name=str(number))
    return list(CalendarOverride.objects.order_by(*ORDER).values_list("id", flat=True))


def _area() -> Any:
    from tests.factories import make_area

    return make_area("13")


def page(cursor: str | None = None, size: int = 10) -> Page:
    return keyset_page(CalendarOverride.objects.all(), cursor, size, ORDER)


def ids(of: Page) -> list[int]:
    return [row.pk for row in of.rows]


def cursor_of(*values: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


class TestKeysetPage:
    def test_pages_follow_each_other_and_back_without_gap_or_repeat(self, days: list[int]) -> None:
        first = page()
        second = page(first.next_cursor)
        third = page(second.next_cursor)
        assert ids(first) + ids(second) + ids(third) == days
        assert (first.previous_cursor, third.next_cursor) == (None, None)
        assert ids(page(third.previous_cursor)) == ids(second)
        back = page(page(third.previous_cursor).previous_cursor)
        assert ids(back) == ids(first)
        assert back.previous_cursor is None

    def test_a_row_added_on_top_moves_no_later_page(self, days: list[int]) -> None:
        cursor = page().next_cursor
        before = ids(page(cursor))
        CalendarOverride.objects.create(date="2026-02-01", name="new")
        assert ids(page(cursor)) == before

    def test_nothing_gives_an_empty_page(self) -> None:
        assert ids(page()) == []
        assert len(page()) == 0

    def test_it_never_counts(self, days: list[int], django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(1) as queries:
            assert len(list(page())) == 10
        assert "COUNT" not in queries.captured_queries[0]["sql"].upper()

    def test_rows_deleted_before_a_previous_cursor_give_the_first_page(self, days: list[int]) -> None:
        second = page(page().next_cursor)
        CalendarOverride.objects.filter(pk__in=days[:10]).delete()
        assert ids(page(second.previous_cursor)) == days[10:20]

    @pytest.mark.parametrize(
        "cursor",
        [
            "x",
            "é",
            "A" * 401,
            cursor_of("n"),
            cursor_of("n", "2026-01-01"),
            cursor_of("n", "2026-01-01", 1, 1),
            cursor_of("n", "2026-02-31", 1),
            cursor_of("n", "2026-01-01", 2**70),
            cursor_of("n", "2026-01-01", None),
            cursor_of("n", ["2026-01-01"], 1),
            cursor_of("n", "2026-01-01\0", 1),
            cursor_of("n", "\ud800", 1),
            base64.urlsafe_b64encode(b"7").decode(),
        ],
    )
    def test_a_malformed_cursor_gives_the_first_page(self, days: list[int], cursor: str) -> None:
        assert ids(page(cursor)) == days[:10]

    def test_a_lone_surrogate_in_a_text_key_gives_the_first_page(self, days: list[int]) -> None:
        order = ("name", "id")
        found = keyset_page(CalendarOverride.objects.all(), cursor_of("n", "\ud800", 1), 5, order)
        assert found.rows == keyset_page(CalendarOverride.objects.all(), None, 5, order).rows

    def test_moments_beyond_the_calendar_give_the_first_page(self) -> None:
        from accounts.models import User

        for moment in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-01-01T00:00:00"):
            cursor = cursor_of("n", moment, 1)
            assert keyset_page(User.objects.all(), cursor, 5, ("-date_joined", "-id")).rows == []

    @settings(
        max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, database=None
    )
    @given(
        value=st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=5)
    )
    def test_no_cursor_breaks_a_page(self, value: object) -> None:
        page(cursor_of("n", value, 1))
        page(cursor_of(value, "2026-01-01", value))
