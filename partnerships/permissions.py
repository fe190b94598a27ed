"""Who may do what with a partnership. Roles and rows only; states stand in `workflow.py`."""

from __future__ import annotations

from django.db.models import Q

from accounts.models import Institution, Role, RoleGrant, Sector, User
from groups.models import Kim
from groups.permissions import is_kim_admin
from groups.workflow import Status as KimStatus
from partnerships.models import Agreement, Commitment, Meeting, Partnership, Side, Tier
from partnerships.models.programs import WORKSHOPS
from partnerships.models.record import OFFICERS
from partnerships.workflow import Status
from regions.models import Area, code_prefixes
from regions.models.located import within


def speaks_for(user: User, side: Kim | Institution) -> bool:
    """The KIM's admin, or the institution's liaison."""
    if isinstance(side, Kim):
        return is_kim_admin(user, side)
    return side.pk in user.institution_ids


def sides_of(user: User, row: Partnership | Agreement) -> list[Side]:
    """The sides for which this person may answer; both, where one person serves both."""
    sides = [(Side.FIRST, row.first), (Side.PARTNER, row.second)]
    return [side for side, owner in sides if speaks_for(user, owner)]


def can_be_answered(side: Kim | Institution) -> bool:
    """Whether anybody at all answers for this side in the portal."""
    if isinstance(side, Kim):
        return side.memberships.current().filter(is_admin=True, user__is_active=True).exists()
    grants = RoleGrant.objects.current().filter(role=Role.LIAISON, user__is_active=True)
    return grants.filter(Q(institution=side) | Q(institution__merged_into=side.pk)).exists()


def acting_sides(user: User, row: Partnership | Agreement) -> list[Side]:
    """The sides for which this person may still act: a dissolved KIM only reads what it agreed."""
    return [side for side in sides_of(user, row) if not (is_dissolved(row) and side == Side.FIRST)]


def is_dissolved(row: Partnership | Agreement | Meeting) -> bool:
    """Whether the KIM whose row this is has ended."""
    owner = row.host if isinstance(row, Meeting) else row.first
    return isinstance(owner, Kim) and owner.status == KimStatus.DISSOLVED


def side_on_paper(user: User, row: Partnership) -> Side | None:
    """The side whose letter this officer may write down: it has not agreed, and nobody here answers for it."""
    if not (user.is_superuser or user.has_role(Role.KIM_VERIFIER, row.area_codes)) or row.status != Status.PROPOSED:
        return None
    waiting = [(Side.FIRST, row.first, row.first_confirmed_at), (Side.PARTNER, row.second, row.partner_confirmed_at)]
    return next((side for side, owner, at in waiting if at is None and not can_be_answered(owner)), None)


def can_open_office(user: User) -> bool:
    """See the partnerships of an area as an officer."""
    return user.is_superuser or any(grant.role in OFFICERS for grant in user.grants)


def can_read_papers(user: User, row: Partnership) -> bool:
    """Drafts and files: both sides, and the officers of the area."""
    return bool(sides_of(user, row)) or user.is_superuser or user.has_role(OFFICERS, row.area_codes)


def can_record_facilitation(user: User, area: Area | None) -> bool:
    """Record what was done for the KIM of this area, and publish guidelines for it: its verifier."""
    return user.is_superuser or user.has_role(Role.KIM_VERIFIER, code_prefixes(area.code) if area else [])


def recorded_tiers(user: User, area: Area | None) -> list[Tier]:
    """Whose work this person may record for the area: that of their own office's level and of those below it."""
    if user.is_superuser:
        return list(Tier)
    above = code_prefixes(area.code) if area else []
    rows = [grant.area for grant in user.grants if grant.role == Role.KIM_VERIFIER]
    own = [len(code_prefixes(each.code)) if each else 0 for each in rows if each is None or each.code in above]
    return list(Tier)[min(own, default=len(Tier)) :] or [Tier.REGENCY]


def offered_tiers(user: User, area: Area | None) -> list[Tier]:
    """What the form offers: for a chosen area what would be taken there, before that what would be anywhere."""
    if area or user.is_superuser:
        return recorded_tiers(user, area)
    areas = [grant.area for grant in user.grants if grant.role == Role.KIM_VERIFIER]
    found = {tier for each in areas for tier in recorded_tiers(user, each)}
    return [tier for tier in Tier if tier in found]


def records_facilitation(user: User) -> bool:
    """Anywhere at all."""
    return user.is_superuser or any(grant.role == Role.KIM_VERIFIER for grant in user.grants)


# --- Meetings --------------------------------------------------------------------------------------------------------
def can_run(user: User, meeting: Meeting) -> bool:
    """Write about the meeting and its people: whoever speaks for its host, until the host is dissolved."""
    return not is_dissolved(meeting) and speaks_for(user, meeting.host)


def can_give_programs(user: User, meeting: Meeting) -> bool:
    """Leave the KIM that came with a draft programme: the area's verifier, or the office that held the workshop."""
    if meeting.kind not in WORKSHOPS or meeting.is_cancelled or not meeting.is_begun:
        return False
    if user.is_superuser or user.has_role(Role.KIM_VERIFIER, meeting.area_codes):
        return True
    host = meeting.host
    return isinstance(host, Institution) and host.sector == Sector.GOVERNMENT and speaks_for(user, host)


def programs_scope(user: User, meeting: Meeting) -> Q:
    """Which KIM: those of the verifier's area; an office reaches those of its own area."""
    if user.is_superuser:
        return Q()
    host, scope = meeting.host, user.scope(Role.KIM_VERIFIER)
    is_office = isinstance(host, Institution) and host.sector == Sector.GOVERNMENT and speaks_for(user, host)
    return scope | within(host.area) if is_office else scope


def can_follow_up(user: User, commitment: Commitment) -> bool:
    """Say how far a promise is: the meeting's host, or who answers for the party."""
    is_party = commitment.party.institution_id in user.institution_ids
    return is_party or can_run(user, commitment.meeting)
