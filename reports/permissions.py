"""Who may do what with a report. Roles and rows only; which state allows it stands in `workflow.py`."""

from __future__ import annotations

from accounts.models import Role, User
from groups.models import Kim
from groups.models.record import KimQuerySet
from groups.workflow import Status as KimStatus
from reports.models import Report
from reports.models.queries import HANDLERS, READERS
from reports.workflow import INSTITUTION_MOVES, WITH_INSTITUTION, Status


def is_coordinator(user: User, report: Report) -> bool:
    return user.has_role(Role.REPORT_COORDINATOR, report.area_codes)


def is_confidentiality_officer(user: User, report: Report) -> bool:
    return user.has_role(Role.CONFIDENTIALITY_OFFICER, report.area_codes)


def is_liaison(user: User, report: Report) -> bool:
    """Answers for the institution that is in charge of this report now."""
    return report.status in WITH_INSTITUTION and report.institution_id in user.institution_ids


def can_handle(user: User, report: Report) -> bool:
    """Open the report in the admin."""
    if is_liaison(user, report) or user.has_role(HANDLERS, report.area_codes):
        return True
    return not report.is_secret and (user.is_superuser or user.has_role(READERS, report.area_codes))


def can_move(user: User, report: Report, to: Status) -> bool:
    """Take this step. An institution takes only its own; readers and superusers without a grant take none."""
    if is_coordinator(user, report):
        return True
    return is_liaison(user, report) and to in INSTITUTION_MOVES.get(Status(report.status), frozenset())


def can_write_note(user: User, report: Report) -> bool:
    return is_coordinator(user, report) or is_liaison(user, report) or is_confidentiality_officer(user, report)


def can_publish(user: User, report: Report) -> bool:
    return is_coordinator(user, report)


def can_raise_secrecy(user: User, report: Report) -> bool:
    """Anyone on the report's path."""
    return can_write_note(user, report)


def can_lower_secrecy(user: User, report: Report) -> bool:
    """A named right, apart from the coordinator's (two LAPOR reporters met the police over a forgotten flag)."""
    return is_confidentiality_officer(user, report)


def can_view_identity(user: User, report: Report) -> bool:
    """Open the reporter's name. Of an anonymous report there is none; of a secret one only by the named right."""
    if report.is_anonymous:
        return False
    if report.is_secret:
        return is_confidentiality_officer(user, report)
    return is_coordinator(user, report) or is_confidentiality_officer(user, report)


def can_view_contact(user: User, report: Report) -> bool:
    """E-mail and phone beside the name; "sembunyikan kontak" keeps them from everybody but the named right."""
    if not can_view_identity(user, report):
        return False
    return not report.hide_contact or is_confidentiality_officer(user, report)


def can_file_for_others(user: User) -> bool:
    """Write down what a neighbour without a phone tells: coordinators, and the admins of a KIM."""
    return coordinates(user) or kim_in_charge(user).exists()


def coordinates(user: User) -> bool:
    """Whether this person is a report officer anywhere."""
    return any(grant.role == Role.REPORT_COORDINATOR for grant in user.grants)


def kim_in_charge(user: User) -> KimQuerySet:
    """The KIM in whose name this person may pass a matter up: verified, and not dissolved."""
    return Kim.objects.managed_by(user).listed().exclude(status=KimStatus.DISSOLVED)


def can_open_queue(user: User) -> bool:
    """Work on reports at all; which ones is `handled_by`'s affair."""
    return user.is_superuser or any(grant.role in HANDLERS | READERS | {Role.LIAISON} for grant in user.grants)


def can_export(user: User) -> bool:
    return can_open_queue(user)
