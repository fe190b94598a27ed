"""Categories and deadlines: the rows that decide what can be reported and how long it may take."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.admin_scope import ScopedAdmin
from accounts.models import Role, User
from regions.fields import AreaField
from regions.models import Area
from reports.models import Category, ReportPolicy


@admin.register(Category)
class CategoryAdmin(ScopedAdmin):
    list_display = ("name", "code", "kind", "is_sensitive", "is_active", "position")
    list_filter = ("is_active",)
    ordering = ("position",)

    def can_add(self, user: User) -> bool:
        return user.is_superuser

    def can_change(self, user: User, obj: Category | None) -> bool:
        return user.is_superuser

    def get_readonly_fields(self, request: HttpRequest, obj: Category | None = None) -> tuple[str, ...]:
        return ("code",) if obj else ()  # reports and paper forms name it


def coordinated_areas(user: User) -> list[str]:
    return [grant.area_id for grant in user.grants if grant.role == Role.REPORT_COORDINATOR and grant.area_id]


@admin.register(ReportPolicy)
class ReportPolicyAdmin(ScopedAdmin):
    """A coordinator sets the deadlines of the own area; the nation's are a superuser's."""

    list_display = ("name", "verify_days", "follow_up_days", "reply_days", "dispute_days")
    list_select_related = ("area",)
    ordering = ("id",)

    @admin.display(description="wilayah")
    def name(self, policy: ReportPolicy) -> str:
        return str(policy.area or "Indonesia")

    def can_view(self, user: User) -> bool:
        return user.is_superuser or bool(coordinated_areas(user))

    def can_add(self, user: User) -> bool:
        return self.can_view(user)

    def can_change(self, user: User, obj: ReportPolicy | None) -> bool:
        return self.can_view(user)  # which rows is `get_queryset`'s affair

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = ReportPolicy.objects.all()
        return rows if request.user.is_superuser else rows.filter(area__in=coordinated_areas(request.user))  # type: ignore[arg-type]  # signed in

    def get_readonly_fields(self, request: HttpRequest, obj: ReportPolicy | None = None) -> tuple[str, ...]:
        return ("area",) if obj else ()

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name != "area":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        if request.user.is_superuser:
            return AreaField(
                level=None, required=False, label="Wilayah", help_text="Kosong berarti berlaku di seluruh Indonesia."
            )
        own = Area.objects.filter(pk__in=coordinated_areas(request.user))  # type: ignore[arg-type]  # signed in
        return db_field.formfield(queryset=own, required=True, empty_label="Pilih wilayah", help_text="")
