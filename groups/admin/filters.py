"""How an officer narrows the list of KIM. No filter counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.admin_filters import ChoiceFilter
from groups.models import Mode
from groups.workflow import Status


class StateFilter(ChoiceFilter):
    """What waits for the verifier unless another state is asked for; words are looked for in every state."""

    title = "status"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        self.is_search = bool(request.GET.get("q", "").strip())
        return [(status.value, status.label) for status in Status if status != Status.DRAFT]

    def chosen(self) -> str | None:
        return self.value() or (None if self.is_search else Status.SUBMITTED)

    def choices(self, changelist: Any) -> Iterator[Any]:
        for code, text in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: code})
            yield {"selected": self.chosen() == code, "query_string": query, "display": text}

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        status = self.chosen()
        return queryset.filter(status=status) if status else queryset


class ModeFilter(ChoiceFilter):
    title = "cara kerja"
    parameter_name = "cara"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(Mode.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(mode=self.value()) if self.value() else queryset
