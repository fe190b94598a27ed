"""What is new, for machines: an Atom feed for all of Indonesia or one area."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from groups.sharing import public_address
from regions.models import Area
from regions.models.codes import is_code
from reports.models import Report

ENTRIES = 30


class ReportFeed(Feed):
    """Published reports, newest first, in the words a verifier approved."""

    feed_type = Atom1Feed
    author_name = "Portal KIM"

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Area | None:
        code = request.GET.get("area", "")
        if not code:
            return None
        area = Area.objects.filter(code=code).first() if is_code(code) else None
        if area is None:
            raise Http404
        return area

    def title(self, area: Area | None) -> str:
        return f"Laporan warga: {area.full_name if area else 'Indonesia'}"

    def subtitle(self, area: Area | None) -> str:
        return "Laporan yang sudah diperiksa petugas dan boleh dibaca umum."

    def link(self, area: Area | None) -> str:
        return public_address(f"{reverse('reports:report_list')}{f'?area={area.code}' if area else ''}")

    def feed_url(self, area: Area | None) -> str:
        return public_address(f"{reverse('reports:report_feed')}{f'?area={area.code}' if area else ''}")

    def feed_guid(self, area: Area | None) -> str:
        return f"urn:kimportal:reports:{area.code if area else 'id'}"

    def items(self, area: Area | None) -> list[Report]:
        reports = Report.objects.published().select_related("category", "area")
        reports = reports.only("public_id", "public_text", "published_at", "category__name", "area__full_name")
        reports = reports.within(area) if area else reports
        return list(reports.order_by("-published_at", "-id")[:ENTRIES])

    def item_title(self, item: Report) -> str:
        return f"{item.category.name}, {item.area.full_name}"

    def item_description(self, item: Report) -> str:
        return item.public_text

    def item_link(self, item: Report) -> str:
        return public_address(reverse("reports:report_detail", args=[item.public_id]))

    def item_guid(self, item: Report) -> str:
        """Independent of the address, so that a portal that moves repeats no entry."""
        return f"urn:kimportal:report:{item.public_id}"

    def item_pubdate(self, item: Report) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Report) -> datetime | None:
        return item.published_at


report_feed = login_not_required(require_safe(ReportFeed()))
