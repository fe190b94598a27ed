"""84,000 KIM, about one a village, with people, decrees and their history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from allauth.account.models import EmailAddress
from django.utils.text import slugify

from accounts.models import User
from groups.models import BaseGroup, Decree, Issuer, Kim, KimEvent, KimWord, Membership, Mode, Post, Section
from groups.models.kim import BOARD_OF_KIM, OFFICE, SYSTEM
from groups.workflow import PUBLIC, Status
from regions.models import Area
from tests.bench.chains import Chain
from tests.bench.country import Country
from tests.bench.writing import Batch

_S = Status
ENDINGS: list[tuple[Status, int]] = [
    *((_S.ACTIVE, 55), (_S.VERIFIED, 20), (_S.INACTIVE, 8), (_S.SUBMITTED, 6), (_S.DRAFT, 4)),
    *((_S.DISSOLVED, 3), (_S.REVISION, 2), (_S.REJECTED, 2)),
]
WITH_DECREE = {_S.ACTIVE, _S.INACTIVE}
POSTS = [
    *((Post.CHAIR, ""), (Post.SECRETARY, ""), (Post.TREASURER, "")),
    *((Post.SECTION_HEAD, section.value) for section in Section),
    *((Post.MEMBER, ""),) * 2,
]
FIRST = (
    *("Ani", "Budi", "Cici", "Dedi", "Eka", "Fitri", "Gani", "Hana", "Indra", "Joko", "Kadek", "Lina", "Made", "Nana"),
    *("Oman", "Putri", "Rina", "Sari", "Tono", "Umi", "Wayan", "Yuni", "Zainal", "Asep", "Bagus", "Citra", "Dewi"),
)
SECOND = ("Contoh", "Permata", "Saputra", "Lestari", "Nugraha", "Hidayat", "Utami", "Siregar", "Pratama", "Wijaya")
NAMES = ("Maju Bersama", "Cahaya", "Sinar Informasi", "Bina Warga", "Suara Desa", "Mitra Kabar", "Jaya", "Harapan")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Known:
    """What announcements and reports need of a KIM."""

    key: int
    name: str
    area: str
    status: Status
    admin: int
    born: datetime


def make_kims(country: Country, numbers: range) -> Batch:
    """The KIM with these numbers; a number is also its key and that of its admin's account."""
    batch = Batch()
    for number in numbers:
        batch.facts.append(make_kim(batch, country, number, Random(number)))
    return batch


def make_kim(batch: Batch, country: Country, number: int, chance: Random) -> Known:
    turn, step = divmod(number, len(country.villages))
    place = country.villages[step * 7919 % len(country.villages)]  # each village once before any twice, in no order
    name = f"KIM {place.name} {chance.choice(NAMES)} {turn or ''}".strip()
    status = chance.choices([each for each, _ in ENDINGS], [weight for _, weight in ENDINGS])[0]
    born = country.now - timedelta(days=chance.uniform(120, 1500))
    ended = country.now.date() - timedelta(days=chance.randrange(5, 60))
    until = (
        None
        if status not in WITH_DECREE
        else (ended if status == _S.INACTIVE else country.now.date() + timedelta(days=chance.randrange(5, 900)))
    )
    admin = add_account(batch, number, chance, born)
    kim = kim_row(number, name, place, status, born, until, chance)
    if status in WITH_DECREE:
        kim.bylaws = country.document()
        batch.add(kim.bylaws)
    batch.add(kim)
    batch.add(*(KimWord(kim=kim, word=word) for word in dict.fromkeys(kim.words.split())))
    tell(batch, country, kim, admin, chance)
    return Known(number, kim.name, place.code, status, admin.pk, born)


def add_account(batch: Batch, number: int, chance: Random, born: datetime) -> User:
    """Without a password that opens anything: sign-in is measured with a session."""
    row = User(pk=FIRST_KEY + number, email=f"kim{number}@contoh.invalid", name=person(chance), date_joined=born)
    row.password = "!"  # noqa: S105  what set_unusable_password writes, without 84,000 dice
    batch.add(row, EmailAddress(pk=FIRST_KEY + number, user=row, email=row.email, verified=True, primary=True))
    return row


FIRST_KEY = 10_000  # below it the officers


def person(chance: Random) -> str:
    return f"{chance.choice(FIRST)} {chance.choice(SECOND)}"


