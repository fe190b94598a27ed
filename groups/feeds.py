"""New announcements for machines: one Atom feed for all of Indonesia or an area, one for each KIM."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from groups.markdown import render
from groups.models import Announcement, Kim
from groups.sharing import public_address
from regions.models import Area
from regions.models.codes import is_code

ENTRIES = 30
SITEMAP_ENTRIES = 10_000
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML 1.0, section 2.2


def xml_words(words: str) -> str:
    """Without the letters that no XML may hold: one of them in one title would take the feed from everybody."""
    return NOT_IN_XML.sub("", words)


class AnnouncementFeed(Feed):
    """What is out and not over, newest first."""

    feed_type = Atom1Feed
    author_name = "Portal KIM"
    subtitle = "Pengumuman KIM dan Dinas."

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Area | None:
        code = request.GET.get("area", "")
        area = Area.objects.filter(code=code).first() if is_code(code) else None
        if code and area is None:
            raise Http404
        return area

    def title(self, area: Area | None) -> str:
        return f"Pengumuman: {area.full_name if area else 'Indonesia'}"

    def link(self, area: Area | None) -> str:
        return public_address(f"{reverse('groups:announcement_list')}{f'?area={area.code}' if area else ''}")

    def feed_url(self, area: Area | None) -> str:
        return public_address(f"{reverse('groups:announcement_feed')}{f'?area={area.code}' if area else ''}")

    def feed_guid(self, area: Area | None) -> str:
        return f"urn:kimportal:announcements:{area.code if area else 'id'}"

    def items(self, area: Area | None) -> list[Announcement]:
        current = Announcement.objects.current().originals().select_related("area", "kim", "office")
        return list(current.newest_for(area)[:ENTRIES])

    def item_title(self, item: Announcement) -> str:
        return xml_words(f"{item.title} ({item.author})")

    def item_description(self, item: Announcement) -> str:
        return xml_words(render(item.body))

    def item_link(self, item: Announcement) -> str:
        return public_address(item.get_absolute_url())

    def item_guid(self, item: Announcement) -> str:
        """Independent of the address, so that a portal that moves repeats no entry."""
        return f"urn:kimportal:announcement:{item.public_id}"

    def item_pubdate(self, item: Announcement) -> datetime | None:
        return item.publish_at

    def item_updateddate(self, item: Announcement) -> datetime | None:
        return max(item.changed_at, item.publish_at) if item.publish_at else item.changed_at


class KimFeed(AnnouncementFeed):
    """One KIM's announcements."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Kim:  # type: ignore[override]  # of a Kim
        return get_object_or_404(Kim.objects.listed().select_related("area"), slug=kwargs["slug"])

    def title(self, kim: Kim) -> str:  # type: ignore[override]  # of a Kim
        return xml_words(f"Pengumuman {kim.name}, {kim.area.label}")

    def link(self, kim: Kim) -> str:  # type: ignore[override]  # of a Kim
        return public_address(reverse("groups:kim_detail", args=[kim.slug]))

    def feed_url(self, kim: Kim) -> str:  # type: ignore[override]  # of a Kim
        return public_address(reverse("groups:kim_feed", args=[kim.slug]))

    def feed_guid(self, kim: Kim) -> str:  # type: ignore[override]  # of a Kim
        return f"urn:kimportal:kim:{kim.slug}"

    def items(self, kim: Kim) -> list[Announcement]:  # type: ignore[override]  # of a Kim
        rows = Announcement.objects.current().filter(kim=kim).select_related("area", "kim", "office")
        return list(rows.newest_first()[:ENTRIES])


announcement_feed = login_not_required(require_safe(AnnouncementFeed()))
kim_feed = login_not_required(require_safe(KimFeed()))


def sitemap_entries() -> list[tuple[str, datetime]]:
    """Path and moment of the newest announcements that are out and not over."""
    rows = (
        Announcement.objects.current()
        .originals()
        .newest_first()
        .only("public_id", "slug", "publish_at")[:SITEMAP_ENTRIES]
    )
    return [(row.get_absolute_url(), row.publish_at) for row in rows if row.publish_at]
