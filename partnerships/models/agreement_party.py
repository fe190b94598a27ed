"""Parties of an agreement beside its two sides, KIM or institutions, each with its own signer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from accounts.models import Institution, User
from groups.models import Kim
from partnerships import notifications
from partnerships.models.agreement import Agreement
from partnerships.models.experience import ONE_OWNER
from partnerships.models.record import Side

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_PARTIES = 8


class AgreementParty(models.Model):
    """A third or further party. It stands behind the paper with its signer, as the two sides do with theirs."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="parties", editable=False)
    kim = models.ForeignKey(Kim, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="KIM")
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lembaga"
    )
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
            models.UniqueConstraint(
                fields=["agreement", "kim"],
                name="agreement_party_kim_once",
                violation_error_message="KIM ini sudah menjadi pihak.",
            ),
            models.CheckConstraint(condition=ONE_OWNER, name="agreement_party_is_one"),
            models.CheckConstraint(
                condition=~Q(signer="") | Q(position=""), name="agreement_party_position_has_signer"
            ),
        ]

    def __str__(self) -> str:
        return str(self.owner)

    @property
    def owner(self) -> Kim | Institution:
        """The KIM, or the institution that stands for the party today."""
        owner = self.kim or (self.institution.resolved if self.institution else None)
        assert owner is not None  # agreement_party_is_one
        return owner

    @classmethod
    def join(cls, agreement: Agreement, owner: Kim | Institution, side: Side, *, by: User) -> AgreementParty:
        """While it is drafted. Harmless twice; the two sides are parties already."""
        own: dict[str, Any] = {"kim": owner} if isinstance(owner, Kim) else {"institution": owner.resolved}
        with transaction.atomic():
            agreement.lock()
            check_open(agreement)
            parties = agreement.parties.select_related("kim", "institution__merged_into")
            if before := next((row for row in parties if row.owner in own.values()), None):  # merged since, too
                return before
            if set(own.values()) & {agreement.first, agreement.second}:
                raise ValidationError(f"{owner} sudah menjadi pihak.")
            if agreement.parties.count() >= MOST_PARTIES:
                raise ValidationError(f"Paling banyak {MOST_PARTIES} pihak lain dalam satu perjanjian.")
            row = AgreementParty(agreement=agreement, **own)
            row.full_clean()
            row.save()
            note(agreement, "party_joined", side, by, row)
            notifications.party_joined(agreement, row.owner)
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
    agreement.record(action, by, agreement.side_name(side), institution=row.institution_id, kim=row.kim_id)


def write_signers(agreement: Agreement, signers: Mapping[int, tuple[str, str]]) -> list[str]:
    """Who signed for each further party, under the lock the caller holds; the parties that still lack one."""
    lacking = []
    for row in agreement.parties.select_related("kim", "institution__merged_into"):
        signer, position = signers.get(row.pk, (row.signer, row.position))
        row.signer, row.position = " ".join(signer.split()), " ".join(position.split()) if signer.strip() else ""
        if row.signer:
            row.full_clean()
            row.save()
        else:
            lacking.append(f"penanda tangan {row}")
    return lacking
