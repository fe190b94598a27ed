"""The outbox as a superuser sees it: whether mail goes out and why not, never what it says."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.admin_scope import ScopedAdmin
from accounts.models import User
from accounts.outbox import OutgoingMail


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ScopedAdmin):
    list_display = ("created_at", "template", "state", "tries", "due_at", "last_error")
    list_filter = ("state",)
    ordering = ("-id",)
    fields = ("created_at", "template", "state", "tries", "due_at", "ended_at", "last_error", "message_id")
    readonly_fields = fields
    actions = ("send_again",)

    def can_change(self, user: User, obj: OutgoingMail | None) -> bool:
        return user.is_superuser

    @admin.action(description="Kirim lagi yang gagal", permissions=["change"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[OutgoingMail]) -> None:
        number = sum(mail.send_again() for mail in queryset)
        self.message_user(request, f"{number} surat masuk antrean lagi.", messages.SUCCESS)
