"""What the libraries of the demo do: a week in the three spaces, a training to come, one that was counted."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from kimportal.demo.timetravel import at
from libraries.models import Activity, Entry, Library, Registration, SessionCount, SpaceHour
from libraries.strategy import SpaceKind
from regions.calendar import zone_of

HOURS = (
    (SpaceKind.EXPERIENCE, 6, time(9), time(11), "Cerita warga"),
    (SpaceKind.LEARNING, 3, time(14), time(16), "Belajar bersama anak sekolah"),
    (SpaceKind.SKILLS, 5, time(13), time(15), "Kelas komputer dasar"),
)
TRAININGS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Menenun dari awal", "training", ("women", "culture_protection")),
    ("Pemasaran daring untuk usaha rumahan", "training", ("small_business", "business_opportunity")),
    ("Bercerita dalam bahasa daerah", "culture", ("elders", "children", "cultural_diversity")),
)
ALIASES = ("Warga Contoh A", "Warga Contoh B", "Warga Contoh C")


def tell_agenda(libraries: list[Library], officers: dict[str, User]) -> int:
    """How many activities there are now: two for each library, one over and one to come."""
    for number, library in enumerate(libraries):
        by = officers[library.regency_code]
        for space, weekday, starts, ends, what in HOURS:
            SpaceHour(library=library, space=space, weekday=weekday, starts=starts, ends=ends, what=what).keep(by=by)
        told, coming = (TRAININGS[(number + step) % len(TRAININGS)] for step in (0, 1))
        hold(library, by, told, number)
        announce(library, by, coming, number)
    return Activity.objects.count()


def plan(library: Library, by: User, training: tuple[str, str, tuple[str, ...]], days: int, key: int) -> Activity:
    title, kind, tags = training
    zone = zone_of(library.area_id)
    day = timezone.now().astimezone(zone).date() + timedelta(days=days)
    starts = datetime.combine(day, time(9), zone)
    session: dict[str, Any] = {"starts_at": starts, "ends_at": starts + timedelta(hours=3), "seats": 20}
    words: dict[str, Any] = {"title": title, "kind": kind, "space": SpaceKind.SKILLS, "takes_registrations": True}
    words["description"] = "Contoh kegiatan. Alat disediakan perpustakaan; bawa buku tulis. Tidak dipungut biaya."
    session["place"] = f"Aula {library.name}"[:200]
    return Activity.plan(library, by=by, session=session, tags=tags, submission_id=UUID(int=key), **words)


def hold(library: Library, by: User, training: tuple[str, str, tuple[str, ...]], number: int) -> None:
    """An activity of some weeks ago, counted from its paper sheet."""
    now = timezone.now()
    with at(now - timedelta(days=40)):
        row = plan(library, by, training, 12, 2 * number + 1)
    with at(now - timedelta(days=27)):
        female, male = 9 + number % 4, 5 + number % 3
        SessionCount.write(row.sessions.get(), by=by, total=female + male, female=female, male=male)


def announce(library: Library, by: User, training: tuple[str, str, tuple[str, ...]], number: int) -> None:
    """An activity to come, with some who registered under an alias."""
    session = plan(library, by, training, 6 + number, 2 * number + 2).sessions.get()
    for place, alias in enumerate(ALIASES[: 1 + number % 3]):
        Registration.take(session, Entry(UUID(int=10_000 + 10 * number + place), alias))
