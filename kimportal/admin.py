"""The area tree in the admin, for superusers. `regions` knows no people, so its lists are registered by the roof."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.admin_scope import ScopedAdmin
from accounts.models import User
from regions.models import Area, AreaAlias, AreaPolicy, CalendarOverride, LocalTerm

MOST_FOUND = 100


class SuperuserAdmin(ScopedAdmin):
    """Seen, added to and changed by superusers only."""

    def can_add(self, user: User) -> bool:
        return user.is_superuser

    def can_change(self, user: User, obj: Any) -> bool:
        return user.is_superuser


@admin.register(Area)
class AreaAdmin(SuperuserAdmin):
    """Codes and names come from the official list (`load_regions`); what the list does not say is kept here."""

    list_display = ("full_name", "code", "connectivity", "literacy", "retired_on")
    list_filter = ("level", "connectivity", "literacy")
    search_fields = ("name",)
    search_help_text = "Nama atau kode wilayah"
    ordering = ("code",)
    fields = (
        "code",
        "full_name",
        "head_title",
        "time_zone",
        "connectivity",
        "literacy",
        "retired_on",
        "successor",
    )
    readonly_fields = ("code", "full_name", "head_title", "time_zone")

    def can_add(self, user: User) -> bool:
        return False

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """The same forgiving search as everywhere, among areas in use."""
        if not search_term.strip():
            return queryset, False
        found = Area.objects.search(search_term, limit=MOST_FOUND).areas
        return queryset.filter(code__in=[area.code for area in found]), False


@admin.register(AreaAlias)
class AreaAliasAdmin(SuperuserAdmin):
    list_display = ("name", "area")
    list_select_related = ("area",)
    search_fields = ("name",)
    ordering = ("name",)
    fields = ("area", "name")


@admin.register(LocalTerm)
class LocalTermAdmin(SuperuserAdmin):
    list_display = ("term", "prefix", "kind", "head_title")
    ordering = ("prefix", "kind")
    fields = ("prefix", "kind", "term", "head_title")


@admin.register(CalendarOverride)
class CalendarOverrideAdmin(SuperuserAdmin):
    list_display = ("date", "name", "is_working", "area")
    list_select_related = ("area",)
    list_filter = ("is_working",)
    ordering = ("-date",)
    fields = ("date", "name", "is_working", "area")


@admin.register(AreaPolicy)
class AreaPolicyAdmin(SuperuserAdmin):
    list_display = ("place", "kim_expansion", "has_112")
    list_select_related = ("area",)
    ordering = ("pk",)
    fields = ("area", "kim_expansion", "has_112")

    @admin.display(description="wilayah")
    def place(self, policy: AreaPolicy) -> str:
        return str(policy.area or "Seluruh Indonesia")
