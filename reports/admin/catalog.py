"""Categories and deadlines: the rows that decide what can be reported and how long it may take."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from accounts.admin_policy import PolicyAdmin
from accounts.admin_scope import ScopedAdmin
from accounts.models import Role, User
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


@admin.register(ReportPolicy)
class ReportPolicyAdmin(PolicyAdmin):
    """A coordinator sets the deadlines of the own area; the nation's are a superuser's."""

    role = Role.REPORT_COORDINATOR
    list_display = ("place", "verify_days", "follow_up_days", "reply_days", "dispute_days")
