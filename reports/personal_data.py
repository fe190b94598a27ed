"""What reports hold about a person with an account: its copy, its erasure, and the end of a consent.

An anonymous report holds nothing about anybody, so none of these can find one.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts import personal_data
from accounts.models import Consent, User
from accounts.models.privacy import Purpose
from reports.models import Actor, RecoveryLink, Report, Reporter

COLUMNS = {
    "nomor": "report__public_id",
    "kategori": "report__category__name",
    "wilayah": "report__area__full_name",
    "tempat": "report__place",
    "isi": "report__description",
    "keadaan": "report__status",
    "masuk": "report__created_at",
    "nama": "name",
    "alamat e-mail": "email",
    "nomor telepon": "phone",
    "versi persetujuan": "consent_version",
    "persetujuan diberikan": "consent_at",
    "persetujuan ditarik": "withdrawn_at",
}


def register() -> None:
    personal_data.register_personal_data("laporan", copy)
    personal_data.register_eraser("laporan", erase)
    personal_data.register_release("laporan", release)


def reporters_of(user: User) -> QuerySet[Reporter]:
    """Filed while signed in, or with an address that is proven to be this person's."""
    return Reporter.objects.filter(Q(user=user) | Q(email__in=user.proven_addresses))


def copy(user: User) -> list[dict[str, Any]]:
    rows = reporters_of(user).order_by("-report__created_at", "pk").values_list(*COLUMNS.values())
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def erase(user: User) -> None:
    """The report stays, for the place it is about; who filed it is gone (UU 27/2022 art. 8)."""
    for key in reporters_of(user).values_list("pk", flat=True):
        forget_reporter(key)


def forget_reporter(report_key: int) -> None:
    """Delete who filed this report, and every way to reach or to be that person."""
    with transaction.atomic():
        report = Report.objects.select_for_update(of=("self",)).select_related("area").get(pk=report_key)
        Reporter.objects.filter(pk=report_key).delete()
        RecoveryLink.objects.filter(report=report).delete()
        report.record("identity_erased", Actor.system())


def release(consent: Consent) -> None:
    """No more mail about reports, and nobody opens the identity for a purpose that ended (art. 9)."""
    if consent.user and consent.purpose == Purpose.REPORT:
        reporters_of(consent.user).filter(withdrawn_at__isnull=True).update(withdrawn_at=timezone.now())