def kim_row(
    number: int, name: str, place: Area, status: Status, born: datetime, until: date | None, chance: Random
) -> Kim:
    sent = status != _S.DRAFT
    kim = Kim(
        pk=number,
        name=name,
        slug=f"{slugify(name)[:60]}-{number}",
        area=place,
        mode=chance.choices(Mode.values, (3, 2, 5))[0],
        base_group=chance.choices(BaseGroup.values, (60, *(5,) * (len(BaseGroup) - 1)))[0],
        secretariat=f"Balai desa {place.name}",
        about=f"Kami warga {place.name} yang mengumpulkan kabar, memeriksanya, dan menyebarkannya kepada tetangga.",
        email=f"kim{number}@contoh.invalid",
        conduct_accepted_at=born,
        status=status,
        is_listed=status in PUBLIC,
        submitted_at=born + 5 * DAY if sent else None,
        confirmed_on=(born + 9 * DAY).date() if status in PUBLIC else None,
        valid_until=until,
        created_at=born,
        version=4 if sent else 1,
    )
    kim.copy_codes()
    kim.copy_words()
    return kim


def tell(batch: Batch, country: Country, kim: Kim, admin: User, chance: Random) -> None:
    """The members, the decree, and every event on the way to the state the KIM is in."""
    chain = Chain(KimEvent, kim.pk, batch)
    born, verifier = kim.created_at, chance.choice(country.offices).verifier
    chain.append("created", born, BOARD_OF_KIM, admin.pk, "")
    for step, member in enumerate(members(kim, admin, chance)):
        batch.add(member)
        facts = {"member": member.pk, "post": member.post, "is_admin": member.is_admin}
        chain.append("member_added", born + timedelta(hours=step + 1), BOARD_OF_KIM, admin.pk, "", **facts)
    status = Status(kim.status)
    if status != _S.DRAFT:
        chain.append("submitted", born + 5 * DAY, BOARD_OF_KIM, admin.pk, "", previous="draft")
    if status in {_S.REVISION, _S.REJECTED}:
        text = "Mohon lengkapi SK dan susunan pengurus, lalu ajukan lagi."
        chain.append(status.value, born + 9 * DAY, OFFICE, verifier, text, previous="submitted")
    if status in PUBLIC:
        chain.append("verified", born + 9 * DAY, OFFICE, verifier, "", previous="submitted")
    if status in WITH_DECREE:
        tell_decree(batch, chain, kim, admin)
    if status == _S.DISSOLVED:
        text = "Pengurus sepakat bubar dan bergabung dengan KIM tetangga."
        chain.append("dissolved", born + 100 * DAY, OFFICE, verifier, text, previous="verified")
    chain.close()


def members(kim: Kim, admin: User, chance: Random) -> list[Membership]:
    """Eight people with eight names."""
    names: dict[str, None] = {}
    while len(names) < len(POSTS):
        names[person(chance)] = None
    first: dict[str, Any] = {"user": admin, "is_admin": True}
    return [
        Membership(
            pk=kim.pk * 10 + place,
            kim=kim,
            name=name,
            post=post,
            section=section,
            is_public=chance.random() < 0.6,
            joined_on=kim.created_at.date(),
            **(first if post == Post.CHAIR else {}),
        )
        for place, (name, (post, section)) in enumerate(zip(names, POSTS, strict=True))
    ]


def tell_decree(batch: Batch, chain: Chain, kim: Kim, admin: User) -> None:
    at, until = kim.created_at + 12 * DAY, kim.valid_until
    assert until is not None
    row = Decree(
        pk=kim.pk,
        kim=kim,
        number=f"{kim.pk}/{kim.created_at.year}",
        decided_on=at.date(),
        about=f"Pengurus {kim.name}",
        issuer=Issuer.VILLAGE_HEAD,
        valid_from=at.date(),
        valid_until=until,
    )
    batch.add(row)
    chain.append("profile_changed", at, BOARD_OF_KIM, admin.pk, "", fields=["bylaws"])
    facts = {"decree": row.pk, "valid_until": until.isoformat()}
    chain.append("decree_added", at, BOARD_OF_KIM, admin.pk, "", **facts)
    chain.append("active", at, SYSTEM, None, "", previous="verified")
    if kim.status == _S.INACTIVE:
        ended = datetime.combine(until + DAY, at.timetz())
        chain.append("inactive", ended, SYSTEM, None, "SK sudah berakhir.", previous="active")
