"""From which share of a target a figure counts as reached: set by the agency of an area."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.admin_actions import officer
from accounts.admin_scope import ScopedAdmin
from accounts.models import Role, User
from libraries.models import LibraryPolicy
from regions.fields import AreaField
from regions.models import Area


def own_areas(user: User) -> list[str]:
    return [grant.area_id for grant in user.grants if grant.role == Role.LIBRARY_OFFICER and grant.area_id]


@admin.register(LibraryPolicy)
class LibraryPolicyAdmin(ScopedAdmin):
    list_display = ("place", "green_from", "yellow_from")
    list_select_related = ("area",)
    ordering = ("id",)

    @admin.display(description="wilayah")
    def place(self, policy: LibraryPolicy) -> str:
        return str(policy.area or "Indonesia")

    def can_view(self, user: User) -> bool:
        return user.is_superuser or bool(own_areas(user))

    def can_add(self, user: User) -> bool:
        return self.can_view(user)

    def can_change(self, user: User, obj: LibraryPolicy | None) -> bool:
        return self.can_view(user)  # which rows is `get_queryset`'s affair

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows, user = LibraryPolicy.objects.all(), officer(request)
        return rows if user.is_superuser else rows.filter(area__in=own_areas(user))

    def get_readonly_fields(self, request: HttpRequest, obj: LibraryPolicy | None = None) -> tuple[str, ...]:
        return ("area",) if obj else ()

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name != "area":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        if officer(request).is_superuser:
            return AreaField(
                level=None, required=False, label="Wilayah", help_text="Kosong berarti berlaku di seluruh Indonesia."
            )
        own = Area.objects.filter(pk__in=own_areas(officer(request)))
        return db_field.formfield(queryset=own, required=True, empty_label="Pilih wilayah", help_text="")
