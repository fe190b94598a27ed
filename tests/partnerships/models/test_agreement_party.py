"""Agreements of more than two parties: each further one with its own signer."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts.outbox import OutgoingMail
from partnerships.models import AgreementParty, Side
from partnerships.workflow import AgreementStatus
from tests.factories import make_document, make_institution, make_kim, make_user
from tests.partnerships.factories import make_agreement, signature
from tests.partnerships.meetings import make_liaison

pytestmark = pytest.mark.django_db


class TestJoin:
    def test_twice_is_once_and_a_side_is_a_party_already(self) -> None:
        agreement, other = make_agreement(), make_institution()
        first = AgreementParty.join(agreement, other, Side.FIRST, by=make_user())
        assert AgreementParty.join(agreement, other, Side.FIRST, by=make_user()) == first
        with pytest.raises(ValidationError, match="sudah menjadi pihak"):
            AgreementParty.join(agreement, agreement.partnership.partner, Side.FIRST, by=make_user())
        assert agreement.partnership.events.filter(action="agreement_party_joined").count() == 1
        with pytest.raises(IntegrityError):
            AgreementParty.objects.create(agreement=agreement, institution=other)

    def test_one_merged_into_another_since_is_that_party(self) -> None:
        agreement, old, new = make_agreement(), make_institution(), make_institution()
        party = AgreementParty.join(agreement, old, Side.FIRST, by=make_user())
        old.merged_into = new
        old.save()
        assert AgreementParty.join(agreement, new, Side.FIRST, by=make_user()) == party
        assert AgreementParty.join(agreement, old, Side.FIRST, by=make_user()) == party

    def test_the_newcomer_is_told_once_and_nobody_else(self) -> None:
        agreement, (liaison, campus) = make_agreement(), make_liaison()
        before = set(OutgoingMail.objects.values_list("pk", flat=True))
        for _ in range(2):
            AgreementParty.join(agreement, campus, Side.FIRST, by=make_user())
        fresh = OutgoingMail.objects.exclude(pk__in=before)
        assert [mail.to for mail in fresh] == [liaison.email]

    def test_a_kim_joins_as_well(self) -> None:
        agreement, kim = make_agreement(), make_kim(name="KIM Kenanga")
        party = AgreementParty.join(agreement, kim, Side.FIRST, by=make_user())
        assert AgreementParty.join(agreement, kim, Side.FIRST, by=make_user()) == party
        assert (str(party), party.owner) == ("KIM Kenanga", kim)
        with pytest.raises(ValidationError, match="sudah menjadi pihak"):
            AgreementParty.join(agreement, agreement.first, Side.FIRST, by=make_user())
        with pytest.raises(IntegrityError):
            AgreementParty.objects.create(agreement=agreement, kim=kim)

    def test_none_joins_or_leaves_a_signed_one(self) -> None:
        agreement = make_agreement()
        party = AgreementParty.join(agreement, make_institution(), Side.FIRST, by=make_user())
        values = signature(signers={party.pk: ("Direktur Uji", "Direktur")})
        agreement.sign(Side.FIRST, by=make_user(), file=make_document(), **values)
        with pytest.raises(ValidationError, match="tidak dapat diubah"):
            AgreementParty.join(agreement, make_institution(), Side.FIRST, by=make_user())
        with pytest.raises(ValidationError, match="tidak dapat diubah"):
            party.leave(Side.FIRST, by=make_user())


class TestWriteSigners:
    def test_unsigned_while_one_party_has_no_signer(self) -> None:
        agreement = make_agreement()
        party = AgreementParty.join(agreement, make_institution(name="Kampus Uji"), Side.FIRST, by=make_user())
        with pytest.raises(ValidationError, match="penanda tangan Kampus Uji"):
            agreement.sign(Side.FIRST, by=make_user(), file=make_document(), **signature(signers={party.pk: (" ", "")}))
        agreement.refresh_from_db()
        assert agreement.status == AgreementStatus.DRAFTING

    def test_every_party_is_told(self) -> None:
        liaison, campus = make_liaison()
        agreement = make_agreement()
        party = AgreementParty.join(agreement, campus, Side.FIRST, by=make_user())
        values = signature(signers={party.pk: ("Rektor Uji", "Rektor")})
        agreement.sign(Side.FIRST, by=make_user(), file=make_document(), **values)
        party.refresh_from_db()
        assert (party.signer, party.position) == ("Rektor Uji", "Rektor")
        assert OutgoingMail.objects.filter(to=liaison.email).exists()
