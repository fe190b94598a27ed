"""Reports and what became of each: rows, history, contact, photos and counters as the actions would leave them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from itertools import pairwise
from random import Random
from typing import Any
from uuid import UUID

from kimportal.demo import texts
from regions.calendar import add_working_days, zone_of
from regions.models import Area, TimeZone
from reports import codes
from reports.models import (
    Actor,
    Audience,
    Category,
    Report,
    Reporter,
    ReportEvent,
    ReportPhoto,
    ReportPolicy,
    Source,
)
from reports.models.filing import Contact, Filing
from reports.models.reporter import CONSENT_VERSION
from reports.workflow import FINISHED, PENDING, WITH_INSTITUTION, CloseReason, HoldReason, Status, can_move
from tests.bench.chains import Chain
from tests.bench.country import Country, Office
from tests.bench.kims import Known
from tests.bench.writing import Batch

_S = Status
YEARS = 3
YOUNG = timedelta(days=60)  # older ones are mostly done
WORK = (_S.VERIFIED, _S.FORWARDED, _S.IN_FOLLOW_UP)
# The way to each ending, its share of a hundred reports while young, and once old.
ENDINGS: list[tuple[tuple[Status, ...], int, int]] = [
    ((), 22, 2),
    ((_S.ON_HOLD,), 6, 2),
    (WORK[:1], 12, 3),
    (WORK[:2], 14, 4),
    (WORK, 16, 7),
    ((*WORK, _S.ANSWERED), 13, 0),
    ((*WORK, _S.ANSWERED, _S.DISPUTED), 2, 2),
    ((*WORK, _S.ANSWERED, _S.CLOSED), 7, 56),
    ((*WORK, _S.ANSWERED, _S.DISPUTED, _S.IN_FOLLOW_UP, _S.ANSWERED, _S.CLOSED), 1, 8),
    ((_S.NOT_AUTHORIZED,), 4, 8),
    ((_S.ARCHIVED,), 3, 8),
]
assert all(can_move(a, b) for way, _, _ in ENDINGS for a, b in pairwise((_S.SUBMITTED, *way)))
CATEGORY_SHARES = {"jalan": 24, "air-bersih": 10, "sampah": 12, "adminduk": 9, "bansos": 8, "keamanan": 7}
EXTRA = (
    "Warga sudah bergotong royong tetapi alatnya kurang.",
    "Sudah pernah disampaikan dalam musyawarah, belum ada kabar.",
    "Kami siap membantu tenaga bila bahan disediakan.",
    "Yang paling susah anak sekolah dan orang tua.",
    "Kalau malam gelap sekali, takut ada yang celaka.",
    "Mohon petugas datang melihat sendiri pada pagi hari.",
)
CLOSINGS = {
    CloseReason.CONFIRMED: ("Pelapor menyatakan selesai.",),
    CloseReason.OFFICER: texts.CLOSED,
    CloseReason.SILENCE: (f"{CloseReason.SILENCE.label}.",),
}
PHOTOS, PUBLISHED, BY_KIM = 0.02, 0.75, 0.03


@dataclass
class Story:
    """One report while it is told."""

    report: Report
    office: Office
    chain: Chain
    at: datetime
    photos: list[ReportPhoto] = field(default_factory=list)

    @property
    def officer(self) -> Actor:
        return Actor.officer(None, self.office.area.label)


PROVINCE_OF = {TimeZone.WIB: "31", TimeZone.WITA: "51", TimeZone.WIT: "91"}


@lru_cache(maxsize=100_000)
def due_on(zone: str, day: date, days: int) -> datetime:
    """As the product counts it; one calendar a time zone, since the made-up country has no exceptions."""
    province = PROVINCE_OF[TimeZone(zone)]
    return add_working_days(datetime.combine(day, time(9), zone_of(province)), days, province)


@cache
def default_policy() -> ReportPolicy:
    return ReportPolicy()


def due_after(report: Report, status: Status, at: datetime) -> datetime | None:
    if status in FINISHED:
        return None
    policy = default_policy()
    days = {_S.SUBMITTED: policy.verify_days, _S.ON_HOLD: policy.reply_days, _S.ANSWERED: policy.reply_days}
    return due_on(report.area.time_zone, report.area.local(at).date(), days.get(status, policy.follow_up_days))


class Teller:
    """Reports number `numbers` of `total`, in the order of time: the newest months have the most."""

    def __init__(self, country: Country, kims: dict[str, Known], numbers: range, total: int) -> None:
        self.country, self.kims, self.numbers, self.total = country, kims, numbers, total
        self.batch, self.chance = Batch(), Random(numbers.start)
        self.shares = [CATEGORY_SHARES.get(category.code, 4) for category in country.categories]

    def tell(self) -> Batch:
        for number in self.numbers:
            self.tell_one(self.filed_at(number))
        return self.batch

    def filed_at(self, number: int) -> datetime:
        share = 1 - (number + self.chance.random()) / self.total
        return self.country.now - timedelta(days=365 * YEARS) * share**1.3

    def tell_one(self, at: datetime) -> None:
        office = self.country.office(self.chance)
        report, contact = self.file(office.village(self.chance), at)
        story = Story(report, office, Chain(ReportEvent, report.pk, self.batch), at)
        is_young = self.country.now - at < YOUNG
        weights = [young if is_young else old for _, young, old in ENDINGS]
        way = self.chance.choices([way for way, _, _ in ENDINGS], weights)[0]
        self.add_photos(story)
        self.begin(story)
        for status, moment in zip(way, self.moments(at, len(way)), strict=True):
            self.move(story, status, moment)
        self.keep(story, contact)

    def moments(self, at: datetime, number: int) -> Iterator[datetime]:
        span = min(self.country.now - at, YOUNG)
        yield from sorted(at + span * self.chance.random() for _ in range(number))

    # --- Filing ------------------------------------------------------------------------------------------------------
    def file(self, village: Area, at: datetime) -> tuple[Report, Contact]:
        category = self.chance.choices(self.country.categories, self.shares)[0]
        where = self.country.landmark(self.chance)
        key = UUID(int=self.chance.getrandbits(128), version=4)
        is_anonymous = self.chance.random() < 0.25
        filing = Filing(
            submission_id=key,
            category=category,
            description=self.words(category, where),
            area=village,
            place=where,
            is_anonymous=is_anonymous,
            is_secret=category.is_sensitive or self.chance.random() < 0.03,
            hide_contact=not is_anonymous and self.chance.random() < 0.1,
            is_held=self.chance.random() < 0.01,
            contact=Contact() if is_anonymous else self.contact(),
        )
        return self.report_of(filing, at), filing.contact

    def words(self, category: Category, where: str) -> str:
        text = self.chance.choice(texts.TEXTS[category.code])
        more = self.chance.sample(EXTRA, self.chance.choice((0, 0, 1, 1, 2, 3)))
        return " ".join([text.format(where=where, since=self.chance.choice(texts.SINCE)), *more])

    def contact(self) -> Contact:
        number = self.chance.randrange(10**7)
        return Contact(f"Warga Contoh {number}", f"warga{number}@contoh.invalid", f"0812-{number:07}")

    def report_of(self, filing: Filing, at: datetime) -> Report:
        report = Report(
            submission_digest=codes.submission_digest(filing.submission_id),
            body_digest=filing.digest,
            code_digest=codes.code_digest(codes.code_for_submission(filing.submission_id)),
            area=filing.area,
            category=filing.category,
            description=filing.description,
            place=filing.place,
            is_anonymous=filing.is_anonymous,
            is_secret=filing.is_secret,
            hide_contact=filing.hide_contact,
            is_held=filing.is_held,
            created_at=at,
        )
        report.copy_codes()
        if report.is_anonymous:
            report.created_at = report.start_of_day(at)
        report.due_at = due_after(report, _S.SUBMITTED, at)
        return report

    def begin(self, story: Story) -> None:
        """The first event; now and then a KIM wrote the report down for somebody."""
        report, kim = story.report, self.kims.get(story.report.area_id)
        action, label, actor = "filed", Actor.reporter().label, None
        if kim and self.chance.random() < BY_KIM:
            report.kim_id, report.source = kim.key, Source.IN_PERSON
            action, label, actor = "filed_for", kim.name, kim.admin
        at: datetime | date = report.created_on if report.is_anonymous else story.at
        story.chain.append(action, at, label, actor, "", audience=Audience.PUBLIC, source=report.source)

    def add_photos(self, story: Story) -> None:
        if self.chance.random() >= PHOTOS:
            return
        report, image = story.report, self.country.photo(self.chance)
        image.created_on = report.created_on
        digest = codes.photo_digest(report.submission_digest, f"{image.digest}{image.pk}")
        self.batch.add(image)
        story.photos.append(
            ReportPhoto(
                report=report,
                submission_digest=report.submission_digest,
                source_digest=digest,
                image=image,
                created_on=report.created_on,
            )
        )

    # --- What follows ------------------------------------------------------------------------------------------------
    def move(self, story: Story, to: Status, at: datetime) -> None:
        report, previous = story.report, story.report.status
        report.status, report.is_pending, report.version = to, to in PENDING, report.version + 1
        report.hold_reason = self.chance.choice(HoldReason.values) if to == _S.ON_HOLD else ""
        report.close_reason = ""
        if to in WITH_INSTITUTION:
            report.institution = story.office.institutions[report.category_id]
        elif to == _S.NOT_AUTHORIZED:
            report.institution = story.office.institutions[""]
        by, text = self.step(story, to, at)
        day_only = report.is_anonymous and by.is_reporter
        if to == _S.CLOSED:
            report.closed_at = report.start_of_day(at) if day_only else at
        report.due_at = due_after(report, to, at)
        audience = Audience.REPORTER if to in {_S.ARCHIVED, _S.ON_HOLD} else Audience.PUBLIC
        moment: datetime | date = report.area.local(at).date() if day_only else at
        data: dict[str, Any] = {"audience": audience, "previous": previous, "hold_reason": report.hold_reason}
        story.chain.append(to.value, moment, by.label, self.actor(story, by), text, **data)
        if to == _S.VERIFIED:
            self.publish(story, at)

    def actor(self, story: Story, by: Actor) -> int | None:
        return None if by.is_reporter or by.label == Actor.system().label else story.office.coordinator

    def step(self, story: Story, to: Status, at: datetime) -> tuple[Actor, str]:
        """Who takes this step, and the words."""
        report, pick = story.report, self.chance.choice
        if to == _S.CLOSED:
            report.close_reason = reason = pick(list(CLOSINGS))
            who = {CloseReason.CONFIRMED: Actor.reporter(), CloseReason.SILENCE: Actor.system()}
            return who.get(reason, story.officer), pick(CLOSINGS[reason])
        if to == _S.DISPUTED:
            return Actor.reporter(), pick(texts.DISPUTES)
        if to in {_S.IN_FOLLOW_UP, _S.ANSWERED} and report.institution:
            answers = texts.ANSWERS.get(report.category_id) or texts.OTHER_ANSWERS
            return Actor(report.institution.name), pick(answers if to == _S.ANSWERED else texts.STARTED)
        words: dict[Status, tuple[str, ...]] = {
            _S.ON_HOLD: texts.QUESTIONS,
            _S.FORWARDED: texts.FORWARDED,
            _S.NOT_AUTHORIZED: texts.ELSEWHERE,
            _S.ARCHIVED: texts.ARCHIVED,
        }
        return story.officer, pick(words.get(to, ("",)))

    def publish(self, story: Story, at: datetime) -> None:
        report = story.report
        if report.is_secret or self.chance.random() >= PUBLISHED:
            return
        report.is_published, report.published_at, report.version = True, at, report.version + 1
        report.public_text, report.public_place = report.description, report.place
        for photo in story.photos:
            photo.is_public = True
        data = {"audience": Audience.PRIVATE, "photos": len(story.photos)}
        story.chain.append("published", at, story.officer.label, story.office.coordinator, "", **data)

    def keep(self, story: Story, contact: Contact) -> None:
        report = story.report
        self.batch.add(report)
        if contact:
            facts = {"name": contact.name, "email": contact.email, "phone": contact.phone}
            self.batch.add(Reporter(report=report, consent_version=CONSENT_VERSION, consent_at=story.at, **facts))
        self.batch.add(*story.photos)
        story.chain.close()
        month = report.created_on.replace(day=1)
        self.batch.counts[(report.area_id, report.category_id, report.counted_as, month)] += 1
