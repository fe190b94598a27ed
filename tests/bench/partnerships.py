"""10,000 partnerships with agreements and 2,000 meetings with promises, among 1,000 of the country's KIM.

`python -m tests.bench.partnerships` adds them to a generated database that has none yet.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime, timedelta
from random import Random
from typing import Any

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kimportal.settings")
    django.setup()

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from accounts.models import Institution, Sector
from groups.models import Kim
from partnerships.models import (
    Agreement,
    Attendance,
    Basis,
    Commitment,
    Expertise,
    Field,
    Forum,
    ForumKind,
    Meeting,
    MeetingKind,
    MeetingSession,
    Obligation,
    Partnership,
    PartnershipWord,
)
from partnerships.workflow import CommitmentStatus, Status
from regions.models import LegalBasis

PARTNERSHIPS = 10_000
OF_A_MEETING, OF_AN_OWNER = 5, 10  # so many partnerships for each
PARTIES = 6  # of a meeting, each with one promise
BATCH = 500
OF_ONE = 5  # one row in so many belongs to the busiest KIM or institution
NAMES = ("Maju", "Cahaya", "Bina Warga", "Suara", "Mitra Kabar", "Jaya", "Harapan", "Sehat", "Lestari", "Sejahtera")
WORDS = {"purpose": "Kabar sampai ke warga.", "first_duties": "Mengundang.", "partner_duties": "Menjelaskan."}


def add_partnerships(total: int = PARTNERSHIPS) -> None:
    """All of it, in one transaction; the same rows every time."""
    chance = Random(4)  # noqa: S311  made-up data
    with transaction.atomic():
        owners = Kim.objects.active().select_related("area").order_by("pk")[: max(1, total // OF_AN_OWNER)]
        kims = list(owners)
        partners = make_partners(kims, chance)
        make_partnerships(kims, partners, total, chance)
        make_meetings(partners, total // OF_A_MEETING, chance)


def stored(rows: list[Any]) -> list[Any]:
    """Without the actions: what they would have copied is set by the makers below."""
    kind: type[Model] = type(rows[0])
    for row in rows:
        if hasattr(row, "copy_codes"):
            row.copy_codes()
    return list(kind._base_manager.bulk_create(rows, batch_size=BATCH))


def make_partners(kims: list[Kim], chance: Random) -> list[Institution]:
    """One in the regency of each KIM."""
    sectors = list(Sector.values)
    return stored(
        [
            Institution(
                name=f"{chance.choice(NAMES)} {kim.pk}", area_id=kim.regency_code, sector=chance.choice(sectors)
            )
            for kim in kims
        ]
    )


def make_partnerships(kims: list[Kim], partners: list[Institution], total: int, chance: Random) -> None:
    """Each basis a third of them; seven in ten run, two are over, one is only proposed."""
    fields = list(Field.values)
    grounds: dict[Any, Any] = {
        Basis.EXPERIENCE: stored(
            [
                Expertise(
                    kim=kim, area_id=kim.area_id, field=chance.choice(fields), years=3, about="Uji.", is_proven=True
                )
                for kim in kims
            ]
        ),
        Basis.REGULATION: LegalBasis.objects.create(
            kind="uu", number="1/UKUR", year=2024, about="Uji ukur", issuer="Presiden"
        ),
    }
    law = grounds[Basis.REGULATION]
    stored([Obligation(area_id=code, legal_basis=law) for code in sorted({kim.regency_code for kim in kims})])
    rows = stored([one(number, kims, partners, grounds, chance) for number in range(total)])
    words = {"kind": "joint_agreement", "scope": "Uji"}
    stored([Agreement(partnership=row, area_id=row.area_id, subject=row.title, **words) for row in rows])
    PartnershipWord.objects.rewrite(rows)


def one(number: int, kims: list[Kim], partners: list[Institution], grounds: dict[Any, Any], chance: Random) -> Any:
    """One partnership with the detail of its basis."""
    now, today = timezone.now(), timezone.localdate()
    place = 0 if number % OF_ONE == 0 else chance.randrange(len(kims))
    kim, partner, basis = kims[place], chance.choice(partners), chance.choice(Basis.values)
    row = Partnership(kim=kim, area_id=kim.area_id, partner=partner, basis=basis, **WORDS)
    row.title = f"{chance.choice(NAMES)} {chance.choice(NAMES)} {number}"
    row.sector, row.starts_on, row.created_at = partner.sector, today - timedelta(chance.randrange(900)), now
    row.forum = meets(now) if basis == Basis.ANALOG else None
    row.legal_basis = grounds[Basis.REGULATION] if basis == Basis.REGULATION else None
    row.expertise = grounds[Basis.EXPERIENCE][place] if basis == Basis.EXPERIENCE else None
    row.need = "Warga perlu kabar." if basis == Basis.EXPERIENCE else ""
    row.status = chance.choices([Status.ACTIVE, Status.ENDED, Status.PROPOSED], [7, 2, 1])[0]
    row.is_listed = row.status != Status.PROPOSED
    row.first_confirmed_at = now
    row.partner_confirmed_at = now if row.is_listed else None
    return row


def meets(now: datetime) -> Forum:
    words = {"kind": ForumKind.OUTREACH, "name": "Penyuluhan", "place": "Balai", "contact_person": "Bidan"}
    row = Forum(first_on=now.date() + timedelta(days=7), begins_at=now.time(), repeats="weekly", **words)
    row.save()
    return row


def make_meetings(partners: list[Institution], total: int, chance: Random) -> None:
    start, rows = timezone.now(), []
    for number in range(total):
        host = partners[0] if number % OF_ONE == 0 else chance.choice(partners)
        at = start - timedelta(days=chance.randrange(1, 700))
        row = Meeting(institution=host, area_id=host.area_id, kind=chance.choice(MeetingKind.values), starts_at=at)
        row.title, row.chair_position, row.agenda = f"Rapat {chance.choice(NAMES)} {number}", "Kepala", "Sinergi."
        row.is_public = number % 4 != 1
        rows.append(row)
    rows = stored(rows)
    stored([MeetingSession(meeting=row, place="Balai", **hours(row.starts_at)) for row in rows])
    parties = [
        Attendance(gathering=row, line=f"Lembaga {place}", key=f"lembaga {place}", institution=chance.choice(partners))
        for row in rows
        for place in range(PARTIES)
    ]
    today = timezone.localdate()
    promises = []
    for party in stored(parties):
        due = today - timedelta(days=chance.randrange(-90, 400))
        status = chance.choice([CommitmentStatus.PLANNED, CommitmentStatus.DONE])
        end = {"evidence": "Foto.", "ended_at": timezone.now()} if status == CommitmentStatus.DONE else {}
        promises.append(Commitment(party=party, what="Memasang.", due_on=due, status=status, **end))
    stored(promises)


def hours(start: datetime) -> dict[str, Any]:
    return {"starts_at": start, "ends_at": start + timedelta(hours=2)}


def main() -> None:
    if Partnership.objects.exists():
        return
    add_partnerships()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    sys.stderr.write(f"{PARTNERSHIPS} kemitraan ditambahkan.\n")


if __name__ == "__main__":
    main()
