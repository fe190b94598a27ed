"""What happens to reports by itself: silence closes them, drafts and links end with their time."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from reports.models import Actor, RecoveryLink, Report, ReportPhoto
from reports.models.report import StaleReport
from reports.workflow import CloseReason

BATCH = 500  # reports in one run; the rest follows with the next


def close_silent_reports() -> int:
    """Close what was answered and met no reply within the policy's days (SP4N-LAPOR: ten); how many."""
    return sum(_close(report) for report in Report.objects.silent().order_by("due_at")[:BATCH])


def _close(report: Report) -> int:
    """1 when closed; 0 when the reporter was quicker: the version read with "silent" no longer holds."""
    silence = CloseReason.SILENCE
    try:
        report.close(by=Actor.system(), text=f"{silence.label}.", reason=silence, version=report.version)
    except StaleReport:
        return 0
    return 1


def erase_stale_drafts() -> int:
    """Erase photos of forms that were never sent; how many."""
    with transaction.atomic():
        return ReportPhoto.objects.stale_drafts().select_for_update(of=("self",)).erase()


def forget_ended_links() -> int:
    """Delete links to a new tracking code that were used or ran out; how many."""
    ended = Q(used_at__isnull=False) | Q(expires_at__lte=timezone.now())
    return RecoveryLink.objects.filter(ended).delete()[0]
