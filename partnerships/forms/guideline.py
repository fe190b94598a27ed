"""What a reader asks of the guideline library."""

from __future__ import annotations

import django_filters

from partnerships.models import Guideline, GuidelineTopic, Tier
from partnerships.models.guideline import GuidelineQuerySet
from regions.filters import ListFilterSet

LONGEST_WORDS = 100


class GuidelineFilter(ListFilterSet):
    q = django_filters.CharFilter(label="Cari kata", method="search", max_length=LONGEST_WORDS)
    tier = django_filters.ChoiceFilter(label="Untuk petugas tingkat", choices=Tier.choices, empty_label="Semua tingkat")
    topic = django_filters.ChoiceFilter(
        label="Pokok bahasan", choices=GuidelineTopic.choices, empty_label="Semua pokok bahasan"
    )

    class Meta:
        model = Guideline
        fields: list[str] = []

    def search(self, rows: GuidelineQuerySet, name: str, words: str) -> GuidelineQuerySet:
        return rows.with_words(words)
