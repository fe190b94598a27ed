"""Reading announcements: which are out, which reach an area, which a person may change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Role, User
from groups.models.kim import Kim
from groups.models.searching import FEW, MOST_WORDS, sounds_of
from regions.models import Area, LocatedQuerySet, code_prefixes
from uploads.models import Image

if TYPE_CHECKING:
    from groups.models.announcement import Announcement

NEWEST = ("-publish_at", "-id")
WALKED = 10_000  # announcements a search for common words looks at
CARD_FIELDS = (
    *("public_id", "slug", "title", "kind", "excerpt", "publish_at", "expires_at", "relay_of_id", "relay_count"),
    *("area__name", "area__term", "area__level", "area__full_name", "kim__name", "kim__slug", "office__name"),
)


@dataclass(frozen=True)
class WordSearch:
    """A condition on announcements, and whether it looks at the newest of them only."""

    holds: Q
    is_cut: bool = False


def search_words(text: str, among: AnnouncementQuerySet) -> WordSearch:
    """Has a word that begins like each of these, as they sound. One query a word, until one of them is rare.

    A rare word gives its few announcements at once. Where all are common they are looked for in the order of the list,
    which ends soon, and in the newest WALKED of `among`, for two common words need never meet.
    """
    from groups.models.announcement import AnnouncementWord

    sounds = sorted(sounds_of(text)[:MOST_WORDS], key=len, reverse=True)
    holds, is_cut = Q(), bool(sounds)
    for sound in sounds:
        words = AnnouncementWord.objects.filter(word__prefix=sound)
        keys = list(words.values_list("announcement_id", flat=True)[: FEW + 1]) if is_cut else []
        if is_cut and len(keys) <= FEW:
            holds, is_cut = holds & Q(pk__in=keys), False
        else:
            holds &= Q(Exists(words.filter(announcement=OuterRef("pk"))))
    return WordSearch(holds & Q(publish_at__gte=among.horizon()) if is_cut else holds, is_cut)


@dataclass(frozen=True)
class Figures:
    """What a KIM told its people, in figures: written itself, passed on from the Dinas, channels used, people."""

    written: int = 0
    relayed: int = 0
    disseminated: int = 0
    people: int = 0


class AnnouncementQuerySet(LocatedQuerySet):
    def published(self, now: datetime | None = None) -> Self:
        """Visible today: finished, its time has come. A scheduled one is visible nowhere, by no address or feed."""
        return self.filter(is_published=True, publish_at__lte=now or timezone.now())

    def current(self) -> Self:
        """Published and not expired: what lists and feeds show."""
        return self.published().filter(Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now()))

    def originals(self) -> Self:
        """Without relays: lists say each thing once; a relay reaches its people through its KIM's own pages."""
        return self.filter(relay_of__isnull=True)

    def pinned(self) -> Self:
        return self.current().filter(pinned_until__gt=timezone.now())

    def managed_by(self, user: User) -> Self:
        """Those of the KIM this person is admin of, and of the Dinas this person speaks for."""
        if user.is_superuser:
            return self
        grants = [grant for grant in user.grants if grant.role == Role.KIM_VERIFIER]
        offices = Q(office__in=[grant.area_id for grant in grants if grant.area_id])
        if any(not grant.area_id for grant in grants):
            offices |= Q(office__isnull=True)
        own = Q(kim__in=Kim.objects.managed_by(user).values("pk"))
        return self.filter(own | (Q(kim__isnull=True) & offices))

    def visible_to(self, user: User | AnonymousUser) -> Self:
        if not isinstance(user, User) or not user.is_authenticated:
            return self.published()
        return self.filter(Q(pk__in=self.published().values("pk")) | Q(pk__in=self.managed_by(user).values("pk")))

    def as_cards(self) -> Self:
        """What a list shows of each, and nothing else is read."""
        return self.select_related("area", "kim", "office").only(*CARD_FIELDS)

    def newest_first(self) -> Self:
        return self.order_by(*NEWEST)

    def horizon(self) -> Coalesce:
        """When the oldest of the newest WALKED came out; the beginning of time where there are not so many."""
        newest = self.filter(is_published=True, relay_of__isnull=True).newest_first()
        beginning = Value(datetime(1, 1, 2, tzinfo=UTC), models.DateTimeField())
        return Coalesce(Subquery(newest.values("publish_at")[WALKED - 1 : WALKED]), beginning)

    def for_people_of(self, area: Area) -> Reaching:
        """Those for an area above, for the area itself, and for a part of it."""
        above = [self.filter(area=code) for code in code_prefixes(area.code)[:-1]]
        return Reaching(self, [self.within(area), *above])

    def newest_for(self, area: Area | None) -> Self | Reaching:
        """Newest first, for the people of one area or for everybody; to be sliced."""
        return self.for_people_of(area).order_by(*NEWEST) if area else self.order_by(*NEWEST)

    def pinned_for(self, area: Area | None) -> Self:
        """What stands on top: for an area what is meant for all of its people, for the country what the Dinas pins."""
        pinned = self.pinned().originals().order_by("-pinned_until", "-id")
        return pinned.filter(area__in=code_prefixes(area.code)) if area else pinned.filter(kim__isnull=True)

    def to_relay(self, kim: Kim) -> Self:
        """What the Dinas of an area above tells the KIM's people now, and the KIM has not passed on."""
        done = self.filter(kim=kim, relay_of__isnull=False).values("relay_of")
        above = self.current().filter(kim__isnull=True, area__in=kim.area_codes)
        return above.exclude(pk__in=done).select_related("area", "office").newest_first()

    def of_submission(self, user: User, submission_id: UUID) -> Announcement | None:
        """What this person's form made already."""
        rows: models.QuerySet[Any] = self.filter(created_by=user, submission_id=submission_id)
        return rows.first()

    def erase_unused(self, photo: Image) -> None:
        """A photo that was replaced goes, unless a relay still shows it."""
        if not self.filter(photo=photo).exists():
            photo.erase()

    def figures_of(self, kim: Kim) -> Figures:
        """What this KIM did, over all its published announcements (one query over its own rows)."""
        found = (
            self.published()
            .filter(kim=kim)
            .aggregate(
                every=Count("pk"),
                relayed=Count("relay_of"),
                disseminated=Sum("channel_count", default=0),
                people=Sum("reached_count", default=0),
            )
        )
        return Figures(found["every"] - found["relayed"], found["relayed"], found["disseminated"], found["people"])


