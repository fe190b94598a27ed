from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from groups.models import Dissemination
from groups.models.activity import DAYS, activity_of
from tests.factories import make_announcement, make_kim, make_user

pytestmark = pytest.mark.django_db


class TestActivityOf:
    def test_counts_what_was_shown_and_spread_lately(self) -> None:
        kim, user = make_kim(), make_user()
        announcement = make_announcement(kim)
        make_announcement(make_kim())
        for days in (1, DAYS + 5):
            used_on = timezone.localdate() - timedelta(days=days)
            row = Dissemination(
                announcement=announcement, channel="notice_board", place="Pasar", people=40, used_on=used_on
            )
            row.keep(by=user)
        activity = activity_of(kim)
        assert (activity.announcements, activity.relays, activity.disseminations, activity.people) == (1, 0, 1, 40)

    def test_a_scheduled_announcement_does_not_count_before_its_time(self) -> None:
        kim = make_kim()
        make_announcement(kim, at=timezone.now() + timedelta(days=2))
        assert not activity_of(kim)
