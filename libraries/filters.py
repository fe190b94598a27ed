"""What a reader may narrow the registry by."""

from __future__ import annotations

from typing import Any

import django_filters

from groups.filters import LONGEST_WORDS
from libraries.models import ActivitySession, ImpactStory, Library
from libraries.models.library import LibraryQuerySet
from libraries.models.searching import with_words
from libraries.models.story import Domain
from libraries.strategy import SpaceKind
from libraries.workflow import Stage
from regions.filters import AreaFilterSet


class LibraryFilter(AreaFilterSet):
    """Words, area and stage."""

    q = django_filters.CharFilter(label="Nama perpustakaan atau desa", max_length=LONGEST_WORDS, method="with_words")
    stage = django_filters.ChoiceFilter(label="Program TPBIS", choices=Stage.choices, empty_label="Semua")

    class Meta:
        model = Library
        fields = ["q", "area", "stage"]

    def with_words(self, queryset: LibraryQuerySet, name: str, value: str) -> Any:
        return with_words(queryset, value)


class AgendaFilter(AreaFilterSet):
    """Area and space of what is to come."""

    space = django_filters.ChoiceFilter(
        label="Ruang", field_name="activity__space", choices=SpaceKind.choices, empty_label="Semua"
    )

    class Meta:
        model = ActivitySession
        fields: list[str] = []


class StoryFilter(AreaFilterSet):
    """Area and domain of impact stories."""

    domain = django_filters.ChoiceFilter(label="Bidang", choices=Domain.choices, empty_label="Semua")
    library = django_filters.CharFilter(label="Perpustakaan", field_name="library__slug", max_length=80)

    class Meta:
        model = ImpactStory
        fields: list[str] = []
