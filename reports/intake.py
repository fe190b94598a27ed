"""What looks automatic. It never refuses a report: it only sets it last in the officer's queue."""

from __future__ import annotations

import time

from django.core import signing
from django.http import HttpRequest

from accounts.limits import hit, network_digest
from reports.cookies import browser_key

HONEYPOT = "website"  # a field no person sees; whoever fills it reads the markup only
STARTED = "started"
FEWEST_SECONDS = 4
REPORTS_A_DAY = 10
_DAY = 24 * 3600  # a shorter window would tell at which hour an anonymous report came in


def start_stamp() -> str:
    """When the form was made, signed, so that a form sent back at once can be told."""
    return signing.dumps(int(time.time()), salt="reports.started")


def looks_automatic(request: HttpRequest) -> bool:
    """A filled honeypot, a form sent within seconds, or more reports from one browser than a person writes."""
    over = hit("report", browser_key(request, network_digest(request)), limit=REPORTS_A_DAY, seconds=_DAY)
    return over or bool(request.POST.get(HONEYPOT)) or _too_fast(request.POST.get(STARTED, ""))


def _too_fast(stamp: str) -> bool:
    if not stamp:
        return False  # a form kept from yesterday, or another client
    try:
        started: int = signing.loads(stamp, salt="reports.started")
    except signing.BadSignature:
        return True
    return time.time() - started < FEWEST_SECONDS
