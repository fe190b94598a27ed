"""A worker that slept three days, then two of them wake at once: each reminder goes out once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from tests.bench.drills.mail import work
from tests.bench.drills.portal import Ground
from tests.bench.drills.table import Row

OFFICERS = 40
WORKERS = 3


def wednesday_morning() -> int:
    """Seconds from now to a Wednesday at 9.00 in Jakarta, more than three days away: reminders keep working days."""
    now = datetime.now(UTC)
    day = (now + timedelta(days=4)).replace(hour=2, minute=0, second=0)
    return int((day + timedelta(days=(2 - day.weekday()) % 7) - now).total_seconds())


def drill(ground: Ground, scale: float) -> Iterator[Row]:
    officers = max(5, int(OFFICERS * min(1, scale)))
    for postgres in (False, True) if ground.cluster else (False,):
        name = "PostgreSQL" if postgres else "SQLite"
        missing, twice, kinds = sleep(ground, officers, "right", postgres=postgres)
        figure = f"{officers} officers, {kinds} kinds of reminder: {missing} missing, {twice} twice"
        yield Row(f"slept three days, {WORKERS} workers, {name}", "each once", figure, not (missing or twice))
    _, twice, _ = sleep(ground, officers, "claim_nothing", postgres=False)
    yield Row("clock, control: workers that claim nothing", "sends some twice", f"{twice} twice", twice > 0)


def sleep(ground: Ground, officers: int, mode: str, *, postgres: bool) -> tuple[int, int, int]:
    """Missing and repeated reminders, and how many kinds there were."""
    with ground.portal(postgres=postgres) as portal:
        work(portal, workers=1, seconds=3)  # the clock has been running, so that tasks have a time to miss
        portal.ask("queue_work", officers)
        for _ in range(2):
            work(portal, WORKERS, mode, seconds=8, shift=wednesday_morning())
        told = portal.ask("reminders")
    digests = {key: number for key, number in told.items() if "officer_digest" in key}
    warnings = {key: number for key, number in told.items() if "ketua@" in key and "decree" in key}
    missing = officers - len([key for key in digests if "petugas" in key]) + (not warnings)
    twice = sum(number - 1 for number in (*digests.values(), *warnings.values()))
    return max(0, missing), twice, bool(digests) + bool(warnings)
