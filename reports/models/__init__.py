"""Community reports, one subject a file; the order is the order of imports."""

from reports.models.actor import Actor, Audience
from reports.models.category import Category, CategoryKind
from reports.models.count import ReportCount
from reports.models.digest import OfficerDigest
from reports.models.event import ReportEvent, ReportEventText
from reports.models.photo import ReportPhoto
from reports.models.policy import ReportPolicy
from reports.models.record import Source
from reports.models.report import Report
from reports.models.reporter import RecoveryLink, RecoveryRequest, Reporter

__all__ = [
    "Actor",
    "Audience",
    "Category",
    "CategoryKind",
    "OfficerDigest",
    "RecoveryLink",
    "RecoveryRequest",
    "Report",
    "ReportCount",
    "ReportEvent",
    "ReportEventText",
    "ReportPhoto",
    "ReportPolicy",
    "Reporter",
    "Source",
]
