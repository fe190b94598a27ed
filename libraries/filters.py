"""What a reader may narrow the registry by."""

from __future__ import annotations

from typing import Any

import django_filters

from groups.filters import LONGEST_WORDS, AreaFilter
from libraries.models import ActivitySession, ImpactStory, Library
from libraries.models.library import LibraryQuerySet
from libraries.models.searching import with_words
from libraries.models.story import Domain
from libraries.strategy import SpaceKind
from libraries.workflow import Stage
from regions.models import Area


class LibraryFilter(django_filters.FilterSet):
    """Words, area and stage. Values that mean nothing find nothing, and the form says why."""

    q = django_filters.CharFilter(label="Nama perpustakaan atau desa", max_length=LONGEST_WORDS, method="with_words")
    area = AreaFilter(label="Wilayah", level=None, required=False)
    stage = django_filters.ChoiceFilter(label="Program TPBIS", choices=Stage.choices, empty_label="Semua")

    class Meta:
        model = Library
        fields: list[str] = []

    @property
    def qs(self) -> LibraryQuerySet:
        """Nothing at all while a value is wrong: a list of everything would pass for an answer."""
        return super().qs if self.form.is_valid() else self.queryset.none()

    @property
    def chosen_area(self) -> Area | None:
        return self.form.cleaned_data.get("area") if self.form.is_valid() else None

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(name) for name in self.form.fields) or bool(self.data.get("area_words"))

    def with_words(self, queryset: LibraryQuerySet, name: str, value: str) -> Any:
        return with_words(queryset, value)


class AgendaFilter(django_filters.FilterSet):
    """Area and space of what is to come."""

    area = AreaFilter(label="Wilayah", level=None, required=False)
    space = django_filters.ChoiceFilter(
        label="Ruang", field_name="activity__space", choices=SpaceKind.choices, empty_label="Semua"
    )

    class Meta:
        model = ActivitySession
        fields: list[str] = []

    @property
    def qs(self) -> Any:
        """Nothing at all while a value is wrong: a list of everything would pass for an answer."""
        return super().qs if self.form.is_valid() else self.queryset.none()

    @property
    def chosen_area(self) -> Area | None:
        return self.form.cleaned_data.get("area") if self.form.is_valid() else None

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(name) for name in self.form.fields) or bool(self.data.get("area_words"))


class StoryFilter(django_filters.FilterSet):
    """Area and domain of impact stories."""

    area = AreaFilter(label="Wilayah", level=None, required=False)
    domain = django_filters.ChoiceFilter(label="Bidang", choices=Domain.choices, empty_label="Semua")
    library = django_filters.CharFilter(label="Perpustakaan", field_name="library__slug", max_length=80)

    class Meta:
        model = ImpactStory
        fields: list[str] = []

    @property
    def qs(self) -> Any:
        return super().qs if self.form.is_valid() else self.queryset.none()

    @property
    def chosen_area(self) -> Area | None:
        return self.form.cleaned_data.get("area") if self.form.is_valid() else None

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(name) for name in self.form.fields) or bool(self.data.get("area_words"))
