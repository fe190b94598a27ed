"""What is new, for pages that only name it."""

from __future__ import annotations

from django.db.models.functions import Left

from reports.models import Report
from reports.models.queries import ReportQuerySet

NEWEST_FIRST = ("-published_at", "-id")
CARD_FIELDS = (
    *("public_id", "status", "hold_reason", "published_at"),
    *("category__name", "area__name", "area__term", "area__level"),
)
EXCERPT = 160  # letters; the whole text may be 4,000 and a list shows twenty


def published_reports() -> ReportQuerySet:
    """Published reports with what a card shows and nothing else: not the first text, not who or where exactly."""
    reports: ReportQuerySet = (
        Report.objects.published()
        .select_related("category", "area")
        .annotate(excerpt=Left("public_text", EXCERPT))
        .only(*CARD_FIELDS)
    )
    return reports


def newest_reports(count: int) -> list[Report]:
    return list(published_reports().order_by(*NEWEST_FIRST)[:count])
