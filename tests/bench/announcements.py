"""What KIM and the Dinas told their people: originals, relays, and the channels they were spread by."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Any
from uuid import uuid4

from django.utils.text import slugify

from groups.markdown import excerpt_of
from groups.models import Announcement, AnnouncementWord, Channel, Dissemination
from groups.models.announcement import EXCERPT, MOST_INDEXED
from groups.models.searching import sounds_of
from groups.workflow import Status
from kimportal.demo.groups import CHANNELS
from kimportal.demo.kims import DINAS, NOTES, OWN
from regions.models import Area
from tests.bench.country import Country, Office
from tests.bench.kims import Known
from tests.bench.writing import Batch

YEARS = 3
EVERY_OFFICE, EVERY_PHOTO = 12, 8  # one in so many is the Dinas's, has a photo
SPEAKING = {Status.ACTIVE, Status.VERIFIED}
RELAYS = 3


class Teller:
    """Keys of announcements and channel uses count on from the batch's first number."""

    def __init__(self, country: Country, speakers: list[Known], numbers: range) -> None:
        self.country, self.speakers, self.batch = country, speakers, Batch()
        self.chance = Random(numbers.start)
        self.areas = {area.code: area for area in country.villages}
        self.keys = iter(numbers)
        self.uses = iter(range(numbers.start * 3, numbers.stop * 3))

    def tell(self) -> Batch:
        for key in self.keys:
            if key % EVERY_OFFICE:
                known = self.chance.choice(self.speakers)
                self.write(
                    key,
                    self.areas[known.area],
                    self.moment(known.born),
                    self.chance.choice(OWN),
                    known.admin,
                    kim_id=known.key,
                )
            else:
                self.announce(key, self.country.office(self.chance))
        return self.batch

    def moment(self, after: datetime) -> datetime:
        """Newer ones are more."""
        span = min(timedelta(days=365 * YEARS), self.country.now - after)
        return self.country.now - span * self.chance.random() ** 1.5

    def announce(self, key: int, office: Office) -> None:
        """One of the Dinas, and up to three KIM that pass it on."""
        at = self.moment(self.country.now - timedelta(days=365 * YEARS))
        taken = {known.key: known for known in self.chance.sample(self.speakers, min(RELAYS, len(self.speakers)))}
        relays = list(islice(self.keys, len(taken)))
        row = self.write(
            key,
            office.area,
            at,
            self.chance.choice(DINAS),
            office.verifier,
            office=office.area,
            relay_count=len(relays),
        )
        same = {name: getattr(row, name) for name in ("photo", "photo_alt", "expires_at")}
        text = (row.kind, row.title, row.body)
        for number, known in zip(relays, taken.values(), strict=False):
            later = min(at + timedelta(days=1), self.country.now)
            note = self.chance.choice(NOTES).format(place=self.country.landmark(self.chance))
            facts = {"kim_id": known.key, "relay_of_id": key, "relay_note": note, **same}
            self.write(number, self.areas[known.area], later, text, known.admin, **facts)

    def write(self, key: int, area: Area, at: datetime, text: Any, by: int, **facts: Any) -> Announcement:
        place = self.country.landmark(self.chance)
        kind, title, body = (part.replace("{place}", place).replace("{village}", area.name) for part in text)
        row = Announcement(
            pk=key,
            submission_id=uuid4(),
            area=area,
            kind=kind,
            title=title[:120],
            body=body,
            is_published=True,
            publish_at=at,
            created_at=at,
            changed_at=at,
            created_by_id=by,
            **facts,
        )
        row.slug = slugify(row.title)[:80].strip("-") or "pengumuman"
        row.excerpt = excerpt_of(row.body, EXCERPT)
        row.copy_codes()
        if not row.relay_of_id:
            self.decorate(row)
        spread = self.spread(row) if row.kim_id else []
        row.channel_count, row.reached_count = len(spread), sum(use.people for use in spread)
        words = sorted(set(sounds_of(f"{row.title} {row.body}")[:MOST_INDEXED]))
        self.batch.add(row, *spread, *(AnnouncementWord(announcement=row, word=word) for word in words))
        return row

    def decorate(self, row: Announcement) -> None:
        if row.pk % EVERY_PHOTO == 0:
            row.photo, row.photo_alt = self.country.photo(self.chance), "Gambar contoh: rumah di kaki bukit"
            self.batch.add(row.photo)
        if row.kind == "event":
            row.expires_at = row.publish_at + timedelta(days=self.chance.randrange(5, 40))
        if row.pk % 200 == 0:
            row.pinned_until = self.country.now + timedelta(days=30)

    def spread(self, row: Announcement) -> list[Dissemination]:
        found = []
        for _ in range(self.chance.choice((0, 0, 1, 1, 2))):
            channel, where, address = self.chance.choice(CHANNELS)
            place, day = self.country.landmark(self.chance), row.publish_at.date()
            use = Dissemination(
                pk=next(self.uses), announcement=row, submission_id=uuid4(), channel=channel, used_on=day
            )
            use.place = where.format(place=place, village=row.area.name)[:200]
            use.address = address.format(village=row.area.name)[:300]
            use.people = self.chance.randrange(12, 90)
            if channel == Channel.NOTICE_BOARD and day < self.country.now.date() - timedelta(days=21):
                use.taken_down_on = day + timedelta(days=21)
            found.append(use)
        return found
