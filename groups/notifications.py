"""Who is told what about a KIM, queued in the transaction of the action that causes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import Role, RoleGrant
from accounts.outbox import queue_mail
from groups.workflow import Status

if TYPE_CHECKING:
    from groups.models import Kim, MemberInvitation


def tell_admins(kim: Kim, template: str, **context: object) -> None:
    """One mail to each admin of the KIM who has an account that is in use."""
    admins = kim.memberships.current().filter(is_admin=True, user__is_active=True).select_related("user")
    for membership in admins:
        if membership.user:
            queue_mail(membership.user.email, f"groups/mail/{template}.txt", {"kim": kim, **context})


def status_changed(kim: Kim, text: str) -> None:
    if kim.status != Status.DRAFT:
        tell_admins(kim, "status_changed", text=text)


def application_waits(kim: Kim) -> None:
    """To the nearest verifiers upward: an application that nobody hears of waits for weeks."""
    grants = RoleGrant.objects.current().filter(role=Role.KIM_VERIFIER, user__is_active=True, area__isnull=False)
    found = list(grants.covering(kim.area_codes).select_related("user"))
    nearest = max((len(grant.area_id or "") for grant in found), default=0)
    for address in {grant.user.email for grant in found if len(grant.area_id or "") == nearest}:
        queue_mail(address, "groups/mail/application_waits.txt", {"kim": kim})


def decree_ends_soon(kim: Kim) -> None:
    tell_admins(kim, "decree_ends_soon")


def member_invited(invitation: MemberInvitation, token: str) -> None:
    context = {"invitation": invitation, "kim": invitation.membership.kim, "token": token}
    queue_mail(invitation.email, "groups/mail/member_invited.txt", context)


def letter_received(kim: Kim, address: str, name: str, email: str, text: str) -> None:
    queue_mail(address, "groups/mail/letter_received.txt", {"kim": kim, "name": name, "email": email, "text": text})
