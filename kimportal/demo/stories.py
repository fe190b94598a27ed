"""120 made-up reports and what became of each, told through the real actions at their moments."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.models import Institution, User
from kimportal.demo import texts
from kimportal.demo.drawing import draw_photo
from kimportal.demo.people import DOMAIN
from kimportal.demo.places import REGIONS, Region
from kimportal.demo.timetravel import at
from regions.calendar import zone_of
from regions.models import Area
from reports import codes
from reports.models import Actor, Category, Report, Reporter, Source
from reports.models.filing import Contact, Filing, file_report
from reports.workflow import CloseReason

SEED = 1307
FIRST_SUBMISSION = UUID("13071104-2004-4307-8711-200413071104")  # its code is printed, to try "Lacak laporan"

# How a report ends: how many, the steps, and the age in days of the youngest and the oldest.
ENDINGS: list[tuple[int, tuple[str, ...], int, int]] = [
    (18, (), 0, 9),
    (7, ("ask",), 1, 8),
    (4, ("verify", "postpone"), 3, 15),
    (10, ("verify",), 1, 8),
    (7, ("refer",), 3, 60),
    (6, ("archive",), 5, 70),
    (14, ("verify", "forward"), 2, 20),
    (14, ("verify", "forward", "start"), 4, 35),
    (13, ("verify", "forward", "start", "answer"), 5, 18),
    (6, ("verify", "forward", "start", "answer", "dispute"), 9, 30),
    (11, ("verify", "forward", "start", "answer", "confirm"), 15, 160),
    (4, ("verify", "start", "answer", "close"), 15, 150),
    (6, ("verify", "forward", "start", "answer", "silence"), 45, 170),
]
SECRET_CATEGORIES = ("keamanan", "bansos")


@dataclass
class Story:
    """One report to be told: who wrote what where, and the steps that follow."""

    region: Region
    category: Category
    village: Area
    where: str
    text: str
    steps: tuple[str, ...]
    begun: datetime
    submission_id: UUID


class Teller:
    """Tells stories with the same choices every time; only the day of seeding moves them."""

    def __init__(self, people: dict[str, User], institutions: dict[tuple[str, str], Institution]) -> None:
        self.people, self.institutions = people, institutions
        self.chance = Random(SEED)  # noqa: S311  the same demo every time; nothing secret
        self.now = timezone.now()
        self.categories = {row.code: row for row in Category.objects.all()}
        self.villages = Area.objects.in_bulk([code for region in REGIONS for code in region.villages])
        self.unused: dict[str, list[str]] = {}

    def tell_all(self) -> Iterable[Report]:
        regions = [region for region in REGIONS for _ in range(region.share)]
        endings = [(steps, low, high) for number, steps, low, high in ENDINGS for _ in range(number)]
        self.chance.shuffle(regions)
        for number, (region, (steps, low, high)) in enumerate(zip(regions, endings, strict=True)):
            yield self.tell(self.invent(number, region, steps, self.chance.uniform(low, high)), number)

    def invent(self, number: int, region: Region, steps: tuple[str, ...], age: float) -> Story:
        names = [code for code in texts.TEXTS if code != "pelanggaran-hukum" or number % 5 == 0]
        weights = [len(texts.TEXTS[code]) for code in names]
        [code] = self.chance.choices(names, weights)
        where = self.chance.choice(region.landmarks)
        text = self.fresh_text(code).format(where=where, since=self.chance.choice(texts.SINCE))
        bits = self.chance.getrandbits(128)
        return Story(
            region,
            self.categories[code],
            self.villages[self.chance.choice(region.villages)],
            where,
            text,
            steps,
            self.daytime(self.now - timedelta(days=age), region.code),
            UUID(int=bits, version=4) if number else FIRST_SUBMISSION,
        )

    def fresh_text(self, code: str) -> str:
        """Each text once before any comes again."""
        if not self.unused.get(code):
            self.unused[code] = self.chance.sample(texts.TEXTS[code], len(texts.TEXTS[code]))
        return self.unused[code].pop()

    def daytime(self, moment: datetime, area_code: str) -> datetime:
        """The same day at an hour when people are awake, but not in the future."""
        local = moment.astimezone(zone_of(area_code))
        awake = local.replace(hour=self.chance.randint(6, 20), minute=self.chance.randint(0, 59))
        return awake if awake < self.now else min(local, self.now - timedelta(minutes=30))

    def tell(self, story: Story, number: int) -> Report:
        with at(story.begun):
            report = self.file(story, number)
        for step, moment in zip(story.steps, self.moments(story), strict=True):
            with at(moment):
                self.act(step, report, story)
                if step == "verify":
                    self.publish(report, story)
        return report

    def moments(self, story: Story) -> list[datetime]:
        """When each step was taken: in order, in office hours, the last one not today's future."""
        span = (self.now - story.begun) * (0.45 if "silence" in story.steps else 0.9)
        found, last = [], story.begun
        for place in range(1, len(story.steps) + 1):
            wait = span * place / len(story.steps)
            if place == 1:  # most are looked at within the three days that are promised
                wait = min(wait, timedelta(days=self.chance.uniform(0.3, 3.4)))
            moment = self.office_hour(story.begun + wait, story.region.code)
            if story.steps[place - 1] == "silence":
                moment = last + (self.now - last) * 0.9
            last = min(max(moment, last + timedelta(minutes=9)), self.now)
            found.append(last)
        return found

    def office_hour(self, moment: datetime, area_code: str) -> datetime:
        local = moment.astimezone(zone_of(area_code))
        return local.replace(hour=self.chance.randint(8, 15), minute=self.chance.randint(0, 59))

    # --- Filing ------------------------------------------------------------------------------------------------------
    def file(self, story: Story, number: int) -> Report:
        is_anonymous = number > 0 and self.chance.random() < 0.25
        report = file_report(
            Filing(
                submission_id=story.submission_id,
                category=story.category,
                description=story.text,
                area=story.village,
                place=story.where,
                is_anonymous=is_anonymous,
                is_secret=story.category.code in SECRET_CATEGORIES and self.chance.random() < 0.3,
                hide_contact=not is_anonymous and self.chance.random() < 0.2,
                is_held=number in (3, 11),
                contact=Contact() if is_anonymous else self.contact(story, number),
                **self.source(story, number),
            )
        ).report
        Reporter.objects.filter(report=report).update(consent_at=story.begun)
        if self.chance.random() < 0.4 and not is_anonymous:
            report.add_photos(draw_photo(story.category.code, self.chance) for _ in range(self.chance.randint(1, 2)))
        return report

    def contact(self, story: Story, number: int) -> Contact:
        if number % 9 == 0 and story.region.slug in ("limapuluhkota", "badung"):
            user = self.people["warga" if story.region.slug == "limapuluhkota" else "warga.bali"]
            return Contact(user.name, user.email, "0812-0000-0000", user)
        if number % 3 == 0:
            return Contact()
        return Contact(f"Warga Contoh {number}", f"warga{number}@{DOMAIN}", f"0812-0000-{number:04}")

    def source(self, story: Story, number: int) -> dict[str, Any]:
        """Every fifteenth one was told to an officer, in person, on paper or by telephone."""
        if number % 15 != 7:
            return {}
        return {
            "source": self.chance.choice([Source.IN_PERSON, Source.PAPER, Source.PHONE]),
            "filed_by": self.officer(story),
        }

    # --- Steps -------------------------------------------------------------------------------------------------------
    def officer(self, story: Story) -> Actor:
        return Actor.officer(self.people[f"petugas.{story.region.slug}"], story.village.full_name.split(", ")[-2])

    def in_charge(self, story: Story) -> Institution:
        return self.institutions[story.region.code, story.category.code]

    def institution_actor(self, story: Story) -> Actor:
        """The liaison where there is one; else the officer writes down what the institution says."""
        institution = self.in_charge(story)
        liaison = self.people[f"penghubung.{story.region.slug}"]
        if institution.pk in liaison.institution_ids:
            return Actor.institution(liaison, institution)
        return Actor(institution.name, self.people[f"petugas.{story.region.slug}"])

    def publish(self, report: Report, story: Story) -> None:
        if report.is_secret or self.chance.random() < 0.12:
            return
        photos = report.photos.values_list("pk", flat=True)
        report.publish(by=self.officer(story), text=story.text, place=story.where, photo_ids=photos)

    def act(self, step: str, report: Report, story: Story) -> None:
        steps: dict[str, Callable[[Report, Story], object]] = {
            "ask": lambda row, by: row.ask(by=self.officer(by), text=self.pick(texts.QUESTIONS)),
            "postpone": lambda row, by: row.postpone(by=self.officer(by), text=self.pick(texts.POSTPONED)),
            "verify": self.verify,
            "refer": self.refer,
            "archive": lambda row, by: row.archive(by=self.officer(by), text=self.pick(texts.ARCHIVED)),
            "forward": self.forward,
            "start": lambda row, by: row.start_follow_up(by=self.institution_actor(by), text=self.pick(texts.STARTED)),
            "answer": lambda row, by: row.answer(by=self.institution_actor(by), text=self.answer(by)),
            "dispute": lambda row, by: row.dispute(text=self.pick(texts.DISPUTES)),
            "confirm": lambda row, by: row.confirm(),
            "close": lambda row, by: row.close(by=self.officer(by), text=self.pick(texts.CLOSED)),
            "silence": lambda row, by: row.close(
                by=Actor.system(), text=f"{CloseReason.SILENCE.label}.", reason=CloseReason.SILENCE
            ),
        }
        steps[step](report, story)

    def pick(self, choices: tuple[str, ...]) -> str:
        return self.chance.choice(choices)

    def verify(self, report: Report, story: Story) -> None:
        report.verify(by=self.officer(story))
        if self.chance.random() < 0.2:
            report.add_note(by=self.officer(story), text=self.pick(texts.NOTES))

    def refer(self, report: Report, story: Story) -> None:
        number = self.chance.randrange(len(texts.ELSEWHERE))
        other = self.institutions[story.region.code, f"elsewhere-{number}"]
        report.refer_elsewhere(by=self.officer(story), text=texts.ELSEWHERE[number], institution=other)

    def forward(self, report: Report, story: Story) -> None:
        report.forward(by=self.officer(story), text=self.pick(texts.FORWARDED), institution=self.in_charge(story))

    def answer(self, story: Story) -> str:
        return self.chance.choice(texts.ANSWERS.get(story.category.code) or list(texts.OTHER_ANSWERS))


def sample_code() -> str:
    """The tracking code of the first story."""
    return codes.display_code(codes.code_for_submission(FIRST_SUBMISSION))
