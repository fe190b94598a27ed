"""Who is told what, and with which text. Every mail is queued in the transaction of the action that causes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.limits import hit
from accounts.outbox import queue_mail
from reports.workflow import Status

if TYPE_CHECKING:
    from accounts.models import Institution, User
    from reports.models import Actor, Report

FILED_MAILS_A_DAY = 10  # to one address, which nobody has proven yet: filing must not flood a stranger's mailbox
_DAY = 24 * 3600


def reporter_address(report: Report) -> str:
    """Where the reporter wants mail; empty for an anonymous reporter or one who left none."""
    reporter = getattr(report, "reporter", None)
    if reporter is None or reporter.withdrawn_at:
        return ""
    return reporter.email or (reporter.user.email if reporter.user and reporter.user.is_active else "")


def tell_reporter(report: Report, template: str, **context: object) -> None:
    """A secret report's mail says that there is news, not which: a phone is often shared."""
    if address := reporter_address(report):
        queue_mail(address, f"reports/mail/{template}.txt", {"report": report, **context})


def filed(report: Report) -> None:
    """The report is taken in any case; only the mail about it has a limit."""
    address = reporter_address(report)
    if address and not hit("filed_mail", address, limit=FILED_MAILS_A_DAY, seconds=_DAY):
        tell_reporter(report, "filed")


def status_changed(report: Report, text: str, by: Actor) -> None:
    if by.is_reporter or report.status == Status.VERIFIED:
        return  # the reporter knows the own step; "verified" tells nothing that can be acted on
    tell_reporter(report, "status_changed", text="" if report.is_secret else text, by=by)


def forwarded(report: Report, institution: Institution, text: str) -> None:
    """To the institution in charge: the matter, never the person. Of a secret report not even the matter."""
    if institution.email:
        queue_mail(
            institution.email,
            "reports/mail/forwarded.txt",
            {"report": report, "institution": institution, "text": "" if report.is_secret else text},
        )


def code_recovery(report: Report, address: str, link: str) -> None:
    queue_mail(address, "reports/mail/code_recovery.txt", {"report": report, "link": link})


def officer_digest(user: User, counts: dict[str, int]) -> None:
    """Once a working morning. A mail per report would show when an anonymous one came in."""
    queue_mail(user.email, "reports/mail/officer_digest.txt", {"user": user, "counts": counts})
