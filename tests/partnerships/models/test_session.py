"""Meetings of a forum that were held."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from partnerships.models import Basis, Side
from tests.factories import make_user
from tests.partnerships.factories import hold_session, make_active

pytestmark = pytest.mark.django_db


class TestHold:
    def test_lines_are_written_once_each(self) -> None:
        session = hold_session(make_active())
        assert [row.line for row in session.attendees.order_by("pk")] == ["Ani", "Budi"]

    def test_not_before_it_took_place(self) -> None:
        with pytest.raises(ValidationError, match="belum berlangsung"):
            hold_session(make_active(), starts_at=timezone.now() + timedelta(days=1))

    def test_the_same_one_only_once(self) -> None:
        row, start = make_active(), timezone.now() - timedelta(days=1)
        hold_session(row, starts_at=start)
        with pytest.raises(ValidationError, match="sudah dicatat"):
            hold_session(row, starts_at=start)

    def test_a_link_is_no_place(self) -> None:
        with pytest.raises(ValidationError, match="bukan tempat"):
            hold_session(make_active(), place="https://zoom.us/j/1")

    def test_other_bases_have_none(self) -> None:
        with pytest.raises(ValidationError, match="tatap muka"):
            hold_session(make_active(basis=Basis.REGULATION))


class TestRemove:
    def test_a_name_goes_for_good_and_the_history_does_not_keep_it(self) -> None:
        row = make_active()
        session = hold_session(row)
        line = session.attendees.get(line="Ani")
        for _ in range(2):  # twice pressed
            line.remove(Side.PARTNER, by=make_user())
        assert [each.line for each in session.attendees.all()] == ["Budi"]
        event = row.events.get(action="attendee_removed")
        assert (event.actor_label, event.data) == (str(row.partner), {"session": session.pk})
