"""10,000 partnerships with agreements and 2,000 meetings with promises, and how fast their pages answer there.

Run on a database of its own, migrated and with its regions: `DATABASE_URL=… python -m tests.bench.partnerships`.
Prints, for each page, its queries and the median of its milliseconds.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from datetime import datetime, timedelta
from random import Random
from typing import Any

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kimportal.settings")
    django.setup()

from django.db import connection, transaction
from django.db.models import Count, Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Institution, Role, RoleGrant, Sector, User
from groups.models import Kim, KimWord, Membership, Post
from groups.workflow import Status as KimStatus
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
from regions.models import Area, LegalBasis, Level

PARTNERSHIPS, MEETINGS, OWNERS = 10_000, 2_000, 1_000
PARTIES = 6  # of a meeting, each with one promise
BATCH, ROUNDS = 500, 15
OF_ONE = 5  # one row in so many belongs to the busiest KIM or institution
NAMES = ("Maju", "Cahaya", "Bina Warga", "Suara", "Mitra Kabar", "Jaya", "Harapan", "Sehat", "Lestari", "Sejahtera")


def stored(rows: list[Any]) -> list[Any]:
    """Without the actions: what they would have copied is set by the makers below."""
    kind: type[Model] = type(rows[0])
    for row in rows:
        if hasattr(row, "copy_codes"):
            row.copy_codes()
    return list(kind._base_manager.bulk_create(rows, batch_size=BATCH))


def make_owners(chance: Random) -> tuple[list[Kim], list[Institution], User]:
    """KIM in villages all over the country, partners in their regencies, and one person who speaks for the first."""
    now = timezone.now()
    villages = list(Area.objects.filter(level=Level.VILLAGE).order_by("code")[:: max(1, 80_000 // OWNERS)][:OWNERS])
    kims = []
    for number, area in enumerate(villages):
        kim = Kim(name=f"KIM {area.name} {chance.choice(NAMES)} {number}", slug=f"kim-{number}", area=area)
        kim.mode, kim.status, kim.is_listed, kim.created_at = "hybrid", KimStatus.VERIFIED, True, now
        kim.submitted_at, kim.confirmed_on, kim.conduct_accepted_at = now, now.date(), now
        kim.copy_words()
        kims.append(kim)
    kims = stored(kims)
    KimWord.objects.rewrite(kims)
    sectors = list(Sector.values)
    partners = stored(
        [
            Institution(name=f"{chance.choice(NAMES)} {number}", area_id=area.code[:5], sector=chance.choice(sectors))
            for number, area in enumerate(villages)
        ]
    )
    user = User.objects.create_user(email="ukur@contoh.invalid", password=None)
    Membership.add(kims[0], by=None, name="Ketua Ukur", post=Post.CHAIR, user=user, is_admin=True)
    RoleGrant.objects.create(user=user, role=Role.LIAISON, institution=partners[0], valid_from=now.date())
    return kims, partners, user


def make_partnerships(kims: list[Kim], partners: list[Institution], chance: Random) -> None:
    now, today = timezone.now(), timezone.localdate()
    expertises = stored(
        [Expertise(kim=kim, area_id=kim.area_id, field=chance.choice(Field.values), years=3) for kim in kims]
    )
    Expertise.objects.update(is_proven=True)
    law = LegalBasis.objects.create(kind="uu", number="1", year=2024, about="Uji ukur", issuer="Presiden")
    stored([Obligation(area_id=code, legal_basis=law) for code in sorted({kim.regency_code for kim in kims})])
    meets = {"kind": ForumKind.OUTREACH, "name": "Penyuluhan", "place": "Balai", "contact_person": "Bidan"}
    forums = stored([Forum(first_on=today, begins_at=now.time(), **meets) for _ in range(PARTNERSHIPS)])
    rows = []
    for number in range(PARTNERSHIPS):
        place = 0 if number % OF_ONE == 0 else chance.randrange(len(kims))
        basis = chance.choice(Basis.values)
        row = Partnership(kim=kims[place], area_id=kims[place].area_id, partner=chance.choice(partners), basis=basis)
        row.title = f"{chance.choice(NAMES)} {chance.choice(NAMES)} {number}"
        row.sector, row.starts_on, row.created_at = row.partner.sector, today - timedelta(chance.randrange(900)), now
        row.forum = forums[number] if basis == Basis.ANALOG else None
        row.legal_basis = law if basis == Basis.REGULATION else None
        row.expertise = expertises[place] if basis == Basis.EXPERIENCE else None
        row.need = "Warga perlu kabar." if basis == Basis.EXPERIENCE else ""
        row.status = chance.choices([Status.ACTIVE, Status.ENDED, Status.PROPOSED], [7, 2, 1])[0]
        row.is_listed = row.status != Status.PROPOSED
        row.first_confirmed_at = row.partner_confirmed_at = now
        rows.append(row)
    rows = stored(rows)
    stored([Agreement(partnership=row, kind="joint_agreement", subject=row.title, scope="Uji") for row in rows])
    PartnershipWord.objects.rewrite(rows)


def make_meetings(kims: list[Kim], partners: list[Institution], chance: Random) -> None:
    start, rows = timezone.now(), []
    for number in range(MEETINGS):
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


def make_all() -> User:
    """Once; the next run finds it."""
    found = User.objects.filter(email="ukur@contoh.invalid").first()
    if found:
        return found
    chance = Random(4)  # noqa: S311  the same rows every time
    with transaction.atomic():
        kims, partners, user = make_owners(chance)
        make_partnerships(kims, partners, chance)
        make_meetings(kims, partners, chance)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return user


def pages() -> list[tuple[str, str, bool]]:
    """Name, address, whether signed in as the busiest side (or, for the office, as its reader)."""
    regency = Partnership.objects.values("regency_code").annotate(n=Count("pk")).order_by("-n")[0]["regency_code"]
    kim = Kim.objects.get(slug="kim-0")
    meeting = Meeting.objects.filter(is_public=True).order_by("pk").first()
    assert meeting is not None
    lists = {
        "Direktori": "/kemitraan/",
        "Direktori, satu kabupaten": f"/kemitraan/?area={regency}",
        "Direktori, dasar dan sektor": "/kemitraan/?basis=experience&sector=health",
        "Direktori, kata lazim": "/kemitraan/?q=maju",
        "Direktori, kata langka": "/kemitraan/?q=harapan+9999",
        "Kemitraan satu KIM": f"/kim/{kim.slug}/kemitraan/",
        "Cari keahlian": "/kemitraan/keahlian/?field=health",
        "Cari keahlian, satu provinsi": f"/kemitraan/keahlian/?field=health&area={regency[:2]}",
        "Kewajiban": "/kemitraan/kewajiban/",
        "Rapat": "/kemitraan/rapat/",
        "Satu rapat": meeting.get_absolute_url(),
    }
    own = {
        "Kemitraan saya": "/kemitraan/saya/",
        "Kemitraan satu KIM, pengurus": f"/kim/{kim.slug}/kemitraan/",
        "Rapat saya": "/kemitraan/rapat/milik-saya/",
        "Tindak lanjut saya": "/kemitraan/rapat/tindak-lanjut/",
        "Satu rapat, penyelenggara": meeting.get_absolute_url(),
        "Kantor: kemitraan": "/admin/partnerships/partnership/",
        "Kantor: dasar hukum dicabut": "/admin/partnerships/partnership/?dasar=dicabut",
        "Kantor: tindak lanjut lewat tenggat": "/admin/partnerships/commitment/?keadaan=late",
    }
    return [*((n, path, False) for n, path in lists.items()), *((n, path, True) for n, path in own.items())]


def measure(client: Client, path: str) -> tuple[int, int, float]:
    """Status, queries, median milliseconds."""
    client.get(path)
    with CaptureQueriesContext(connection) as found:
        status = client.get(path).status_code
    queries = len(found)  # before the next request forgets them
    times = []
    for _ in range(ROUNDS):
        before = time.perf_counter()
        client.get(path)
        times.append((time.perf_counter() - before) * 1000)
    return status, queries, statistics.median(times)


def main() -> None:
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    user = make_all()
    officer, _ = User.objects.get_or_create(email="kantor@contoh.invalid", defaults={"is_superuser": True})
    guest, own, office = Client(), Client(), Client()
    own.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    office.force_login(officer, backend=settings.AUTHENTICATION_BACKENDS[-1])
    before = time.perf_counter()
    Partnership.objects.respell_due()
    sys.stdout.write(
        f"{connection.vendor}; respell_due, nothing to do: {(time.perf_counter() - before) * 1000:.0f} ms\n"
    )
    for name, path, is_signed in pages():
        client = office if path.startswith("/admin/") else own if is_signed else guest
        status, queries, median = measure(client, path)
        sys.stdout.write(f"{name:40} {status} {queries:3d} queries {median:8.1f} ms\n")


if __name__ == "__main__":
    main()
