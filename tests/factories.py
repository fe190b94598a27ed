"""Plain functions that make rows: `make_area()`, `make_user(email=...)`. Every value can be given."""

from __future__ import annotations

from itertools import count
from typing import Any

from allauth.account.models import EmailAddress

from accounts.models import Institution, RoleGrant, User
from regions.models import Area

_numbers = count(1)  # keeps made-up names apart


PASSWORD = "jendela-biru-sore"


def make_user(email: str | None = None, name: str = "", *, verified: bool = True, **over: Any) -> User:
    """A person who can sign in with `PASSWORD`; the address is verified unless said otherwise."""
    email = email or f"warga{next(_numbers)}@contoh.invalid"
    user = User.objects.create_user(email, over.pop("password", PASSWORD), name=name, **over)
    EmailAddress.objects.create(user=user, email=user.email, verified=verified, primary=True)
    return user


def make_institution(name: str | None = None, area: Area | str = "13.07", **over: Any) -> Institution:
    row = Institution(name=name or f"Dinas Uji {next(_numbers)}", area=_area(area), **over)
    row.save()
    return row


def make_grant(
    user: User,
    role: str,
    area: Area | str | None = None,
    institution: Institution | None = None,
    **over: Any,
) -> RoleGrant:
    """A grant that holds today; no area and no institution means the whole country."""
    grant = RoleGrant.objects.create(
        user=user, role=role, area=_area(area) if area else None, institution=institution, **over
    )
    user.__dict__.pop("grants", None)  # read once a request; a test's user lives longer
    return grant


def _area(area: Area | str) -> Area:
    return make_area(area) if isinstance(area, str) else area
