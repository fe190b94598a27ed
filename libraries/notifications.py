"""Who is told what about a session or a story, queued in the transaction of the action that causes it.

Of residents only who left an address can be written to; the others read it behind their code, and the librarian has
their telephone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.limits import hit
from accounts.outbox import queue_mail

if TYPE_CHECKING:
    from accounts.models import User
    from libraries.models import ActivitySession, ImpactStory, Registration


MAILS_A_DAY = 5  # to one address; the place is given in any case, and its code stands on the page
DAY = 24 * 3600


def registered(row: Registration, link: str) -> None:
    """The way back to one's registration. Not where the form looked automatic: the address may be anybody's."""
    if row.email and not row.is_held and not hit("registered_mail", row.email, limit=MAILS_A_DAY, seconds=DAY):
        queue_mail(row.email, "libraries/mail/registered.txt", {**about(row.session), "row": row, "link": link})


def seat_given(row: Registration) -> None:
    if row.email:
        queue_mail(row.email, "libraries/mail/seat_given.txt", about(row.session))


def session_moved(session: ActivitySession) -> None:
    tell(session, "session_moved")


def session_cancelled(session: ActivitySession, reason: str) -> None:
    tell(session, "session_cancelled", reason=reason)


def tell(session: ActivitySession, template: str, **context: str) -> None:
    """Everybody who has a seat or waits for one, an address once."""
    addresses = session.registrations.active().exclude(email="").filter(is_held=False)
    for address in sorted(set(addresses.values_list("email", flat=True))):
        queue_mail(address, f"libraries/mail/{template}.txt", {**about(session), **context})


def story_reviewed(story: ImpactStory, by: User | None) -> None:
    """To the keepers who wrote it. No word of the story and none of the officer: mail is read on shared phones."""
    for keeper in story.keepers():
        if keeper != by:
            queue_mail(keeper.email, "libraries/mail/story_reviewed.txt", {"story": story, "library": story.library})


def about(session: ActivitySession) -> dict[str, object]:
    return {"session": session, "activity": session.activity, "library": session.activity.library}
