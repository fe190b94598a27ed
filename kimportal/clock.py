"""What happens by itself, and how often. The worker (`manage.py run_worker`) keeps this clock.

A task looks for whatever is due by now, never for "today's": one that was missed is made up for by the next run. So a
worker that slept three days runs each task once. Several workers may run; each run of a task is claimed by one.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from importlib import import_module
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from accounts.limits import LimitCounter
from accounts.outbox import blank_sent, send_due
from groups.models import DistrictCoverage, FormDraft, Kim, MemberInvitation
from kimportal.middleware import is_database_away
from kimportal.models import ScheduledTask
from libraries.models import ActivityAttendee, Registration
from partnerships.models import Agreement, Commitment, Partnership
from reports.models import OfficerDigest
from reports.models.recovery import answer_recovery_requests
from reports.upkeep import close_silent_reports, erase_stale_drafts, forget_ended_links
from uploads.models import Document, Image

logger = logging.getLogger("kimportal.clock")

MINUTE, HOUR, DAY = 60, 3600, 86400
LEASE = timedelta(minutes=15)  # a task whose worker died is run again after this


class Task(NamedTuple):
    name: str
    every_seconds: int
    run: Callable[[], object]


def clear_sessions() -> None:
    """Forget sessions that ended."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


TASKS: list[Task] = [
    Task("send_mail", 5, send_due),
    Task("blank_sent_mail", HOUR, blank_sent),
    Task("purge_limits", HOUR, LimitCounter.objects.purge),
    Task("clear_sessions", DAY, clear_sessions),
    Task("send_recovery_links", 15, answer_recovery_requests),
    Task("close_silent_reports", HOUR, close_silent_reports),
    Task("officer_digest", 10 * MINUTE, OfficerDigest.send_due),
    Task("erase_stale_drafts", HOUR, erase_stale_drafts),
    Task("forget_ended_links", HOUR, forget_ended_links),
    Task("sweep_orphan_photos", DAY, Image.sweep_orphans),
    Task("settle_kim", HOUR, Kim.objects.settle_due),
    Task("warn_of_ending_decrees", HOUR, Kim.objects.warn_due),
    Task("remind_of_commitments", HOUR, Commitment.objects.remind_due),
    Task("forget_form_drafts", DAY, FormDraft.objects.forget_stale),
    Task("forget_member_invitations", DAY, MemberInvitation.objects.forget_ended),
    Task("count_coverage", DAY, DistrictCoverage.objects.rebuild),
    Task("settle_partnerships", HOUR, Partnership.objects.settle_due),
    Task("respell_partnerships", 10 * MINUTE, Partnership.objects.respell_due),
    Task("tell_of_revoked_bases", HOUR, Partnership.objects.flag_revoked_due),
    Task("ask_for_evaluations", DAY, Partnership.objects.ask_evaluations_due),
    Task("settle_agreements", HOUR, Agreement.objects.settle_due),
    Task("remind_of_ending_agreements", HOUR, Agreement.objects.remind_due),
    Task("forget_registrations", HOUR, Registration.objects.forget_ended),
    Task("forget_attendee_names", HOUR, ActivityAttendee.objects.forget_names),
    Task("sweep_orphan_documents", DAY, Document.sweep_orphans),
]


def run_due(tasks: Iterable[Task] | None = None) -> list[str]:
    """Run every task that is due, each at most once; returns the names of those that failed.

    Raises only when the database is away: then there is nothing to do for any of them.
    """
    tasks = TASKS if tasks is None else list(tasks)
    due_at = dict(ScheduledTask.objects.values_list("name", "next_at"))
    now = timezone.now()
    return [task.name for task in tasks if due_at.get(task.name, now) <= now and claim(task) and not run(task)]


def claim(task: Task) -> bool:
    """Take this run of the task; False where another worker was faster."""
    now = timezone.now()
    if move(task, now):
        return True
    ScheduledTask.objects.bulk_create([ScheduledTask(name=task.name, next_at=now)], ignore_conflicts=True)
    return move(task, now)


def move(task: Task, now: datetime) -> bool:
    """One statement: the database lets only one of two workers find the row still due."""
    until = now + min(timedelta(seconds=task.every_seconds), LEASE)
    return bool(ScheduledTask.objects.filter(name=task.name, next_at__lte=now).update(next_at=until))


def run(task: Task) -> bool:
    """Run a claimed task; a failure is logged, hinders no other task, and is tried again after LEASE at the latest."""
    started = timezone.now()
    try:
        task.run()
    except Exception as error:
        if is_database_away(error):
            raise
        # Without the error's own words: databases repeat values in them.
        frames = "".join(traceback.format_tb(error.__traceback__))
        logger.error("Tugas %s gagal (%s)\n%s", task.name, type(error).__name__, frames)
        return False
    next_at = started + timedelta(seconds=task.every_seconds)
    ScheduledTask.objects.filter(name=task.name).update(next_at=next_at)
    return True
