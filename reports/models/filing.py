"""Filing a report exactly once, and whom it goes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Role, RoleGrant, User
from groups.models import Kim
from regions.models import Area, code_prefixes
from reports import codes, notifications
from reports.models.actor import Actor, Audience
from reports.models.category import Category
from reports.models.count import ReportCount
from reports.models.photo import ReportPhoto
from reports.models.record import Source
from reports.models.report import Report
from reports.models.reporter import CONSENT_VERSION, Reporter
from reports.workflow import Status


class OtherContent(Exception):  # noqa: N818  an answer to the sender (409), not a fault
    """The key was used before for a report with other content."""


@dataclass(frozen=True)
class Contact:
    """Who files, as far as the person wants to say."""

    name: str = ""
    email: str = ""
    phone: str = ""
    user: User | None = None

    def __bool__(self) -> bool:
        return bool(self.name or self.email or self.phone or self.user)


@dataclass(frozen=True)
class Filing:
    """A checked form, ready to be stored."""

    submission_id: UUID
    category: Category
    description: str
    area: Area
    place: str = ""
    latitude: Any = None
    longitude: Any = None
    is_anonymous: bool = False
    is_secret: bool = False
    hide_contact: bool = False
    is_held: bool = False
    contact: Contact = field(default_factory=Contact)
    source: Source = Source.WEB
    filed_by: Actor | None = None  # an officer or a KIM that writes for a neighbour
    kim: Kim | None = None

    @property
    def digest(self) -> str:
        """Of everything the person decided; photos may follow one by one and do not count."""
        contact = () if self.is_anonymous else (self.contact.name, self.contact.email, self.contact.phone)
        return codes.body_digest(
            {
                "category": self.category.pk,
                "text": self.description,
                "place": [self.area.pk, self.place, self.latitude, self.longitude],
                "switches": [self.is_anonymous, self.is_secret, self.hide_contact],
                "contact": contact,
            }
        )


@dataclass(frozen=True)
class Filed:
    """A stored report with the code its reporter gets; `is_new` is false for a replay."""

    report: Report
    code: str
    is_new: bool


def office_for(area_code: str) -> Area | None:
    """The nearest area upward with an active report officer; None where nobody receives reports."""
    offices = (
        RoleGrant.objects.current()
        .filter(role=Role.REPORT_COORDINATOR, user__is_active=True, area__isnull=False)
        .covering(code_prefixes(area_code))
        .select_related("area")
    )
    return max((grant.area for grant in offices if grant.area), key=lambda area: len(area.code), default=None)


def offices() -> list[Area]:
    """Every area that has an active report officer today, by name."""
    grants = RoleGrant.objects.current().filter(role=Role.REPORT_COORDINATOR, user__is_active=True)
    return list(Area.objects.filter(pk__in=grants.values("area")).order_by("full_name"))


def find_filed(filing: Filing) -> Filed | None:
    """The report this key was used for, if any, with the photos this send brought. OtherContent when it said
    something else."""
    report = Report.objects.filter(submission_digest=codes.submission_digest(filing.submission_id)).first()
    if report is None:
        return None
    code = codes.code_for_submission(filing.submission_id)
    # After the reporter asked for a new code the first one is dead, and a replay must not bring it back.
    if report.body_digest != filing.digest or report.code_digest != codes.code_digest(code):
        raise OtherContent
    ReportPhoto.objects.attach_drafts(report)
    return Filed(report, code, is_new=False)


def file_report(filing: Filing) -> Filed:
    """Store the report once, whatever is sent twice, at once or later (quality.md C1)."""
    if found := find_filed(filing):
        return found
    try:
        with transaction.atomic():
            return Filed(_insert(filing), codes.code_for_submission(filing.submission_id), is_new=True)
    except IntegrityError:
        if found := find_filed(filing):  # the other one of two parallel sends was faster
            return found
        raise


def _insert(filing: Filing) -> Report:
    report = _new_report(filing)
    report.check_values()
    report.save(force_insert=True)
    if filing.contact and not filing.is_anonymous:
        _keep_contact(report, filing.contact)
    ReportPhoto.objects.attach_drafts(report)
    ReportCount.objects.all().add(report, report.status, +1)
    by = filing.filed_by or Actor.reporter()
    report.record("filed_for" if filing.filed_by else "filed", by, audience=Audience.PUBLIC, source=report.source)
    notifications.filed(report)
    return report


def _new_report(filing: Filing) -> Report:
    report = Report(
        submission_digest=codes.submission_digest(filing.submission_id),
        body_digest=filing.digest,
        code_digest=codes.code_digest(codes.code_for_submission(filing.submission_id)),
        area=filing.area,
        category=filing.category,
        description=filing.description,
        place=filing.place,
        latitude=filing.latitude,
        longitude=filing.longitude,
        is_anonymous=filing.is_anonymous,
        is_secret=filing.is_secret or filing.category.is_sensitive,
        hide_contact=filing.hide_contact,
        is_held=filing.is_held,
        source=filing.source,
        kim=filing.kim,
        created_at=timezone.now(),
    )
    report.copy_codes()
    report.created_at = _moment_of_filing(report)
    report.due_at = report.due_after(Status.SUBMITTED)
    return report


def _moment_of_filing(report: Report) -> datetime:
    """The day alone for an anonymous report: a clock time can point at a person."""
    return report.start_of_day(report.created_at) if report.is_anonymous else report.created_at


def _keep_contact(report: Report, contact: Contact) -> None:
    Reporter.objects.create(
        report=report,
        user=contact.user,
        name=contact.name,
        email=contact.email.lower(),
        phone=contact.phone,
        consent_version=CONSENT_VERSION,
    )
