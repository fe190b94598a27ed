"""Writing a checked list: all of it or nothing, in a few statements."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.page_cache import pages_changed
from groups.imports.checking import Row
from groups.models import Decree, Kim, KimEvent, KimWord, Membership, Post, Section
from groups.models.kim import OFFICE, free_slug
from groups.workflow import Status

BATCH = 500
POSTS: dict[str, dict[str, str]] = {
    "ketua": {"post": Post.CHAIR},
    "sekretaris": {"post": Post.SECRETARY},
    "bendahara": {"post": Post.TREASURER},
    "seksi_pengumpulan": {"post": Post.SECTION_HEAD, "section": Section.COLLECTION},
    "seksi_pengolahan": {"post": Post.SECTION_HEAD, "section": Section.PROCESSING},
    "seksi_penyebaran": {"post": Post.SECTION_HEAD, "section": Section.DISTRIBUTION},
}


def store(rows: list[Row], by: User) -> int:
    """Verified KIM with their boards and decrees; the officer has vouched for the code of conduct.

    Rows in bulk skip the actions' checks: `plan_for` has made them for the whole list, and the constraints hold. None
    can be active yet, as its bylaws are not in the list, so nothing has to settle. Raises IntegrityError when somebody
    else has recorded one of these KIM in the meantime.
    """
    slugs: set[str] = set()
    made = [new_kim(row, slugs) for row in rows]  # before anything is locked: SQLite lets nobody else write
    with transaction.atomic():
        kims = Kim.objects.bulk_create(made, batch_size=BATCH)
        KimWord.objects.rewrite(kims)
        pairs = list(zip(kims, rows, strict=True))
        Membership.objects.bulk_create([each for pair in pairs for each in members(*pair)], batch_size=BATCH)
        Decree.objects.bulk_create([new_decree(*pair) for pair in pairs if pair[1].has_decree], batch_size=BATCH)
        KimEvent.begin_all(kims, "imported", actor=by, actor_label=OFFICE)
        pages_changed()
    return len(kims)


def new_kim(row: Row, slugs: set[str]) -> Kim:
    values, now = row.values, timezone.now()
    slug = free_slug(values["nama_kim"], slugs)
    slugs.add(slug)
    kim = Kim(
        name=values["nama_kim"],
        slug=slug,
        area=row.area,
        mode=values["cara_kerja"],
        base_group=values["asal_kelompok"],
        secretariat=values["alamat_sekretariat"],
        national_id=values["nomor_induk"],
        email=values["email"],
        valid_until=values["berlaku_sampai"] if row.has_decree else None,
        status=Status.VERIFIED,
        is_listed=True,
        submitted_at=now,
        conduct_accepted_at=now,
    )
    kim.copy_codes()
    kim.copy_words()
    return kim


def members(kim: Kim, row: Row) -> list[Membership]:
    """The board, in office since its decree began; their names are not public before they say so."""
    today = timezone.localdate()
    since = min(row.values["berlaku_sejak"] or today, today)
    return [
        Membership(kim=kim, name=name, phone=row.values.get(f"telepon_{post}", ""), joined_on=since, **POSTS[post])
        for post, name in row.people.items()
    ]


def new_decree(kim: Kim, row: Row) -> Decree:
    values = row.values
    return Decree(
        kim=kim,
        number=values["nomor_sk"],
        decided_on=values["tanggal_sk"],
        about=values["tentang_sk"],
        issuer=values["penerbit_sk"],
        valid_from=values["berlaku_sejak"],
        valid_until=values["berlaku_sampai"],
    )
