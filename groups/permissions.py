"""Who may do what with a KIM and its announcements. Roles and rows only; states stand in `workflow.py`."""

from __future__ import annotations

from accounts.models import Role, User
from groups.models import Announcement, Kim


def is_kim_admin(user: User, kim: Kim) -> bool:
    return kim.memberships.current().filter(user=user, is_admin=True).exists()


def can_manage(user: User, kim: Kim) -> bool:
    """Open the KIM's own desk: profile, members, announcements."""
    return is_kim_admin(user, kim)


def can_review(user: User, kim: Kim) -> bool:
    """Approve, ask for changes, reject: the verifier of the area, and never of one's own KIM."""
    return user.has_role(Role.KIM_VERIFIER, kim.area_codes) and not is_kim_admin(user, kim)


def can_read_papers(user: User, kim: Kim) -> bool:
    """Decrees, bylaws and photos that are not public: the KIM's admins, and the officers who see its application."""
    return is_kim_admin(user, kim) or Kim.objects.reviewed_by(user).filter(pk=kim.pk).exists()


def can_announce_for_area(user: User) -> bool:
    """Speak for the Dinas."""
    return any(grant.role == Role.KIM_VERIFIER for grant in user.grants)


def can_edit_announcement(user: User, announcement: Announcement) -> bool:
    if announcement.kim:
        return is_kim_admin(user, announcement.kim)
    own = [grant.area_id for grant in user.grants if grant.role == Role.KIM_VERIFIER]
    return announcement.office_id in own
