"""How an officer narrows the queue. No filter counts, none asks anything about a reporter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.admin_filters import ChoiceFilter
from reports.models import Category
from reports.models.queries import ReportQuerySet
from reports.workflow import PENDING, Status

PENDING_ROWS, ALL_ROWS = "menunggu", "semua"


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
