"""What every list of rows in areas is narrowed by."""

from __future__ import annotations

from typing import Any

import django_filters

from regions.fields import AreaField
from regions.models import Area, LocatedQuerySet


class AreaFilter(django_filters.Filter):
    """An area of any level, and everything in it."""

    field_class = AreaField

    def filter(self, qs: LocatedQuerySet, value: Area | None) -> LocatedQuerySet:
        return qs.within(value) if value else qs


class ListFilterSet(django_filters.FilterSet):
    """Values that mean nothing find nothing, and the form says why."""

    @property
    def qs(self) -> Any:
        """Nothing at all while a value is wrong: a list of everything would pass for an answer."""
        return super().qs if self.form.is_valid() else self.queryset.none()

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(name) for name in self.form.fields) or bool(self.data.get("area_words"))


class AreaFilterSet(ListFilterSet):
    """By area; the others, and their order on the form, are `Meta.fields` of the list's own filter."""

    area = AreaFilter(label="Wilayah", level=None, required=False)

    @property
    def chosen_area(self) -> Area | None:
        return self.form.cleaned_data.get("area") if self.form.is_valid() else None
