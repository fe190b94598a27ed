"""Partnerships and what belongs to them, one subject a file; the order is the order of imports."""

# ruff: noqa: I001  the order of imports is the order of the house
from partnerships.models.basis import TRAITS, Basis
from partnerships.models.forum import Forum, ForumKind, Repeats
from partnerships.models.experience import EvidenceKind, Expertise, Field, TrackRecord, TrustEvidence
from partnerships.models.record import Side
from partnerships.models.partnership import Partnership, StalePartnership
from partnerships.models.searching import PartnershipWord
from partnerships.models.event import PartnershipEvent, PartnershipEventText
from partnerships.models.evaluation import Evaluation, Outcome
from partnerships.models.session import ForumAttendee, ForumSession
from partnerships.models.legal import LegalPaper, Obligation
from partnerships.models.facilitation import Facilitation, GovernmentRole, Principle, Tier
from partnerships.models.facilitation_count import FacilitationCount
from partnerships.models.facilitation_event import FacilitationEvent, FacilitationEventText
from partnerships.models.guideline import Guideline, GuidelineTopic, GuidelineVersion
from partnerships.models.meeting import Material, Meeting, MeetingKind, MeetingSession, StaleMeeting
from partnerships.models.agreement_record import AgreementKind
from partnerships.models.agreement import Agreement, StaleAgreement
from partnerships.models.agreement_party import AgreementParty
from partnerships.models.agreement_event import AgreementEvent, AgreementEventText
from partnerships.models.attendance import Attendance, Chosen
from partnerships.models.commitment import Commitment
from partnerships.models.meeting_count import MeetingCount
from partnerships.models.meeting_event import MeetingEvent, MeetingEventText

__all__ = [
    "Agreement",
    "AgreementEvent",
    "AgreementEventText",
    "AgreementKind",
    "AgreementParty",
    "Attendance",
    "Basis",
    "Chosen",
    "Commitment",
    "Evaluation",
    "EvidenceKind",
    "Expertise",
    "Facilitation",
    "FacilitationCount",
    "FacilitationEvent",
    "FacilitationEventText",
    "Field",
    "Forum",
    "ForumAttendee",
    "ForumKind",
    "ForumSession",
    "GovernmentRole",
    "Guideline",
    "GuidelineTopic",
    "GuidelineVersion",
    "LegalPaper",
    "Material",
    "Meeting",
    "MeetingCount",
    "MeetingEvent",
    "MeetingEventText",
    "MeetingKind",
    "MeetingSession",
    "Obligation",
    "Outcome",
    "Partnership",
    "PartnershipEvent",
    "PartnershipEventText",
    "PartnershipWord",
    "Principle",
    "Repeats",
    "Side",
    "StaleAgreement",
    "StaleMeeting",
    "StalePartnership",
    "TRAITS",
    "Tier",
    "TrackRecord",
    "TrustEvidence",
]
