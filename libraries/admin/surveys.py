"""Survey answers that came in greater number than usual: which library's wait for the agency's word."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.admin_actions import officer
from accounts.admin_scope import IndexCard, register_index_card
from libraries.models import SurveyTally
from libraries.models.library import OFFICERS
from libraries.models.survey import EMPTY
from libraries.months import first_day, run_of, shift
from libraries.permissions import can_open_queue
from libraries.templatetags.libraries import month_code, month_words

MONTHS_BACK = 14  # a library's desk shows thirteen
MOST_CARDS = 5


@register_index_card
def survey_cards(request: HttpRequest) -> list[IndexCard]:
    """A card for each library and month, the oldest first.

    Only for who answers for an area: its libraries are few, and each is looked up by the key of its answers.
    """
    user = officer(request)
    areas = [grant.area_id for grant in user.grants if grant.role in OFFICERS]
    if not can_open_queue(user) or not areas or None in areas:
        return []
    months = run_of(shift(first_day(timezone.localdate()), 1), MONTHS_BACK)  # in the east the month begins earlier
    rows = SurveyTally.objects.held().filter(user.scope(OFFICERS, "library__"), month__in=months, question=1)
    waiting = rows.exclude(EMPTY).select_related("library__institution").order_by("month", "library_id")
    return [card(row) for row in waiting[:MOST_CARDS]]


def card(row: SurveyTally) -> IndexCard:
    address = reverse("libraries:survey_paper", args=[row.library.slug, month_code(row.month)])
    words = f"{sum(row.scores)} orang menjawab lebih dari biasanya. Periksa, lalu hitung."
    return IndexCard(f"Survei {row.library}, {month_words(row.month)}", words, address)
