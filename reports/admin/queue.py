"""The officers' queue: what waits, nearest deadline first, and the way to one report."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from accounts.admin_filters import AreaFilter
from accounts.admin_lists import KeysetChangeList
from accounts.admin_scope import IndexCard, ScopedAdmin, register_index_card
from accounts.models import Role, User
from reports.admin import filters
from reports.admin.acting import act
from reports.admin.page import marks, officer, sheet, show
from reports.admin.words import age_words, deadline_words, exceptions_for, is_late
from reports.models import Report
from reports.models.event import ACTION_LABELS
from reports.models.queries import ReportQuerySet
from reports.permissions import can_export, can_open_queue, coordinates
from reports.workflow import Status

PUBLIC_ID_LENGTH = 10
MOST_COUNTED = 100  # a card says "99+" rather than count a long queue


class QueueList(KeysetChangeList):
    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        exceptions = exceptions_for(self.result_list)
        for report in self.result_list:
            report.deadline, report.is_late = deadline_words(report, exceptions), is_late(report)


@admin.register(Report)
class ReportAdmin(ScopedAdmin):
    list_display = ("matter", "village", "state", "time")
    list_filter = (filters.StateFilter, filters.MarkFilter, filters.CategoryFilter, AreaFilter)
    list_select_related = ("area", "category")
    search_fields = ("public_id",)  # what is searched says `search()`; stock admin asks only whether there is any
    search_help_text = "kata dalam isi atau nomor laporan"

    def can_view(self, user: User) -> bool:
        return can_open_queue(user)

    def get_queryset(self, request: HttpRequest) -> ReportQuerySet:
        return Report.objects.handled_by(officer(request))

    def get_ordering(self, request: HttpRequest) -> list[str | Combinable]:
        """The two orders that an index serves: by deadline what waits, by age everything else."""
        return ["is_held", "due_at", "id"] if filters.waits(request) else ["-created_at", "-id"]

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        words = search_term.replace("\0", "").strip()
        assert isinstance(queryset, ReportQuerySet)
        return (searched(queryset, words) if words else queryset), False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[KeysetChangeList]:
        return QueueList

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"tools": tools(officer(request)), **(extra_context or {})})

    # --- Columns -----------------------------------------------------------------------------------------------------
    @admin.display(description="laporan")
    def matter(self, report: Report) -> str:
        """Of a secret report not even the first words: lists are read over shoulders."""
        words = "isi rahasia" if report.is_secret else Truncator(" ".join(report.description[:200].split())).words(10)
        return f"{report.category.name}: {words}"

    @admin.display(description="tempat")
    def village(self, report: Report) -> str:
        return ", ".join(str(report.area).split(", ")[:2])

    @admin.display(description="keadaan")
    def state(self, report: Report) -> SafeString:
        return render_to_string("admin/reports/report/_state_cell.html", {"report": report, "marks": marks(report)})

    @admin.display(description="waktu")
    def time(self, report: Any) -> SafeString:
        context = {"deadline": report.deadline, "is_late": report.is_late, "age": age_words(report)}
        return render_to_string("admin/reports/report/_time_cell.html", context)

    # --- One report --------------------------------------------------------------------------------------------------
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("<path:object_id>/tindakan/<slug:code>/", wrap(self.act_view), name="reports_report_act"),
            path("<path:object_id>/disposisi/", wrap(self.sheet_view), name="reports_report_sheet"),
        ]
        return [*own, *super().get_urls()]

    def report_for(self, request: HttpRequest, object_id: str) -> Report:
        """The report where this person works on it; a missing and a foreign one are the same 404."""
        if not self.has_view_permission(request):
            raise Http404
        rows = self.get_queryset(request).select_related("area", "category", "institution")
        report = rows.filter(pk=int(object_id)).first() if object_id.isdecimal() and len(object_id) < 20 else None
        if report is None:
            raise Http404
        return report

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Everything about one report. Nothing is changed here: each action has an address of its own."""
        report = self.report_for(request, object_id)
        if request.method != "GET":
            raise PermissionDenied
        return show(request, report, self.admin_site.each_context(request))

    def act_view(self, request: HttpRequest, object_id: str, code: str) -> HttpResponse:
        report = self.report_for(request, object_id)
        if request.method != "POST":
            return redirect("admin:reports_report_change", report.pk)
        return act(request, report, code, self.admin_site.each_context(request))

    def sheet_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        report = self.report_for(request, object_id)
        return sheet(request, report, self.admin_site.each_context(request))

    def action_label(self, action: str) -> str:
        return ACTION_LABELS.get(action, action)


def tools(user: User) -> list[tuple[str, str]]:
    """What else there is to do with reports: words and address."""
    found = [("Formulir kertas kosong", reverse("reports:paper_form"))]
    if coordinates(user):
        found.insert(0, ("Catat laporan untuk warga", reverse("reports:neighbour_create")))
    if can_export(user):
        found.append(("Unduh CSV", reverse("reports:report_export")))
    return found


def searched(rows: ReportQuerySet, words: str) -> ReportQuerySet:
    """The report with this number, else those that hold these words."""
    numbered = rows.filter(public_id=words.lower())
    if len(words) == PUBLIC_ID_LENGTH and numbered.exists():
        return numbered
    return rows.search(words, public=False)


def is_at_work(user: User) -> bool:
    return any(grant.role in {Role.REPORT_COORDINATOR, Role.LIAISON} for grant in user.grants)


@register_index_card
def work_cards(request: HttpRequest) -> list[IndexCard]:
    """What is late and what is new, for who has to act on it."""
    user = officer(request)
    rows, queue = Report.objects.handled_by(user), reverse("admin:reports_report_changelist")
    cards = []
    if is_at_work(user):
        late = bounded_count(rows.overdue())
        new = bounded_count(rows.pending().filter(status=Status.SUBMITTED))
        disputed = bounded_count(rows.pending().filter(status=Status.DISPUTED))
        cards = [
            IndexCard("Lewat tenggat", in_words(late), f"{queue}?tanda=lewat", is_urgent=late > 0),
            IndexCard("Laporan baru", in_words(new), f"{queue}?keadaan=submitted"),
            IndexCard("Belum tuntas menurut pelapor", in_words(disputed), f"{queue}?keadaan=disputed"),
        ]
    if any(grant.role == Role.CONFIDENTIALITY_OFFICER for grant in user.grants):
        secret = bounded_count(rows.pending().filter(is_secret=True))
        cards.append(IndexCard("Laporan rahasia", in_words(secret), f"{queue}?tanda=rahasia"))
    return cards


def bounded_count(rows: ReportQuerySet) -> int:
    return rows.order_by()[:MOST_COUNTED].count()


def in_words(number: int) -> str:
    if not number:
        return "Tidak ada."
    return f"{number} laporan" if number < MOST_COUNTED else f"Lebih dari {MOST_COUNTED - 1} laporan"
