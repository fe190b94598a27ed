"""What an area asks of its KIM."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.admin_scope import ScopedAdmin
from accounts.models import User
from groups.models import KimPolicy
from groups.permissions import verified_areas
from regions.fields import AreaField
from regions.models import Area


@admin.register(KimPolicy)
class KimPolicyAdmin(ScopedAdmin):
    """A verifier sets the sizes of the own area; the nation's are a superuser's."""

    list_display = ("place", "min_members", "max_members", "warning_days")
    list_select_related = ("area",)
    ordering = ("id",)

    @admin.display(description="wilayah")
    def place(self, policy: KimPolicy) -> str:
        return str(policy.area or "Indonesia")

    def can_view(self, user: User) -> bool:
        return user.is_superuser or bool(verified_areas(user))

    def can_add(self, user: User) -> bool:
        return self.can_view(user)

    def can_change(self, user: User, obj: KimPolicy | None) -> bool:
        return self.can_view(user)  # which rows is `get_queryset`'s affair

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = KimPolicy.objects.all()
        return rows if request.user.is_superuser else rows.filter(area__in=verified_areas(request.user))  # type: ignore[arg-type]  # signed in

    def get_readonly_fields(self, request: HttpRequest, obj: KimPolicy | None = None) -> tuple[str, ...]:
        return ("area",) if obj else ()

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name != "area":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        if request.user.is_superuser:
            return AreaField(
                level=None, required=False, label="Wilayah", help_text="Kosong berarti berlaku di seluruh Indonesia."
            )
        own = Area.objects.filter(pk__in=verified_areas(request.user))  # type: ignore[arg-type]  # signed in
        return db_field.formfield(queryset=own, required=True, empty_label="Pilih wilayah", help_text="")
