"""Months that wait for the agency; one leads to the page where it is read and accepted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.admin_actions import officer
from accounts.admin_filters import AreaFilter, ChoiceFilter
from accounts.admin_scope import IndexCard, ScopedAdmin, register_index_card
from accounts.models import User
from libraries.models import MonthlyFigures
from libraries.models.library import OFFICERS
from libraries.permissions import can_open_desk, can_open_queue
from libraries.templatetags.libraries import month_code, month_words

MOST_COUNTED = 100


class StateFilter(ChoiceFilter):
    """What waits, unless what was accepted is asked for."""

    title = "keadaan"
    parameter_name = "keadaan"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("menunggu", "Menunggu diterima"), ("diterima", "Sudah diterima")]

    def choices(self, changelist: Any) -> Iterator[Any]:
        for code, text in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: code})
            yield {"selected": (self.value() or "menunggu") == code, "query_string": query, "display": text}

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(accepted_at__isnull=self.value() != "diterima")


@admin.register(MonthlyFigures)
class MonthlyFiguresAdmin(ScopedAdmin):
    list_display = ("title", "words", "visits", "participants")
    list_filter = (StateFilter, AreaFilter)
    list_select_related = ("library__institution",)
    ordering = ("-month", "-id")

    def can_view(self, user: User) -> bool:
        return can_open_queue(user)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        user = officer(request)
        rows = MonthlyFigures.objects.select_related("library__institution")
        return rows if user.is_superuser else rows.filter(user.scope(OFFICERS))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The month has a page of its own at the library's desk; readers are led to the library's public page."""
        row = self.get_object(request, object_id)
        if not self.has_view_permission(request):
            raise Http404
        if request.method != "GET":
            raise PermissionDenied
        if not can_open_desk(officer(request), row.library):
            return redirect("libraries:library_detail", row.library.slug)
        return redirect("libraries:month_edit", row.library.slug, month_code(row.month))

    @admin.display(description="perpustakaan")
    def title(self, row: MonthlyFigures) -> str:
        return row.library.institution.name

    @admin.display(description="bulan")
    def words(self, row: MonthlyFigures) -> str:
        return month_words(row.month)

    @admin.display(description="kunjungan")
    def visits(self, row: MonthlyFigures) -> int:
        return row.visits


@register_index_card
def work_cards(request: HttpRequest) -> list[IndexCard]:
    """How many months wait for the agency's word."""
    user = officer(request)
    if not can_open_queue(user):
        return []
    rows = MonthlyFigures.objects.filter(accepted_at__isnull=True)
    waiting = (rows if user.is_superuser else rows.filter(user.scope(OFFICERS))).order_by()[:MOST_COUNTED].count()
    words = f"{waiting} bulan" if waiting < MOST_COUNTED else f"Lebih dari {MOST_COUNTED - 1} bulan"
    address = reverse("admin:libraries_monthlyfigures_changelist")
    cards = [IndexCard("Angka perpustakaan menunggu diterima", words if waiting else "Tidak ada.", address)]
    return [*cards, *area_cards(user)]


def area_cards(user: User) -> Iterator[IndexCard]:
    """The figures of each area of this officer: who has not reported, the report of the year to print."""
    for grant in user.grants:
        if grant.role in OFFICERS and grant.area is not None:
            address = reverse("libraries:indicators_area", args=[grant.area_id])
            yield IndexCard(f"Angka perpustakaan {grant.area.label}", "Yang belum melapor, laporan tahunan.", address)
