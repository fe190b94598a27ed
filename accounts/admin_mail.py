"""The outbox as a superuser sees it: whether mail goes out and why not, never what it says."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.admin_scope import IndexCard, ScopedAdmin, register_index_card, signed_in
from accounts.models import User
from accounts.outbox import OutgoingMail

LATE = timedelta(hours=1)


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ScopedAdmin):
    list_display = ("created_at", "template", "state", "tries", "next_try", "last_error")
    list_filter = ("state",)
    ordering = ("-id",)
    fields = ("created_at", "template", "state", "tries", "next_try", "ended_at", "last_error", "message_id")
    readonly_fields = fields
    actions = ("send_again",)

    def can_change(self, user: User, obj: OutgoingMail | None) -> bool:
        return user.is_superuser

    @admin.display(description="dicoba lagi")
    def next_try(self, mail: OutgoingMail) -> datetime | None:
        return mail.due_at if mail.state == OutgoingMail.State.QUEUED else None

    @admin.action(description="Kirim lagi yang gagal", permissions=["change"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[OutgoingMail]) -> None:
        number = sum(mail.send_again() for mail in queryset)
        self.message_user(request, f"{number} surat masuk antrean lagi.", messages.SUCCESS)


@register_index_card
def mail_cards(request: HttpRequest) -> list[IndexCard]:
    """Mail that does not go out is nobody's complaint: whoever waits for it does not know. So it is told here."""
    if not signed_in(request).is_superuser:
        return []
    place, cards = reverse("admin:accounts_outgoingmail_changelist"), []
    oldest = OutgoingMail.objects.oldest_waiting()
    if oldest and timezone.now() - oldest > LATE:
        text = "Surat tertua menunggu lebih dari satu jam. Periksa server surat dan pekerja latar."
        cards.append(IndexCard("Surat tertahan", text, f"{place}?state__exact=queued", True))
    if OutgoingMail.objects.filter(state=OutgoingMail.State.FAILED).exclude(to="").exists():
        text = "Ada surat yang tidak dicoba lagi. Perbaiki sebabnya, lalu kirim lagi."
        cards.append(IndexCard("Surat gagal", text, f"{place}?state__exact=failed", True))
    return cards
