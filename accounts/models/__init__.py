"""People, the institutions they speak for, the rights they hold over an area for a time, and their own data."""

from accounts import events, limits, outbox, page_cache  # noqa: F401  their models belong to this app
from accounts.models.grants import INVITATION_DAYS, Invitation, RoleGrant, RoleGrantQuerySet
from accounts.models.history import DataRequestEvent, InstitutionEvent
from accounts.models.institutions import Institution, InstitutionQuerySet, Sector
from accounts.models.people import PHONE, User, UserManager
from accounts.models.privacy import (
    ACCOUNT_CONSENT,
    CONSENT_TEXTS,
    REQUEST_HOURS,
    Consent,
    DataRequest,
    Purpose,
    RequestKind,
    RequestState,
    register_own_data,
)
from accounts.models.roles import GIVES, INSTITUTION_ROLES, OFFICER_ROLES, Role

__all__ = [
    "ACCOUNT_CONSENT",
    "CONSENT_TEXTS",
    "GIVES",
    "INSTITUTION_ROLES",
    "INVITATION_DAYS",
    "OFFICER_ROLES",
    "PHONE",
    "REQUEST_HOURS",
    "Consent",
    "DataRequest",
    "DataRequestEvent",
    "Institution",
    "InstitutionEvent",
    "InstitutionQuerySet",
    "Invitation",
    "Purpose",
    "RequestKind",
    "RequestState",
    "Role",
    "RoleGrant",
    "RoleGrantQuerySet",
    "Sector",
    "User",
    "UserManager",
    "register_own_data",
]
