"""KIM, their members and decrees, one subject a file; the order is the order of imports."""

# ruff: noqa: I001  the order of imports is the order of the house
from groups.models.kim import Kim, StaleKim
from groups.models.policy import KimPolicy
from groups.models.record import BaseGroup, Mode, Requirement
from groups.models.decree import Decree, Issuer
from groups.models.membership import Membership, Post, Section
from groups.models.invitation import MemberInvitation
from groups.models.searching import KimWord
from groups.models.event import KimEvent, KimEventText
from groups.models.coverage import DistrictCoverage
from groups.models.announced import Figures
from groups.models.announcement import Announcement, AnnouncementVersion, AnnouncementWord, StaleAnnouncement
from groups.models.dissemination import Channel, Dissemination
from groups.models.draft import FormDraft
from groups.models.applying import Application, NothingToFile, file_application, has_verifier
from groups.models.programme import FundSource, StaleProgram, WorkItem, WorkProgram

__all__ = [
    "Announcement",
    "AnnouncementVersion",
    "AnnouncementWord",
    "Application",
    "BaseGroup",
    "Channel",
    "Decree",
    "Dissemination",
    "DistrictCoverage",
    "Figures",
    "FormDraft",
    "FundSource",
    "Issuer",
    "Kim",
    "KimEvent",
    "KimEventText",
    "KimPolicy",
    "KimWord",
    "MemberInvitation",
    "Membership",
    "Mode",
    "NothingToFile",
    "Post",
    "Requirement",
    "Section",
    "StaleAnnouncement",
    "StaleKim",
    "StaleProgram",
    "WorkItem",
    "WorkProgram",
    "file_application",
    "has_verifier",
]
