"""How an officer narrows the queue. No filter counts, none asks anything about a reporter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import User
from regions.models import Area
from reports.models import Category
from reports.models.queries import ReportQuerySet
from reports.workflow import PENDING, Status

PENDING_ROWS, ALL_ROWS = "menunggu", "semua"


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


class StateFilter(ChoiceFilter):
    """What waits for an officer unless another state is asked for."""

    title = "keadaan"
    parameter_name = "keadaan"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(PENDING_ROWS, "Menunggu tindakan"), *Status.choices, (ALL_ROWS, "Semua")]

    def choices(self, changelist: Any) -> Iterator[Any]:
        for code, text in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: code})
            yield {"selected": (self.value() or PENDING_ROWS) == code, "query_string": query, "display": text}

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value() or PENDING_ROWS
        if value == ALL_ROWS:
            return queryset
        if value == PENDING_ROWS:
            return queryset.filter(is_pending=True)
        return queryset.filter(status=value, is_pending=value in PENDING)


def waits(request: HttpRequest) -> bool:
    """Whether the list shows only what is pending, and so has a deadline in every row."""
    wanted = request.GET.getlist(StateFilter.parameter_name)[-1:]
    return not wanted or wanted[0] in PENDING or wanted[0] not in {*Status.values, ALL_ROWS}


class CategoryFilter(ChoiceFilter):
    title = "kategori"
    parameter_name = "kategori"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(Category.objects.values_list("code", "name"))

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(category=self.value()) if self.value() else queryset


class AreaFilter(ChoiceFilter):
    """One level below the officer's own areas; provinces for who sees the country."""

    title = "wilayah"
    parameter_name = "wilayah"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        parents = own_areas(request.user)  # type: ignore[arg-type]
        rows = Area.objects.in_use()
        rows = rows.filter(parent__in=parents) if parents else rows.provinces()
        return [(area.code, area.label) for area in rows.order_by("name", "code")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        assert isinstance(queryset, ReportQuerySet)
        return queryset.within(code) if (code := self.value()) else queryset


class MarkFilter(ChoiceFilter):
    title = "tanda"
    parameter_name = "tanda"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("lewat", "Lewat tenggat"),
            ("rahasia", "Rahasia"),
            ("periksa", "Mungkin kiriman otomatis"),
            ("tampil", "Tampil untuk umum"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        assert isinstance(queryset, ReportQuerySet)
        narrowed = {
            "lewat": queryset.overdue,
            "rahasia": lambda: queryset.filter(is_secret=True),
            "periksa": lambda: queryset.filter(is_held=True),
            "tampil": queryset.published,
        }
        return narrowed[value]() if (value := self.value()) else queryset
