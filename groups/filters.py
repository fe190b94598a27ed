"""What a reader may narrow the registry by."""

from __future__ import annotations

from typing import Any

import django_filters

from groups.models import Kim, Mode
from groups.models.record import KimQuerySet
from groups.models.searching import with_words
from groups.workflow import PUBLIC, Status
from regions.filters import AreaFilterSet

LONGEST_WORDS = 80


class KimFilter(AreaFilterSet):
    """Words, area, state and way of working."""

    q = django_filters.CharFilter(label="Nama KIM atau desa", max_length=LONGEST_WORDS, method="with_words")
    status = django_filters.ChoiceFilter(
        label="Keadaan", choices=[each for each in Status.choices if each[0] in PUBLIC], empty_label="Semua keadaan"
    )
    mode = django_filters.ChoiceFilter(label="Cara kerja", choices=Mode.choices, empty_label="Semua cara kerja")

    class Meta:
        model = Kim
        fields = ["q", "area", "status", "mode"]

    def with_words(self, queryset: KimQuerySet, name: str, value: str) -> Any:
        return with_words(queryset, value)
