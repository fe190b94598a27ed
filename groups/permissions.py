"""Who may do what with a KIM and its announcements. Roles and rows only; states stand in `workflow.py`."""

from __future__ import annotations

from accounts.models import Role, User
from groups.models import Announcement, Kim
from groups.models.record import OFFICERS
from regions.models import Area


def is_kim_admin(user: User, kim: Kim) -> bool:
    return kim.memberships.current().filter(user=user, is_admin=True).exists()


def can_manage(user: User, kim: Kim) -> bool:
    """Open the KIM's own desk: profile, members, announcements."""
    return is_kim_admin(user, kim)


def verifies(user: User, kim: Kim) -> bool:
    """The verifier of the KIM's area: sees the members' phones as well."""
    return user.has_role(Role.KIM_VERIFIER, kim.area_codes)


def is_member(user: User, kim: Kim) -> bool:
    return kim.memberships.current().filter(user=user).exists()


def can_review(user: User, kim: Kim) -> bool:
    """Approve, ask for changes, reject: the verifier of the area, and never of one's own KIM."""
    return verifies(user, kim) and not is_member(user, kim)


def can_open_queue(user: User) -> bool:
    """See the KIM of an area as an officer: its verifier, and readers who see and act not."""
    return user.is_superuser or any(grant.role in OFFICERS for grant in user.grants)


def can_import(user: User) -> bool:
    """Bring the list of KIM that an area keeps already; the rows say whether it is one's own area."""
    return any(grant.role == Role.KIM_VERIFIER for grant in user.grants)


def can_read_papers(user: User, kim: Kim) -> bool:
    """Decrees, bylaws and photos that are not public: the KIM's admins, and who verifies its application."""
    return user.is_superuser or user.has_role(Role.KIM_VERIFIER, kim.area_codes) or is_kim_admin(user, kim)


def offices_of(user: User) -> list[Area | None]:
    """The areas for whose Dinas this person speaks; None is the whole country."""
    return [grant.area for grant in user.grants if grant.role == Role.KIM_VERIFIER]


def can_announce_for_area(user: User) -> bool:
    """Speak for the Dinas."""
    return bool(offices_of(user))


def can_edit_announcement(user: User, announcement: Announcement) -> bool:
    if announcement.kim:
        return is_kim_admin(user, announcement.kim)
    return announcement.office in offices_of(user)
