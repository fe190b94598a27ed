"""Rows as lines: the same line from both databases, the same row from the line."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from django.apps import apps

from accounts.events import AccountEvent
from kimportal.backup.rows import Inserter, as_line, columns, pack, tables, unpack
from tests.factories import make_user

MOMENT = datetime(2026, 11, 21, 14, 5, 0, 123456, tzinfo=timezone(timedelta(hours=8)))


class TestLine:
    def test_a_moment_is_written_in_utc(self) -> None:
        assert as_line((MOMENT, date(2026, 11, 21))) == '["2026-11-21T06:05:00.123456+00:00","2026-11-21"]'

    def test_keys_of_a_json_value_are_sorted(self) -> None:
        assert as_line(({"b": 1, "a": [None]},)) == as_line(({"a": [None], "b": 1},))

    def test_text_of_every_kind_comes_back(self) -> None:
        values = ["baris\nkedua\u2028\x85", "\U0001f600", "\ud800", "", None]
        assert unpack(pack([as_line((value,)) for value in values])) == [[value] for value in values]

    def test_what_nobody_thought_of_is_refused(self) -> None:
        with pytest.raises(TypeError, match="set"):
            as_line(({1},))

    def test_numbers_keep_their_digits(self) -> None:
        assert as_line((Decimal("-0.250000"), 2**62, UUID(int=1))) == (
            f'["-0.250000",{2**62},"00000000-0000-0000-0000-000000000001"]'
        )


class TestTables:
    def test_each_comes_after_those_it_cannot_do_without(self) -> None:
        order = [model._meta.db_table for model in tables(apps)]
        assert order.index("reports_report") < order.index("reports_reporter"), "a trigger asks the report"
        assert order.index("accounts_user") < order.index("accounts_accountevent")


@pytest.mark.django_db
class TestInserter:
    def test_a_row_is_written_as_it_was(self) -> None:
        names = columns(AccountEvent)
        row = dict.fromkeys(names)
        row |= {"id": 5, "sequence": 1, "at": MOMENT.astimezone(UTC).isoformat(), "actor_label": "x", "action": "y"}
        row |= {
            "data": {"a": None},
            "text_digest": "",
            "previous_digest": "",
            "digest": "",
            "subject_id": make_user().pk,
        }
        assert Inserter(AccountEvent, names).insert([[row[name] for name in names]]) == 1
        event = AccountEvent.objects.get(pk=5)
        assert (event.at, event.data, event.actor_key) == (MOMENT, {"a": None}, None)
