"""Who is told what about a partnership, queued in the transaction of the action that causes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import Institution, Role, RoleGrant
from accounts.outbox import queue_mail
from groups.models import Kim

if TYPE_CHECKING:
    from partnerships.models import Agreement, Commitment, Partnership
    from partnerships.models.record import Side


def mailboxes(side: Kim | Institution) -> list[str]:
    """The KIM's admins, or those who speak for the institution; its own address where nobody does."""
    if isinstance(side, Kim):
        return side.mailboxes()
    liaisons = RoleGrant.objects.current().filter(role=Role.LIAISON, institution=side, user__is_active=True)
    addresses = sorted(set(liaisons.values_list("user__email", flat=True)))
    return addresses or ([side.email] if side.email else [])


def tell(sides: list[Kim | Institution], template: str, row: Partnership, **context: object) -> None:
    addresses = dict.fromkeys(address for side in sides for address in mailboxes(side))
    for address in addresses:
        queue_mail(address, f"partnerships/mail/{template}.txt", {"partnership": row, **context})


def asked_to_confirm(row: Partnership, side: Side) -> None:
    tell([row.first if side == "first" else row.second], "asked_to_confirm", row)


def status_changed(row: Partnership, text: str) -> None:
    tell([row.first, row.second], "status_changed", row, text=text)


def forum_moved(row: Partnership) -> None:
    tell([row.first, row.second], "forum_moved", row)


def basis_revoked(row: Partnership) -> None:
    tell([row.first, row.second], "basis_revoked", row)


def evaluation_due(row: Partnership) -> None:
    tell([row.first, row.second], "evaluation_due", row)


def parties_of(agreement: Agreement) -> list[Kim | Institution]:
    """The two sides, then who else is a party."""
    others = agreement.parties.select_related("kim", "institution__merged_into")
    return [agreement.first, agreement.second, *(each.owner for each in others)]


def tell_parties(agreement: Agreement, template: str, text: str = "") -> None:
    addresses = dict.fromkeys(address for party in parties_of(agreement) for address in mailboxes(party))
    for address in addresses:
        queue_mail(address, f"partnerships/mail/{template}.txt", {"agreement": agreement, "text": text})


def agreement_changed(agreement: Agreement, text: str) -> None:
    tell_parties(agreement, "agreement_changed", text)


def party_joined(agreement: Agreement, owner: Kim | Institution) -> None:
    """Who was made a party hears of it at once, not only when the paper moves on."""
    for address in mailboxes(owner):
        queue_mail(address, "partnerships/mail/party_joined.txt", {"agreement": agreement, "party": owner})


def agreement_ends_soon(agreement: Agreement) -> None:
    tell_parties(agreement, "agreement_ends_soon")


def tell_of(row: Commitment, template: str) -> None:
    """To whoever answers for the party, where it is a registered institution, and to the meeting's host."""
    party = row.party.institution
    sides = [row.meeting.host, *([party.resolved] if party else [])]
    for address in dict.fromkeys(address for side in sides for address in mailboxes(side)):
        queue_mail(address, f"partnerships/mail/{template}.txt", {"commitment": row, "meeting": row.meeting})


def commitment_made(row: Commitment) -> None:
    tell_of(row, "commitment_made")


def commitment_due(row: Commitment) -> None:
    tell_of(row, "commitment_due")
