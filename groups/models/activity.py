"""What a KIM did in the last months, in figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, Sum
from django.utils import timezone

from groups.models.announcement import Announcement
from groups.models.dissemination import Dissemination
from groups.models.kim import Kim

DAYS = 90


@dataclass(frozen=True)
class Activity:
    """Announcements written, passed on from the Dinas, spread by a channel, and people reached, in DAYS days."""

    announcements: int = 0
    relays: int = 0
    disseminations: int = 0
    people: int = 0

    def __bool__(self) -> bool:
        return bool(self.announcements or self.disseminations)


def activity_of(kim: Kim) -> Activity:
    """Counted from the KIM's own rows, which are few (two queries)."""
    since = timezone.now() - timedelta(days=DAYS)
    published = Announcement.objects.published().filter(kim=kim)
    written = published.filter(publish_at__gte=since).aggregate(
        number=Count("pk"), relays=Count("pk", filter=Q(relay_of__isnull=False))
    )
    spread = Dissemination.objects.filter(
        announcement__in=published.values("pk"), used_on__gte=timezone.localdate(since)
    ).aggregate(number=Count("pk"), people=Sum("people"))
    return Activity(written["number"], written["relays"], spread["number"], spread["people"] or 0)
