"""The worker under another clock: `python -m tests.bench.drills.worker MODE`.

DRILL_SHIFT: seconds that its clock is ahead. DRILL_SECONDS: when it stops by itself.
Modes: "right" is the product; the others break one thing each, as controls.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from datetime import timedelta
from typing import Any

import django


def shift_clock(seconds: float) -> None:
    from django.utils import timezone

    now = timezone.now
    timezone.now = lambda: now() + timedelta(seconds=seconds)  # type: ignore[assignment]  # planted on purpose


def claim_nothing() -> None:
    """Every worker thinks it is the only one: runs every due task, takes every due mail, slowly."""
    from accounts.outbox import OutgoingMailQuerySet
    from kimportal import clock
    from reports.models import OfficerDigest

    def first(self: Any) -> Any:
        mail = self.due().first()
        if mail:
            mail.tries += 1
            time.sleep(0.05)
        return mail

    OutgoingMailQuerySet.claim = first  # type: ignore[method-assign]  # planted on purpose
    clock.claim = lambda task: True
    OfficerDigest._claim = classmethod(lambda cls, user, today: True)  # type: ignore[assignment]  # planted on purpose


def mark_first() -> None:
    """A mail counts as sent before the mail server has it."""
    from accounts import outbox

    deliver = outbox.deliver

    def careless(mail: Any, channel: Any) -> bool:
        mail.mark_sent()
        return deliver(mail, channel)

    outbox.deliver = careless


MODES = {"right": lambda: None, "claim_nothing": claim_nothing, "mark_first": mark_first}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kimportal.settings")
    django.setup()
    shift_clock(float(os.environ.get("DRILL_SHIFT", "0")))
    MODES[sys.argv[1]]()
    from kimportal.management.commands import run_worker

    run_worker.TICK = 0.2
    stopped = threading.Event()
    threading.Timer(float(os.environ.get("DRILL_SECONDS", "10")), stopped.set).start()
    run_worker.keep_clock(stopped)


if __name__ == "__main__":
    main()
