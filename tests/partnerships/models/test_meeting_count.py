"""The figures of a meeting's paper sheet."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from partnerships.models import MeetingCount
from tests.factories import make_user
from tests.partnerships.meetings import make_meeting

pytestmark = pytest.mark.django_db


class TestWrite:
    def test_twice_the_same_is_one_row_and_one_event(self) -> None:
        row = make_meeting()
        for _ in range(2):
            MeetingCount.write(row, by=make_user(), total=20, female=12, male=8)
        assert MeetingCount.objects.get().total == 20
        assert row.events.filter(action="people_counted").count() == 1

    def test_a_breakdown_larger_than_the_total_is_refused(self) -> None:
        with pytest.raises(ValidationError, match="Rinciannya lebih banyak"):
            MeetingCount.write(make_meeting(), by=make_user(), total=5, female=4, male=4)

    def test_nobody_came_to_what_is_still_to_come(self) -> None:
        row = make_meeting(session={"starts_at": timezone.now() + timedelta(days=1)})
        with pytest.raises(ValidationError, match="sesudah rapat dimulai"):
            MeetingCount.write(row, by=make_user(), total=5)
