"""Rows of partnerships, made by their own actions."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from accounts.models import Institution, User
from groups.models import Kim
from partnerships.models import (
    Agreement,
    AgreementKind,
    Basis,
    Expertise,
    Forum,
    ForumSession,
    Partnership,
    Repeats,
    Side,
)
from regions.models import LegalBasis
from tests.factories import make_area, make_institution, make_kim, make_user

_numbers = count(1)


def today(days: int = 0) -> date:
    return timezone.localdate() + timedelta(days=days)


def make_forum(**over: Any) -> Forum:
    """A weekly meeting that begins next week; not stored yet."""
    values = {
        "kind": "outreach",
        "name": "Penyuluhan gizi balita",
        "place": "Balai nagari",
        "first_on": today(7),
        "begins_at": time(9),
        "repeats": Repeats.WEEKLY,
        "contact_person": "Bidan Uji",
    }
    return Forum(**{**values, **over})


def make_legal_basis(area: str | None = "13.07", **over: Any) -> LegalBasis:
    values = {
        "kind": "perbup",
        "number": str(next(_numbers)),
        "year": 2024,
        "about": "Komunitas Informasi Masyarakat",
        "issuer": "Bupati Uji",
        "issuer_area": make_area(area) if area else None,
    }
    return LegalBasis.objects.create(**{**values, **over})


def make_expertise(owner: Kim | Institution, *, proven: bool = True, **over: Any) -> Expertise:
    row = Expertise.begin(owner, **{"field": "health", "about": "Penyuluhan di posyandu.", "years": 3, **over})
    if proven:
        row.add_record(
            activity="Lomba balita sehat", done_on=today(-90), place="Balai", beneficiaries=40, result="Baik."
        )
        row.add_evidence(kind="letter", giver="Puskesmas Uji", given_on=today(-60))
    return row


def terms(**over: Any) -> dict[str, Any]:
    values = {
        "title": "Penyuluhan gizi",
        "purpose": "Ibu balita tahu menu sehat.",
        "first_duties": "Mengundang warga.",
        "partner_duties": "Mengirim penyuluh.",
        "starts_on": today(),
        "ends_on": today(365),
        "basis": Basis.ANALOG,
    }
    return {**values, **over}


def make_partnership(
    first: Kim | Institution | None = None, partner: Institution | None = None, *, by: User | None = None, **over: Any
) -> Partnership:
    """A proposal of the first side, analog unless `basis` says otherwise."""
    first, partner = first or make_kim(), partner or make_institution()
    basis = over.setdefault("basis", Basis.ANALOG)
    if basis == Basis.ANALOG:
        over.setdefault("forum", make_forum())
    elif basis == Basis.REGULATION and "legal_basis" not in over:
        over["legal_basis"] = make_legal_basis(first.area_id[:5])
    elif basis == Basis.EXPERIENCE:
        over.setdefault("need", "Banyak balita kurang gizi.")
        if "expertise" not in over:
            over["expertise"] = make_expertise(first)
    return Partnership.propose(
        first, partner, side=Side.FIRST, by=by or make_user(), **terms(**{"forum": None, **over})
    )


def make_active(*args: Any, **over: Any) -> Partnership:
    row = make_partnership(*args, **over)
    row.confirm(Side.PARTNER, by=make_user(), terms_version=row.terms_version)
    return row


def hold_session(row: Partnership, **over: Any) -> ForumSession:
    """A meeting of yesterday, written down by the first side."""
    start = over.pop("starts_at", timezone.now() - timedelta(days=1))
    values = {"place": "Balai", "result": "Warga paham.", "lines": ["Ani", "Budi", "ani ", ""], **over}
    return ForumSession.hold(
        row, Side.FIRST, by=make_user(), starts_at=start, ends_at=start + timedelta(hours=2), **values
    )


def make_agreement(partnership: Partnership | None = None, *, is_hoped: bool = False, **over: Any) -> Agreement:
    """A draft of a joint agreement."""
    values = {"kind": AgreementKind.JOINT, "subject": "Penyebaran informasi", "scope": "Penyuluhan bersama.", **over}
    return Agreement.begin(partnership or make_active(), Side.FIRST, by=make_user(), is_hoped=is_hoped, **values)


def make_hope(first: Kim | Institution | None = None, second: Institution | None = None, **over: Any) -> Agreement:
    """One hoped for between two that have no partnership."""
    values = {"kind": AgreementKind.JOINT, "subject": "KKN di desa", "scope": "Mahasiswa di desa.", **over}
    first, second = first or make_institution(), second or make_institution()
    return Agreement.between(first, second, Side.FIRST, **{"by": make_user(), **values})


def signature(**over: Any) -> dict[str, Any]:
    """What a signed agreement shows, for a year from yesterday."""
    values = {
        "number": f"{next(_numbers)}/MOU/2026",
        "signed_on": today(-1),
        "valid_from": today(-1),
        "valid_until": today(364),
        "first_signer": "Ketua Uji",
        "second_signer": "Kepala Uji",
    }
    return {**values, **over}
