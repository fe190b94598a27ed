from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from tests.factories import make_grant, make_institution, make_kim, make_user
from tests.partnerships.factories import today
from tests.partnerships.meetings import make_attendance, make_commitment, make_meeting

pytestmark = pytest.mark.django_db
MEETINGS, COMMITMENTS = (f"admin:partnerships_{model}_changelist" for model in ("meeting", "commitment"))


@pytest.fixture
def officer(client: Client) -> Client:
    user = make_user()
    make_grant(user, Role.KIM_VERIFIER, area="13.07")
    client.force_login(user)
    return client


class TestMeetingAdmin:
    @pytest.mark.parametrize("rows", [1, 20])
    def test_at_most_eight_queries(self, officer: Client, rows: int, django_assert_max_num_queries: Any) -> None:
        for _ in range(rows):
            make_commitment(make_meeting(make_institution()))
        for name in (MEETINGS, COMMITMENTS):
            officer.get(reverse(name))
            with django_assert_max_num_queries(8):
                assert officer.get(reverse(name)).status_code == 200

    def test_a_public_meeting_of_another_area_is_not_in_the_office(self, officer: Client) -> None:
        make_meeting(make_kim("33.73.02.1004"), title="Rapat jauh")
        own = make_meeting(make_kim("13.07.11.2004"), title="Rapat dekat", is_public=False)
        page = officer.get(reverse(MEETINGS)).content.decode()
        assert "Rapat dekat" in page
        assert "Rapat jauh" not in page
        assert officer.get(reverse("admin:partnerships_meeting_change", args=[own.pk])).status_code == 200


class TestCommitmentAdmin:
    def test_what_is_late_is_one_choice_away(self, officer: Client) -> None:
        meeting = make_meeting(make_institution())
        make_commitment(party=make_attendance(meeting, "A"), what="Janji lama", due_on=today(-1))
        make_commitment(party=make_attendance(meeting, "B"), what="Janji baru")
        page = officer.get(reverse(COMMITMENTS), {"keadaan": "late"}).content.decode()
        assert "Janji lama" in page
        assert "Janji baru" not in page
