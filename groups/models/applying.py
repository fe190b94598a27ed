"""Sending an application: the KIM, its board and its decree come into being together, once, or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from accounts.models import Role, RoleGrant, User
from groups.models.decree import Decree
from groups.models.draft import FormDraft
from groups.models.kim import Kim
from groups.models.membership import Membership
from regions.models import Area, Level, code_prefixes

DRAFT_KEY = "kim"  # one application at a time


class NothingToFile(Exception):  # noqa: N818  a sentence for the applicant
    """The draft is gone: it was sent a moment ago, in another tab or by a second press."""


@dataclass
class Application:
    """The checked answers: values of the KIM, of each member (the sender's has is_admin) and of the decree, if any."""

    kim: dict[str, Any]
    board: list[dict[str, Any]]
    decree: dict[str, Any] = field(default_factory=dict)


def file_application(application: Application, *, by: User) -> Kim:
    """Make everything and hand it to the verifier. The draft's row is the lock: the second press finds none."""
    with transaction.atomic():
        draft = FormDraft.objects.select_for_update().filter(user=by, key=DRAFT_KEY).first()
        if draft is None:
            raise NothingToFile
        kim = Kim.apply(by=by, **application.kim)
        for values in application.board:
            Membership.add(kim, by=by, **values)
        if application.decree:
            Decree.add(kim, by=by, **application.decree)
        kim.submit(by=by)
        draft.delete()
    return kim


def has_verifier(area_code: str) -> bool:
    """Whether somebody reviews applications from this area."""
    holders = RoleGrant.objects.current().filter(role=Role.KIM_VERIFIER, user__is_active=True)
    return holders.covering(code_prefixes(area_code)).exists()


def verified_areas() -> list[Area]:
    """The areas that have a verifier, for the page that says so first."""
    holders = RoleGrant.objects.current().filter(role=Role.KIM_VERIFIER, user__is_active=True, area__isnull=False)
    return list(Area.objects.filter(pk__in=holders.values("area")).order_by("code"))


def not_verified(area: Area) -> str:
    """The sentence for an area without a verifier."""
    regency = next((above for above in area.ancestors() if above.level == Level.REGENCY), area)
    return (
        f"{regency.name} belum punya verifikator KIM di portal ini, jadi pendaftaran belum dapat dikirim. "
        "Isian Anda tetap tersimpan; hubungi Dinas Kominfo setempat."
    )
