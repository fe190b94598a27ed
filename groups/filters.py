"""What a reader may narrow the registry by."""

from __future__ import annotations

from typing import Any

import django_filters

from groups.models import Kim, Mode
from groups.models.record import KimQuerySet
from groups.models.searching import with_words
from groups.workflow import PUBLIC, Status
from regions.fields import AreaField
from regions.models import Area

LONGEST_WORDS = 80


class AreaFilter(django_filters.Filter):
    """An area of any level, and everything in it."""

    field_class = AreaField

    def filter(self, qs: KimQuerySet, value: Area | None) -> KimQuerySet:
        return qs.within(value) if value else qs


class KimFilter(django_filters.FilterSet):
    """Words, area, state and way of working. Values that mean nothing find nothing, and the form says why."""

    q = django_filters.CharFilter(label="Nama KIM atau desa", max_length=LONGEST_WORDS, method="with_words")
    area = AreaFilter(label="Wilayah", level=None, required=False)
    status = django_filters.ChoiceFilter(
        label="Keadaan", choices=[each for each in Status.choices if each[0] in PUBLIC], empty_label="Semua keadaan"
    )
    mode = django_filters.ChoiceFilter(label="Cara kerja", choices=Mode.choices, empty_label="Semua cara kerja")

    class Meta:
        model = Kim
        fields: list[str] = []

    @property
    def qs(self) -> KimQuerySet:
        """Nothing at all while a value is wrong: a list of everything would pass for an answer."""
        return super().qs if self.form.is_valid() else self.queryset.none()

    @property
    def chosen_area(self) -> Area | None:
        return self.form.cleaned_data.get("area") if self.form.is_valid() else None

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(name) for name in self.form.fields) or bool(self.data.get("area_words"))

    def with_words(self, queryset: KimQuerySet, name: str, value: str) -> Any:
        return with_words(queryset, value)
