"""Who may do what with people, institutions and rights. Roles and objects only, no request."""

from __future__ import annotations

from allauth.account.models import EmailAddress

from accounts.models import (
    GIVES,
    INSTITUTION_ROLES,
    Consent,
    DataRequest,
    Institution,
    Invitation,
    Role,
    RoleGrant,
    User,
)
from regions.models import Area, code_prefixes

# Who keeps the list of institutions of an area: those who forward to them and those who appoint their liaisons.
INSTITUTION_KEEPERS = frozenset({Role.REPORT_COORDINATOR, Role.KIM_VERIFIER, Role.INFORMATION_OFFICER})


def can_give(user: User, role: str, area: Area | None, institution: Institution | None) -> bool:
    """Whether one of the user's own grants covers this role there (the table GIVES in models/roles.py)."""
    if not user.is_active or (institution is None) == (role in INSTITUTION_ROLES):
        return False
    if user.is_superuser:
        return True
    givers = {own for own, gives in GIVES.items() if role in gives}
    if institution and institution.pk in user.institution_ids and Role.LIAISON in givers:
        return True
    code = institution.area_id if institution else area.pk if area else None
    return user.has_role(givers - INSTITUTION_ROLES, code_prefixes(code) if code else [])


def can_grant(user: User, target: User, role: str, area: Area | None, institution: Institution | None) -> bool:
    """As `can_give`, and nobody adds to their own rights, a superuser aside."""
    if target.pk == user.pk and not user.is_superuser:
        return False
    return target.is_active and can_give(user, role, area, institution)


def can_revoke(user: User, grant: RoleGrant) -> bool:
    """Whoever could give it there may take it back; and anybody may lay down their own."""
    return grant.user_id == user.pk or can_give(user, grant.role, grant.area, grant.institution)


def can_accept(user: User, invitation: Invitation) -> bool:
    """The holder of the invited address, once it is verified, while whoever invited may still give the role."""
    owns = EmailAddress.objects.filter(user=user, email__iexact=invitation.email, verified=True).exists()
    inviter = invitation.invited_by
    return owns and can_grant(inviter, user, invitation.role, invitation.area, invitation.institution)


def can_cancel(user: User, invitation: Invitation) -> bool:
    return can_give(user, invitation.role, invitation.area, invitation.institution)


def can_edit_institution(user: User, institution: Institution) -> bool:
    return user.is_superuser or user.has_role(INSTITUTION_KEEPERS, code_prefixes(institution.area_id))


def can_merge(user: User, institution: Institution, target: Institution) -> bool:
    """Both must lie in the officer's own area."""
    return can_edit_institution(user, institution) and can_edit_institution(user, target)


def can_answer(user: User, request: DataRequest) -> bool:
    """The officer for personal data of the whole portal, never about themselves."""
    if user.is_superuser:
        return True
    return user.has_role(Role.PERSONAL_DATA_OFFICER, []) and request.user_id != user.pk


def can_read_consents(user: User) -> bool:
    return user.is_superuser or user.has_role(Role.PERSONAL_DATA_OFFICER, [])


def can_withdraw(user: User, consent: Consent) -> bool:
    return consent.user_id == user.pk and not consent.withdrawn_at