class Reaching:
    """Several selections of announcements read as one, in order: each walks its own index and gives its first rows.

    It has as much of a queryset as `keyset_page` asks for. One OR over several columns would sort them all.
    """

    def __init__(
        self, rows: AnnouncementQuerySet, parts: list[AnnouncementQuerySet], keys: tuple[str, ...] = ()
    ) -> None:
        self.rows, self.parts, self.keys = rows, parts, keys
        self.model: type[Announcement] = rows.model

    def filter(self, *args: Any, **values: Any) -> Reaching:
        return Reaching(self.rows, [part.filter(*args, **values) for part in self.parts], self.keys)

    def exclude(self, *args: Any, **values: Any) -> Reaching:
        return Reaching(self.rows, [part.exclude(*args, **values) for part in self.parts], self.keys)

    def order_by(self, *keys: str) -> Reaching:
        return Reaching(self.rows, [part.order_by(*keys) for part in self.parts], keys)

    def __getitem__(self, cut: slice) -> AnnouncementQuerySet:
        every = self.model._default_manager.all()
        firsts = [every.filter(pk__in=part[cut].values("pk")).values("pk").order_by() for part in self.parts]
        chosen = firsts[0].union(*firsts[1:], all=True) if len(firsts) > 1 else firsts[0]
        return self.rows.filter(pk__in=chosen).order_by(*self.keys)[cut]
