"""Rows of meetings, made by their own actions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from accounts.models import Institution, Role, User
from groups.models import Kim
from partnerships.models import Attendance, Chosen, Commitment, Meeting
from tests.factories import make_grant, make_institution, make_kim, make_user

_numbers = count(1)
BALI_DAY = datetime(2021, 3, 9, 1, 0, tzinfo=UTC)  # 09.00 WITA


def session_values(**over: Any) -> dict[str, Any]:
    starts: datetime = over.pop("starts_at", timezone.now() - timedelta(days=1))
    plain = {"mode": "onsite", "place": "Balai nagari", "starts_at": starts, "ends_at": starts + timedelta(hours=2)}
    return {**plain, **over}


def make_meeting(host: Kim | Institution | None = None, *, by: User | None = None, **over: Any) -> Meeting:
    """A public meeting of yesterday unless said otherwise; `session` holds what its first session needs."""
    session = session_values(**over.pop("session", {}))
    values = {
        "kind": "synergy",
        "title": f"Rapat Uji {next(_numbers)}",
        "chair_position": "Kepala Bidang Uji",
        "agenda": "Membahas titik internet.",
        "is_public": True,
    }
    return Meeting.call(host or make_kim(), by=by or make_user(), session=session, **{**values, **over})


def make_attendance(
    meeting: Meeting, line: str = "RS Bali Mandara", institution: Institution | None = None
) -> Attendance:
    Attendance.record(meeting, [Chosen(line, institution)], by=make_user())
    return meeting.attendance.order_by("-pk")[0]


def make_commitment(meeting: Meeting | None = None, party: Attendance | None = None, **over: Any) -> Commitment:
    party = party or make_attendance(meeting or make_meeting())
    return Commitment.make(party, by=make_user(), **{"what": "Memasang internet di perpustakaan desa.", **over})


def make_liaison(institution: Institution | None = None) -> tuple[User, Institution]:
    institution = institution or make_institution()
    user = make_user()
    make_grant(user, Role.LIAISON, institution=institution)
    return user, institution
