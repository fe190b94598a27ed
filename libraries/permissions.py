"""Who may do what with a library. Roles and rows only."""

from __future__ import annotations

from accounts.models import Role, User
from libraries.models import Library
from libraries.models.library import OFFICERS


def keeps(user: User, library: Library) -> bool:
    """Its librarian, or who speaks for the institution that it is."""
    return user.has_role(Role.LIBRARIAN, library.area_codes) or library.institution_id in user.institution_ids


def oversees(user: User, library: Library) -> bool:
    """The agency: its officer in the library's area, or who speaks for the agency in charge."""
    if user.is_superuser or user.has_role(Role.LIBRARY_OFFICER, library.area_codes):
        return True
    return library.agency_id is not None and library.agency_id in user.institution_ids


def can_open_desk(user: User, library: Library) -> bool:
    """Write months, clippings, targets, plans and the profile (the rows: `LibraryQuerySet.run_by`)."""
    return keeps(user, library) or oversees(user, library)


def can_see_people(user: User, library: Library) -> bool:
    """Read who registered and who came: the library's own people alone, not the agency, which reads figures."""
    return keeps(user, library)


def can_accept(user: User, library: Library) -> bool:
    """Lock a month, and correct it afterwards: the agency, never the library about itself."""
    return oversees(user, library) and not is_of_library(user, library)


def can_reopen(user: User, library: Library) -> bool:
    """Let the library correct an adopted plan: the agency, never the library about itself."""
    return can_accept(user, library)


def can_review(user: User, library: Library) -> bool:
    """Publish an impact story or send it back: the agency, never the library about itself."""
    return can_accept(user, library)


def is_of_library(user: User, library: Library) -> bool:
    """Whether this person is the library's own: speaks for it, or is the librarian of its village alone."""
    own = (grant for grant in user.grants if grant.role == Role.LIBRARIAN and grant.area_id == library.area_id)
    return library.institution_id in user.institution_ids or any(own)


def can_import(user: User) -> bool:
    """Bring lists of an area's libraries; the rows say whether it is one's own area."""
    return user.is_superuser or any(grant.role == Role.LIBRARY_OFFICER for grant in user.grants)


def can_open_queue(user: User) -> bool:
    """See the libraries of an area in the admin."""
    return user.is_superuser or any(grant.role in OFFICERS for grant in user.grants)


def keeps_area(user: User) -> bool:
    """Write what belongs to an area and no library: articles, internet points, placements, bridges."""
    return user.is_superuser or any(grant.role == Role.LIBRARY_OFFICER for grant in user.grants)
