"""What a person was invited to and has not answered yet, app by app.

The account's page shows it: whoever signs up to answer a letter comes back from confirming the address to that page,
not to the letter's link. An app registers its part in its `AppConfig.ready()`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.core import signing

if TYPE_CHECKING:
    from accounts.models import User

SEAL_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Offer:
    """One open invitation: to what, by whom, until when, and the page that asks."""

    what: str
    by: str
    until: datetime
    address: str


Source = Callable[[list[str]], list[Offer]]
_sources: list[Source] = []


def register_offers(source: Source) -> None:
    """`source(addresses)` gives the open invitations to these e-mail addresses, in lower case."""
    _sources.append(source)


def offers_for(user: User) -> list[Offer]:
    """To the addresses this person has proven to hold, and to no other."""
    held = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    addresses = [email.lower() for email in held]
    return [offer for source in _sources for offer in source(addresses)] if addresses else []


def seal(kind: str, pk: int) -> str:
    """Stands for the letter's token, which is kept nowhere; good for a day. Who may accept is asked all the same."""
    return signing.dumps(pk, salt=f"offer.{kind}")


def unseal(kind: str, token: str) -> int | None:
    try:
        return int(signing.loads(token, salt=f"offer.{kind}", max_age=SEAL_SECONDS))
    except (signing.BadSignature, ValueError):
        return None
