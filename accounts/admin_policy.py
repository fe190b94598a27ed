"""The admin of a rule that differs by area: officers set their own area's row, superusers the nation's as well."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.admin_scope import ScopedAdmin, signed_in
from accounts.models import Role, User
from regions.fields import AreaField
from regions.models import Area
from regions.models.policy import Policy


class PolicyAdmin(ScopedAdmin):
    """The base of every policy's admin; a subclass names the `role` whose officers set it, and the columns."""

    role: Role
    list_select_related = ("area",)
    ordering = ("id",)

    @admin.display(description="wilayah")
    def place(self, policy: Policy) -> str:
        return str(policy.area or "Indonesia")

    def own_areas(self, user: User) -> list[str]:
        return [grant.area_id for grant in user.grants if grant.role == self.role and grant.area_id]

    def can_view(self, user: User) -> bool:
        return user.is_superuser or bool(self.own_areas(user))

    def can_add(self, user: User) -> bool:
        return self.can_view(user)

    def can_change(self, user: User, obj: Policy | None) -> bool:
        return self.can_view(user)  # which rows is `get_queryset`'s affair

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows, user = self.model._default_manager.all(), signed_in(request)
        return rows if user.is_superuser else rows.filter(area__in=self.own_areas(user))

    def get_readonly_fields(self, request: HttpRequest, obj: Policy | None = None) -> tuple[str, ...]:
        return ("area",) if obj else ()

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name != "area":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        user = signed_in(request)
        if user.is_superuser:
            return AreaField(level=None, required=False, label="Wilayah", help_text=db_field.help_text)
        own = Area.objects.filter(pk__in=self.own_areas(user))
        return db_field.formfield(queryset=own, required=True, empty_label="Pilih wilayah", help_text="")
