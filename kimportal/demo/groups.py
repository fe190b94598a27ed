"""Twelve made-up KIM in every state and forty announcements, told through the real actions at their moments."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone
from PIL import Image as Canvas
from PIL import ImageDraw

from accounts.models import User
from groups.models import Announcement, Channel, Decree, Dissemination, Issuer, Kim, Membership, Post, Section
from kimportal.demo.drawing import draw_photo
from kimportal.demo.kims import DINAS, EXPIRED, KIMS, NAMES, NOTES, OWN, SCHEDULED, WEAK_INTERNET, KimPlace
from kimportal.demo.people import make_user
from kimportal.demo.places import REGIONS, Region
from kimportal.demo.timetravel import at
from regions.calendar import zone_of
from regions.models import Area
from uploads.documents import make_safe_document
from uploads.models import Document, Image

SEED = 8
OWN_ANNOUNCEMENTS = 17
Text = tuple[str, str, str]
CHANNELS: list[tuple[Channel, str, str]] = [
    (Channel.NOTICE_BOARD, "{place}", ""),
    (Channel.MEETING, "Pertemuan warga di {place}", ""),
    (Channel.INSTANT_MESSAGE, "", "Grup WA warga {village}"),
    (Channel.LEAFLET, "Dibagikan di {place}", ""),
    (Channel.SOCIAL_MEDIA, "", "https://media-sosial.contoh.invalid/kim"),
    (Channel.SEMINAR, "Balai desa {village}", ""),
    (Channel.WEBSITE, "", "https://desa.contoh.invalid/kabar"),
]


class GroupTeller:
    """Tells of the KIM with the same choices every time; only the day of seeding moves them."""

    def __init__(self, people: dict[str, User]) -> None:
        self.people, self.chance, self.now = people, Random(SEED), timezone.now()  # noqa: S311  nothing secret
        self.kims: dict[str, Kim] = {}
        self.told = 0

    def tell_all(self) -> tuple[int, int]:
        """The number of KIM and of announcements made."""
        for code, supply in WEAK_INTERNET.items():
            Area.objects.filter(pk=code).update(connectivity=supply)
        for number, place in enumerate(KIMS):
            self.kims[place.slug] = self.found(place, number)
        self.announce()
        return len(self.kims), self.told

    def region(self, code: str) -> Region:
        return next(region for region in REGIONS if code.startswith(region.code))

    def officer(self, code: str) -> User:
        return self.people[f"verifikator.{self.region(code).slug}"]

    def day(self, ago: float, hour: int = 9) -> datetime:
        return (self.now - timedelta(days=ago)).replace(hour=hour - 7, minute=self.chance.randrange(60))

    # --- KIM ---------------------------------------------------------------------------------------------------------
    def found(self, place: KimPlace, number: int) -> Kim:
        """Found a KIM and take it, step by step, to the end of its story."""
        slug = f"kim.{place.slug}"
        admin = self.people[slug] = make_user(slug, "Admin KIM", self.people["warga"].password)
        begun = self.day(260 - number * 9)
        with at(begun):
            kim = self.apply(place, admin, number, begun)
        for days, step in enumerate(ENDINGS[place.ending], start=2):
            with at(begun + timedelta(days=days)):
                step(self, kim, admin)
        if place.ending == "ended":
            kim.settle()  # today, after the end of its decree
        kim.refresh_from_db()
        return kim

    def apply(self, place: KimPlace, admin: User, number: int, begun: datetime) -> Kim:
        area = Area.objects.get(pk=place.code)
        where = self.region(place.code).landmarks[number % 4]
        kim = Kim.apply(
            by=admin,
            name=place.name,
            area=area,
            mode=place.mode,
            base_group=place.base,
            secretariat=f"{where}, {area.label}",
            about=f"Kelompok contoh dari {area.label}: mengumpulkan kabar, memeriksanya, dan menyebarkannya.",
            created_at=begun,
        )
        names = [NAMES[(number * 3 + step) % len(NAMES)] for step in range(8)]
        posts = [(Post.CHAIR, ""), (Post.SECRETARY, ""), (Post.TREASURER, "")]
        posts += [(Post.SECTION_HEAD, section.value) for section in Section] + [(Post.MEMBER, "")] * 2
        for name, (post, section) in zip(names, posts, strict=True):
            is_chair = post == Post.CHAIR
            Membership.add(
                kim,
                by=admin,
                name=name,
                post=post,
                section=section,
                user=admin if is_chair else None,
                is_admin=is_chair,
                is_public=post != Post.MEMBER,
            )
        return kim

    def submit(self, kim: Kim, admin: User) -> None:
        kim.submit(by=admin)

    def approve(self, kim: Kim, admin: User) -> None:
        kim.approve(by=self.officer(kim.area_id), text="Susunan pengurus sudah lengkap.")

    def ask(self, kim: Kim, admin: User) -> None:
        kim.ask_changes(by=self.officer(kim.area_id), text="Mohon unggah SK dari lurah, lalu ajukan lagi.")

    def reject(self, kim: Kim, admin: User) -> None:
        kim.reject(by=self.officer(kim.area_id), text="Kelurahan ini sudah punya KIM. Silakan bergabung dengan mereka.")

    def dissolve(self, kim: Kim, admin: User) -> None:
        kim.dissolve(by=self.officer(kim.area_id), text="Pengurus sepakat bubar dan bergabung dengan KIM tetangga.")

    def decree(self, kim: Kim, admin: User, until: date | None = None) -> None:
        """Bylaws and a decree of three years: with a verified KIM it becomes active by itself."""
        kim.change_profile(by=admin, bylaws=Document.store(make_safe_document(draw_paper("AD/ART"))))
        start = timezone.localdate()
        Decree.add(
            kim,
            by=admin,
            number=f"CONTOH/{kim.pk:03}/{start.year}",
            decided_on=start,
            about=f"Pengurus {kim.name}",
            issuer=Issuer.VILLAGE_HEAD,
            valid_from=start,
            valid_until=until or start + timedelta(days=3 * 365),
            file=Document.store(make_safe_document(draw_paper("SURAT KEPUTUSAN"))),
        )

    def decree_that_ended(self, kim: Kim, admin: User) -> None:
        self.decree(kim, admin, (self.now - timedelta(days=12)).date())

    def decree_that_ends_soon(self, kim: Kim, admin: User) -> None:
        self.decree(kim, admin, (self.now + timedelta(days=40)).date())

    def confirm(self, kim: Kim, admin: User) -> None:
        kim.confirm_data(by=admin)

    # --- Announcements -----------------------------------------------------------------------------------------------
    def announce(self) -> None:
        writers = [self.kims[each.slug] for each in KIMS if each.ending in {"active", "ends_soon", "verified"}]
        for number in range(OWN_ANNOUNCEMENTS):
            kim = writers[number % len(writers)]
            text = OWN[(number + number // len(writers)) % len(OWN)]
            self.write(kim, text, self.day(2 + number * 4, 9 + number % 8), number)
        for region in REGIONS:
            self.announce_for_dinas(region, writers)
        first = writers[0]
        self.write(first, SCHEDULED, self.now + timedelta(days=5), 1)
        self.write(first, EXPIRED, self.day(40), 2, expires_at=self.now - timedelta(days=10))
        draft = self.draft(first, OWN[5], self.day(1))
        draft.keep(by=self.people["kim.talangmaur"])

    def announce_for_dinas(self, region: Region, writers: list[Kim]) -> None:
        officer = self.people[f"verifikator.{region.slug}"]
        office = Area.objects.get(pk=region.code)
        for number, (kind, title, body) in enumerate(DINAS[: 3 if region == REGIONS[0] else 2]):
            moment = self.day(6 + number * 17)
            row = Announcement(office=office, area=office, kind=kind, title=title, body=body, created_at=moment)
            if number == 1 and region == REGIONS[0]:
                row.pinned_until = self.now + timedelta(days=14)
            with at(moment):
                row.publish(by=officer)
            self.told += 1
            for kim in [each for each in writers if each.regency_code == region.code][: 2 - number % 2]:
                self.relay(row, kim, number)

    def relay(self, row: Announcement, kim: Kim, number: int) -> None:
        place = self.chance.choice(self.region(kim.area_id).landmarks)
        admin = self.admin_of(kim)
        with at((row.publish_at or self.now) + timedelta(days=1)):
            copy = row.relay(kim, by=admin, note=NOTES[number].format(place=place))
        self.told += 1
        self.spread(copy, kim, admin, number, place)

    def admin_of(self, kim: Kim) -> User:
        return next(self.people[f"kim.{slug}"] for slug, each in self.kims.items() if each == kim)

    def draft(self, kim: Kim, text: Text, moment: datetime, **over: Any) -> Announcement:
        place = self.chance.choice(self.region(kim.area_id).landmarks)
        kind, title, body = (part.format(place=place, village=kim.area.name) for part in text)
        self.told += 1
        return Announcement(kim=kim, area=kim.area, kind=kind, title=title, body=body, created_at=moment, **over)

    def write(self, kim: Kim, text: Text, moment: datetime, number: int, **over: Any) -> None:
        admin, row = self.admin_of(kim), self.draft(kim, text, moment, **over)
        if number % 6 == 0:
            row.photo = Image.store(draw_photo("lainnya", self.chance))
            row.photo_alt = "Gambar contoh: rumah di kaki bukit"
        with at(min(moment, self.now)):
            row.publish(by=admin, at=moment)
        if row.is_visible:
            self.spread(row, kim, admin, number, self.chance.choice(self.region(kim.area_id).landmarks))

    def spread(self, row: Announcement, kim: Kim, admin: User, number: int, place: str) -> None:
        """One or two channels; a sheet on the board comes down again after three weeks."""
        for step in range(number % 3):
            channel, where, address = CHANNELS[(number + step * 3) % len(CHANNELS)]
            used = (row.publish_at or self.now).astimezone(zone_of(kim.area_id)).date()
            use = Dissemination(announcement=row, channel=channel, used_on=used, people=self.chance.randrange(12, 90))
            use.place = where.format(place=place, village=kim.area.name)
            use.address = address.format(village=kim.area.name)
            down = used + timedelta(days=21)
            if channel == Channel.NOTICE_BOARD and down < timezone.localdate():
                use.taken_down_on = down
            use.keep(by=admin)


def draw_paper(title: str) -> io.BytesIO:
    """A sheet that says it is an example."""
    sheet = Canvas.new("L", (600, 850), 250)
    pen = ImageDraw.Draw(sheet)
    pen.text((60, 70), f"{title} (CONTOH)", fill=30, font_size=28)
    for line in range(12):
        pen.line((60, 170 + line * 45, 540 - line % 3 * 60, 170 + line * 45), fill=150, width=6)
    stream = io.BytesIO()
    sheet.convert("RGB").save(stream, "JPEG", quality=80)
    return stream


_G = GroupTeller
Step = Callable[[GroupTeller, Kim, User], None]
ACTIVE: tuple[Step, ...] = (_G.submit, _G.approve, _G.decree, _G.confirm)
ENDINGS: dict[str, Iterable[Step]] = {
    "draft": (),
    "submitted": (_G.submit,),
    "revision": (_G.submit, _G.ask),
    "rejected": (_G.submit, _G.reject),
    "verified": (_G.submit, _G.approve),
    "active": ACTIVE,
    "ends_soon": (_G.submit, _G.approve, _G.decree_that_ends_soon, _G.confirm),
    "ended": (_G.submit, _G.approve, _G.decree_that_ended),
    "dissolved": (_G.submit, _G.approve, _G.dissolve),
}
