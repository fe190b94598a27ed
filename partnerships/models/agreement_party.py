"""Parties of an agreement beside the two sides of its partnership, each with its own signer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from accounts.models import Institution, User
from partnerships.models.agreement import Agreement
from partnerships.models.record import Side

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_PARTIES = 8


class AgreementParty(models.Model):
    """A third or further party. It stands behind the paper with its signer, as the two sides do with theirs."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="parties", editable=False)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+", verbose_name="lembaga")
    signer = models.CharField("penanda tangan", max_length=80, blank=True)
    position = models.CharField("jabatannya", max_length=120, blank=True)

    class Meta:
        verbose_name = "pihak lain dalam perjanjian"
        verbose_name_plural = "pihak lain dalam perjanjian"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "institution"],
                name="agreement_party_once",
                violation_error_message="Lembaga ini sudah menjadi pihak.",
            ),
            models.CheckConstraint(
                condition=~Q(signer="") | Q(position=""), name="agreement_party_position_has_signer"
            ),
        ]

    def __str__(self) -> str:
        return str(self.institution.resolved)

    @classmethod
    def join(cls, agreement: Agreement, institution: Institution, side: Side, *, by: User) -> AgreementParty:
        """While it is drafted. Harmless twice; the two sides are parties already."""
        institution = institution.resolved
        with transaction.atomic():
            agreement.lock()
            check_open(agreement)
            if before := AgreementParty.objects.filter(agreement=agreement, institution=institution).first():
                return before
            if institution in (agreement.partnership.first, agreement.partnership.second):
                raise ValidationError("Lembaga ini sudah menjadi pihak.")
            if agreement.parties.count() >= MOST_PARTIES:
                raise ValidationError(f"Paling banyak {MOST_PARTIES} pihak lain dalam satu perjanjian.")
            row = AgreementParty(agreement=agreement, institution=institution)
            row.full_clean()
            row.save()
            note(agreement, "party_joined", side, by, row)
        return row

    def leave(self, side: Side, *, by: User) -> None:
        agreement = self.agreement
        with transaction.atomic():
            agreement.lock()
            check_open(agreement)
            if type(self).objects.filter(pk=self.pk).delete()[0]:
                note(agreement, "party_left", side, by, self)


def check_open(agreement: Agreement) -> None:
    if not agreement.is_open:
        raise ValidationError("Para pihak naskah yang sudah ditandatangani tidak dapat diubah.")


def note(agreement: Agreement, action: str, side: Side, by: User, row: AgreementParty) -> None:
    name = agreement.partnership.side_name(side)
    agreement.record(action, by, name, institution=row.institution_id)


def write_signers(agreement: Agreement, signers: Mapping[int, tuple[str, str]]) -> list[str]:
    """Who signed for each further party, under the lock the caller holds; the parties that still lack one."""
    lacking = []
    for row in agreement.parties.select_related("institution__merged_into"):
        signer, position = signers.get(row.pk, (row.signer, row.position))
        row.signer, row.position = " ".join(signer.split()), " ".join(position.split()) if signer.strip() else ""
        if row.signer:
            row.full_clean()
            row.save()
        else:
            lacking.append(f"penanda tangan {row}")
    return lacking
