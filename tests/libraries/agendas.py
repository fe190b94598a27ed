"""Timetables, activities, sessions and registrations for tests."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from libraries.models import Activity, ActivitySession, Entry, Library, Registration, SpaceHour
from libraries.models.registration import Taken
from libraries.strategy import SpaceKind
from tests.factories import make_user
from tests.libraries.making import make_library

_numbers = count(1)
SKILLS = SpaceKind.SKILLS


def moment(days: int = 7, hour: int = 9) -> datetime:
    """Some days from now, at this hour of the server's clock."""
    return datetime.combine(timezone.localdate() + timedelta(days=days), time(hour), timezone.get_current_timezone())


def session_values(days: int = 7, hour: int = 9, **over: Any) -> dict[str, Any]:
    starts = moment(days, hour)
    return {"starts_at": starts, "ends_at": starts + timedelta(hours=2), "place": "Aula perpustakaan", **over}


def make_activity(library: Library | None = None, *, by: User | None = None, **over: Any) -> Activity:
    """An activity with one session in a week; `session` and `tags` may be given."""
    library = library or make_library()
    words = {
        "kind": "training",
        "title": f"Pelatihan {next(_numbers)}",
        "description": "Menenun dari awal.",
        "takes_registrations": True,
        **over,
    }
    session, tags = words.pop("session", None) or session_values(), words.pop("tags", ())
    return Activity.plan(library, by=by or make_user(), session=session, tags=tags, submission_id=uuid4(), **words)


def make_session(activity: Activity | None = None, **over: Any) -> ActivitySession:
    """The first session of a new activity, or one more of this one."""
    if activity is None:
        session: ActivitySession = make_activity(session=session_values(**over)).sessions.get()
        return session
    session = ActivitySession(activity=activity, area_id=activity.area_id, **session_values(**over))
    activity.keep_session(session, by=make_user())
    return session


def begin(session: ActivitySession, hours_ago: int = 3) -> ActivitySession:
    """Move a session into the past, as time does, without a word to anybody."""
    starts = timezone.now() - timedelta(hours=hours_ago)
    ActivitySession.objects.filter(pk=session.pk).update(starts_at=starts, ends_at=starts + timedelta(hours=2))
    session.refresh_from_db()
    return session


def take(session: ActivitySession, name: str = "Uni Upik", *, by: User | None = None, **over: Any) -> Taken:
    return Registration.take(session, Entry(**{"submission_id": uuid4(), "name": name, **over}), by=by)


def make_hour(library: Library, **over: Any) -> SpaceHour:
    values = {"space": SKILLS, "weekday": 1, "starts": time(9), "ends": time(11), "what": "Kelas menjahit", **over}
    row = SpaceHour(library=library, **values)
    row.keep(by=make_user())
    return row
