"""What a reader may narrow the directory by."""

from __future__ import annotations

from typing import Any

import django_filters

from accounts.models import Sector
from partnerships.models import Basis, Expertise, Field, Meeting, MeetingKind, Partnership
from partnerships.models.record import PartnershipQuerySet
from partnerships.models.searching import with_words
from regions.filters import AreaFilterSet


class PartnershipFilter(AreaFilterSet):
    """Words, area, basis and sector."""

    q = django_filters.CharFilter(label="Nama kemitraan, KIM, atau lembaga", max_length=80, method="with_words")
    basis = django_filters.ChoiceFilter(label="Dasar kemitraan", choices=Basis.choices, empty_label="Semua dasar")
    sector = django_filters.ChoiceFilter(label="Sektor mitra", choices=Sector.choices, empty_label="Semua sektor")

    class Meta:
        model = Partnership
        fields: list[str] = []

    def with_words(self, queryset: PartnershipQuerySet, name: str, value: str) -> Any:
        return with_words(queryset, value)


class ExpertiseFilter(AreaFilterSet):
    """By area and field of experience."""

    field = django_filters.ChoiceFilter(label="Bidang keahlian", choices=Field.choices, empty_label="Semua bidang")

    class Meta:
        model = Expertise
        fields: list[str] = []


class MeetingFilter(AreaFilterSet):
    """By area and kind."""

    kind = django_filters.ChoiceFilter(label="Jenis", choices=MeetingKind.choices, empty_label="Semua jenis")

    class Meta:
        model = Meeting
        fields: list[str] = []
