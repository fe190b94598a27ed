"""Every rule of domain.md 7 on partnerships and agreements that stands in the database, broken there once."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from partnerships.models import (
    Agreement,
    AgreementParty,
    Evaluation,
    Expertise,
    Facilitation,
    Forum,
    ForumSession,
    MeetingCount,
    Partnership,
    Side,
    TrackRecord,
    TrustEvidence,
)
from regions.models import LegalBasis
from tests.facilitation_access import make_facilitation
from tests.factories import make_document, make_institution, make_user
from tests.partnerships.factories import (
    hold_session,
    make_active,
    make_agreement,
    make_expertise,
    make_hope,
    make_legal_basis,
    make_partnership,
    signature,
    today,
)
from tests.partnerships.meetings import make_meeting

pytestmark = pytest.mark.django_db

# Constraint -> (table, what breaks it). A new CHECK of these tables without a line here fails the last test.
BREAKS: dict[str, tuple[type[models.Model], dict[str, Any]]] = {
    "partnership_one_first_side": (Partnership, {"kim": None}),
    "partnership_own_detail_only": (Partnership, {"forum": None}),
    "partnership_need_with_experience": (Partnership, {"need": "Kebutuhan"}),
    "partnership_ends_after_it_starts": (Partnership, {"ends_on": today(-5000)}),
    "partnership_status_known": (Partnership, {"status": "asleep", "is_listed": False}),
    "partnership_listed_matches_status": (Partnership, {"is_listed": False}),
    "partnership_both_confirmed": (Partnership, {"partner_confirmed_at": None}),
    "forum_place_is_no_link": (Forum, {"place": "https://zoom.us/j/1"}),
    "forum_has_name_and_contact": (Forum, {"contact_person": ""}),
    "forum_until_after_first": (Forum, {"until": today(-1)}),
    "forum_repeats_known": (Forum, {"repeats": "daily"}),
    "forum_kind_known": (Forum, {"kind": "chat"}),
    "forum_session_is_onsite": (ForumSession, {"mode": "hybrid", "platform": "Zoom"}),
    "forum_session_has_result": (ForumSession, {"result": ""}),
    "agreement_signed_is_complete": (Agreement, {"number": ""}),
    "agreement_cooperation_has_umbrella": (Agreement, {"kind": "cooperation"}),
    "agreement_ends_after_it_begins": (Agreement, {"valid_until": today(-2)}),
    "agreement_status_known": (Agreement, {"status": "lost"}),
    "agreement_kind_known": (Agreement, {"kind": "handshake"}),
    "agreement_partnership_or_parties": (Agreement, {"partnership": None}),
    "agreement_party_is_one": (AgreementParty, {"institution": None}),
    "agreement_party_position_has_signer": (AgreementParty, {"signer": ""}),
    "legal_basis_year": (LegalBasis, {"year": 1944}),
    "legal_basis_named": (LegalBasis, {"about": ""}),
    "legal_basis_kind_known": (LegalBasis, {"kind": "memo"}),
    "legal_basis_status_known": (LegalBasis, {"status": "maybe"}),
    "expertise_one_owner": (Expertise, {"kim": None}),
    "expertise_field_known": (Expertise, {"field": "magic"}),
    "expertise_years": (Expertise, {"years": 100}),
    "track_record_beneficiaries": (TrackRecord, {"beneficiaries": 10_000_001}),
    "trust_evidence_has_giver": (TrustEvidence, {"giver": ""}),
    "evaluation_outcome_known": (Evaluation, {"outcome": "fine"}),
    "evaluation_side_known": (Evaluation, {"side": "third"}),
    "facilitation_meeting_is_workshop": (Facilitation, {"role": "policy"}),
    "meeting_count_adds_up": (MeetingCount, {"female": 31}),
    "meeting_count_believable": (MeetingCount, {"total": 100_001}),
}


@pytest.fixture
def stored() -> None:
    """One true row of each table."""
    row = make_active()
    hold_session(row)
    agreement = make_agreement(row)
    party = AgreementParty.join(agreement, make_institution(), Side.FIRST, by=make_user())
    values = signature(signers={party.pk: ("Rektor Uji", "Rektor")})
    agreement.sign(Side.FIRST, by=make_user(), file=make_document(), **values)
    make_legal_basis()
    make_expertise(row.first)
    Evaluation.give(row, Side.FIRST, by=make_user(), outcome="good", achieved="Baik.")
    meeting = make_meeting(kind="workshop")
    MeetingCount.write(meeting, by=make_user(), total=30, female=20)
    Facilitation.objects.filter(pk=make_facilitation(role="workshop").pk).update(meeting=meeting)


class TestConstraints:
    @pytest.mark.parametrize("name", BREAKS)
    @pytest.mark.usefixtures("stored")
    def test_the_database_refuses(self, name: str) -> None:
        table, values = BREAKS[name]
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            table._base_manager.update(**values)

    def test_not_with_oneself(self) -> None:
        row = make_partnership(make_institution())
        with pytest.raises(IntegrityError, match="partnership_with_another"), transaction.atomic():
            Partnership.objects.filter(pk=row.pk).update(partner=row.institution_id)

    def test_no_agreement_with_oneself(self) -> None:
        row = make_hope(make_institution())
        with pytest.raises(IntegrityError, match="agreement_with_another"), transaction.atomic():
            Agreement.objects.filter(pk=row.pk).update(partner=row.institution_id)

    def test_none_is_forgotten(self) -> None:
        tables = {table for table, _ in BREAKS.values()} - {Facilitation}
        inherited = {"mode_known", "has_place", "has_link", "link_is_https", "ends_later", "has_seats"}
        checks = {
            each.name
            for table in tables
            for each in table._meta.constraints
            if isinstance(each, models.CheckConstraint) and not each.name.endswith(tuple(inherited))
        }
        assert checks - BREAKS.keys() == {"partnership_with_another", "agreement_with_another"}
