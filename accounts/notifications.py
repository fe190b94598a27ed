"""Who is told what by mail: one function an event, called inside the transaction of its action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.urls import reverse

from accounts.outbox import queue_mail

if TYPE_CHECKING:
    from accounts.models import DataRequest, Invitation, RoleGrant

CONFIRM_SALT = "accounts.data_request"


def link(name: str, *args: object) -> str:
    return settings.SITE_URL.rstrip("/") + reverse(name, args=args)


def grant_given(grant: RoleGrant) -> None:
    queue_mail(grant.user.email, "accounts/mail/grant_given.txt", {"grant": grant, "url": link("accounts:overview")})


def grant_revoked(grant: RoleGrant) -> None:
    queue_mail(grant.user.email, "accounts/mail/grant_revoked.txt", {"grant": grant})


def invitation(invitation: Invitation, token: str) -> None:
    url = link("accounts:invitation", token)
    queue_mail(invitation.email, "accounts/mail/invitation.txt", {"invitation": invitation, "url": url})


def data_request_filed(request: DataRequest) -> None:
    """A receipt; whoever asked without signing in also gets the link that proves the address."""
    url = "" if request.user else link("accounts:data_request_confirm", signing.dumps(request.pk, salt=CONFIRM_SALT))
    queue_mail(request.email, "accounts/mail/data_request_filed.txt", {"request": request, "url": url})


def data_request_answered(request: DataRequest) -> None:
    """Nothing where the address was erased with another request of the same person."""
    if request.email:
        queue_mail(request.email, "accounts/mail/data_request_answered.txt", {"request": request})
