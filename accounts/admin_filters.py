"""Filters of the officers' lists: closed choices, none of which counts rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import User
from regions.models import Area, LocatedQuerySet


def own_areas(user: User) -> set[str]:
    """The areas of this person's grants, the institution's own for a liaison."""
    codes = (grant.institution.area_id if grant.institution else grant.area_id for grant in user.grants)
    return {code for code in codes if code}


class ChoiceFilter(admin.SimpleListFilter):
    """A closed list: a value that is not on it does nothing."""

    def value(self) -> str | None:
        value = super().value()
        return value if value in {code for code, _ in self.lookup_choices} else None

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Stock admin's "All", without Django's word for it."""
        first, *others = super().choices(changelist)
        yield {**first, "display": "Semua"}
        yield from others


class AreaFilter(ChoiceFilter):
    """One level below the officer's own areas; provinces for who sees the country."""

    title = "wilayah"
    parameter_name = "wilayah"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        parents = own_areas(request.user)  # type: ignore[arg-type]  # signed in
        rows = Area.objects.in_use()
        rows = rows.filter(parent__in=parents) if parents else rows.provinces()
        return [(area.code, area.label) for area in rows.order_by("name", "code")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        assert isinstance(queryset, LocatedQuerySet)
        return queryset.within(code) if (code := self.value()) else queryset
