"""The verifiers' queue: what was submitted, oldest first, and the way to one KIM."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString

from accounts.admin_filters import AreaFilter
from accounts.admin_scope import IndexCard, ScopedAdmin, register_index_card
from accounts.models import User
from groups.admin import filters, importing
from groups.admin.acting import act
from groups.admin.page import officer, show, waiting_words
from groups.exports import officer_csv
from groups.models import Kim
from groups.models.event import ACTION_LABELS
from groups.models.record import KimQuerySet
from groups.models.searching import with_words
from groups.permissions import can_import, can_open_queue
from groups.workflow import Status

MOST_COUNTED = 100  # a card says "lebih dari 99" rather than count a long queue


@admin.register(Kim)
class KimAdmin(ScopedAdmin):
    list_display = ("name", "village", "state", "mode")
    list_filter = (filters.StateFilter, filters.ModeFilter, AreaFilter)
    list_select_related = ("area",)
    search_fields = ("name",)  # what is searched says `with_words`; stock admin asks only whether there is any
    search_help_text = "nama KIM atau desanya"
    ordering = ("submitted_at", "id")

    def can_view(self, user: User) -> bool:
        return can_open_queue(user)

    def get_queryset(self, request: HttpRequest) -> KimQuerySet:
        return Kim.objects.reviewed_by(officer(request))

    def get_ordering(self, request: HttpRequest) -> list[str | Combinable]:
        """Oldest first what waits, newest first everything else: the index of a state serves both."""
        wanted = request.GET.get(filters.StateFilter.parameter_name, Status.SUBMITTED)
        return ["submitted_at", "id"] if wanted == Status.SUBMITTED else ["-submitted_at", "-id"]

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        words = search_term.replace("\0", "").strip()
        return (with_words(queryset, words) if words else queryset), False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"tools": tools(officer(request)), **(extra_context or {})})

    # --- Columns -----------------------------------------------------------------------------------------------------
    @admin.display(description="desa")
    def village(self, kim: Kim) -> str:
        return ", ".join(str(kim.area).split(", ")[:2])

    @admin.display(description="status")
    def state(self, kim: Kim) -> SafeString:
        return render_to_string("admin/groups/kim/_state.html", {"kim": kim, "waits": waiting_words(kim)})

    # --- One KIM, and lists of many ----------------------------------------------------------------------------------
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("impor/", wrap(self.import_view), name="groups_kim_import"),
            path("impor/daftar-kosong.csv", wrap(self.template_view), name="groups_kim_import_template"),
            path("unduh/", wrap(self.export_view), name="groups_kim_export"),
            path("<path:object_id>/tindakan/<slug:code>/", wrap(self.act_view), name="groups_kim_act"),
        ]
        return [*own, *super().get_urls()]

    def kim_for(self, request: HttpRequest, object_id: str) -> Kim:
        """The KIM where this person reviews or reads it; a missing and a foreign one are the same 404."""
        if not self.has_view_permission(request):
            raise Http404
        rows = self.get_queryset(request).select_related("area", "bylaws")
        kim = rows.filter(pk=int(object_id)).first() if object_id.isdecimal() and len(object_id) < 19 else None
        if kim is None:
            raise Http404
        return kim

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Everything about one KIM. Nothing is changed here: each step has an address of its own."""
        kim = self.kim_for(request, object_id)
        if request.method != "GET":
            raise PermissionDenied
        return show(request, kim, self.admin_site.each_context(request))

    def act_view(self, request: HttpRequest, object_id: str, code: str) -> HttpResponse:
        kim = self.kim_for(request, object_id)
        if request.method != "POST":
            return redirect("admin:groups_kim_change", kim.pk)
        return act(request, kim, code, self.admin_site.each_context(request))

    def import_view(self, request: HttpRequest) -> HttpResponse:
        if not can_import(officer(request)):
            raise PermissionDenied
        return importing.import_list(request, self.admin_site.each_context(request))

    def template_view(self, request: HttpRequest) -> HttpResponseBase:
        if not can_import(officer(request)):
            raise PermissionDenied
        return importing.template_csv()

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return officer_csv(self.get_queryset(request), officer(request))

    def action_label(self, action: str) -> str:
        return ACTION_LABELS.get(action, action)


def tools(user: User) -> list[tuple[str, str]]:
    """What else there is to do with KIM: words and address."""
    found = [("Unduh CSV", reverse("admin:groups_kim_export")), ("Peta cakupan", reverse("groups:coverage"))]
    if can_import(user):
        found.insert(0, ("Impor daftar KIM", reverse("admin:groups_kim_import")))
        found.append(("Pengumuman Dinas", reverse("groups:announcement_office")))
    return found


@register_index_card
def work_cards(request: HttpRequest) -> list[IndexCard]:
    """How many wait for the verifier's word."""
    user = officer(request)
    if not can_import(user):
        return []
    waiting = Kim.objects.reviewed_by(user).filter(status=Status.SUBMITTED).order_by()[:MOST_COUNTED].count()
    return [IndexCard("KIM menunggu verifikasi", in_words(waiting), reverse("admin:groups_kim_changelist"))]


def in_words(number: int) -> str:
    if not number:
        return "Tidak ada."
    return f"{number} KIM" if number < MOST_COUNTED else f"Lebih dari {MOST_COUNTED - 1} KIM"
