"""Meetings and what was promised there, as the officers of an area read them. Hosts write them on their own pages."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.admin_filters import AreaFilter, ChoiceFilter
from accounts.admin_scope import ScopedAdmin, signed_in
from accounts.models import User
from partnerships.models import Commitment, Meeting, MeetingKind
from partnerships.models.commitment import CommitmentQuerySet
from partnerships.models.meeting import MEETING_ORDER, MeetingQuerySet
from partnerships.models.meeting_event import MEETING_LABELS
from partnerships.permissions import can_open_office
from partnerships.workflow import CommitmentStatus

LATE = "late"


class MeetingKindFilter(ChoiceFilter):
    title = "jenis"
    parameter_name = "jenis"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(MeetingKind.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class CommitmentFilter(ChoiceFilter):
    title = "keadaan"
    parameter_name = "keadaan"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(LATE, "Lewat tenggat"), *CommitmentStatus.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        assert isinstance(queryset, CommitmentQuerySet)
        if self.value() == LATE:
            return queryset.overdue()
        return queryset.filter(status=self.value()) if self.value() else queryset


class ReadAdmin(ScopedAdmin):
    """Officers of the area read; nobody writes here."""

    view_on_site = False  # `page` leads there

    def can_view(self, user: User) -> bool:
        return can_open_office(user)

    @admin.display(description="halaman rapat")
    def page(self, row: Any) -> SafeString:
        meeting: Meeting = getattr(row, "meeting", row)
        return format_html('<a href="{}">{}</a>', meeting.get_absolute_url(), meeting)


@admin.register(Meeting)
class MeetingAdmin(ReadAdmin):
    list_display = ("title", "host_name", "kind", "starts_at", "is_public")
    list_filter = (MeetingKindFilter, AreaFilter)
    list_select_related = ("area", "kim", "institution__merged_into")
    ordering = MEETING_ORDER
    fields = (
        "page",
        "host_name",
        "kind",
        "chair",
        "starts_at",
        "area",
        "agenda",
        "minutes",
        "is_public",
        "is_cancelled",
    )
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> MeetingQuerySet:
        return Meeting.objects.reviewed_by(signed_in(request))

    def action_label(self, action: str) -> str:
        return MEETING_LABELS[action]

    @admin.display(description="penyelenggara")
    def host_name(self, row: Meeting) -> str:
        return str(row.host)

    @admin.display(description="dipimpin oleh")
    def chair(self, row: Meeting) -> str:
        return row.chair


@admin.register(Commitment)
class CommitmentAdmin(ReadAdmin):
    list_display = ("what", "party_name", "status", "due_on", "page")
    list_filter = (CommitmentFilter,)
    list_select_related = ("party__gathering",)
    ordering = ("-id",)
    fields = ("page", "party_name", "what", "due_on", "status", "evidence")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> CommitmentQuerySet:
        return Commitment.objects.of_meetings(Meeting.objects.reviewed_by(signed_in(request)))

    @admin.display(description="pihak")
    def party_name(self, row: Commitment) -> str:
        return row.party_name
