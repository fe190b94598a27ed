"""Which reports: every list, queue and page asks here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.db.models.functions import Left
from django.utils import timezone

from accounts.models import Role, User
from groups.models import Kim
from regions.models import LocatedQuerySet
from reports.models.searching import parse
from reports.workflow import WITH_INSTITUTION, Status

HANDLERS = frozenset({Role.REPORT_COORDINATOR, Role.CONFIDENTIALITY_OFFICER})
READERS = frozenset({Role.PROVINCE_READER, Role.NATIONAL_READER})

EXCERPT = 160  # letters; the whole text may be 4,000 and a list shows twenty
CARD_FIELDS = (
    *("public_id", "status", "hold_reason", "close_reason", "published_at"),
    *("category__name", "area__name", "area__term", "area__level"),
)


class ReportQuerySet(LocatedQuerySet):
    def published(self) -> Self:
        return self.filter(is_published=True)

    def handled_by(self, user: User) -> Self:
        """The reports this person works on: an officer's areas, an institution's forwarded ones.

        A superuser reads what is not secret: running the machine is no reason to read what endangers somebody.
        """
        reads = Q() if user.is_superuser else user.scope(READERS)
        condition = user.scope(HANDLERS) | (reads & Q(is_secret=False))
        if user.institution_ids:
            condition |= Q(institution__in=user.institution_ids, status__in=WITH_INSTITUTION)
        return self.filter(condition)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The one door to a report's row. A visitor sees what is published; a reporter also the own ones."""
        if not isinstance(user, User) or not user.is_authenticated:
            return self.published()
        return self.filter(
            Q(pk__in=self.published().values("pk"))
            | Q(pk__in=self.filter(reporter__user=user).values("pk"))
            | Q(pk__in=self.handled_by(user).values("pk"))
        )

    def owned_by(self, user: User) -> Self:
        return self.filter(reporter__user=user)

    def passed_up_by(self, kim: Kim) -> Self:
        """What a KIM wrote down for people until yesterday: a figure that moves at once would tell the hour."""
        midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        return self.filter(kim=kim, created_at__lt=midnight)

    def pending(self) -> Self:
        """What waits for an officer or an institution."""
        return self.filter(is_pending=True)

    def overdue(self) -> Self:
        return self.pending().filter(due_at__lt=timezone.now())

    def in_queue_order(self) -> Self:
        """Nearest deadline first; what looks automatic last, but never out of sight."""
        return self.order_by("is_held", "due_at", "id")

    def silent(self) -> Self:
        """Answered, and the reporter's days to reply are over."""
        return self.filter(status=Status.ANSWERED, due_at__lt=timezone.now())

    def as_cards(self) -> Self:
        """What a card of a list shows and nothing else: not the first text, not who or where exactly."""
        rows = self.select_related("category", "area").annotate(excerpt=Left("public_text", EXCERPT))
        return rows.only(*CARD_FIELDS)

    def search(
        self, words: str, *, public: bool = True, marks: Iterable[str] = (), since: datetime | None = None
    ) -> Self:
        """Reports whose text holds these words; `public` reads the published text alone, so no hidden word answers.

        `marks` (see `searching.area_mark` and the like) and `since` repeat conditions of the query for the index.
        """
        wanted = parse(words, marks, since)
        if wanted is None:
            return self.none()
        return self.published().filter(pk__public_words=wanted) if public else self.filter(pk__officer_words=wanted)
