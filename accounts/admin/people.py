"""Accounts, consent, and requests about personal data with their 72 hours."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

from accounts.admin.fields import ReasonForm
from accounts.admin_actions import ActionAdmin, ObjectAction
from accounts.admin_scope import IndexCard, ScopedAdmin, register_index_card
from accounts.models import Consent, DataRequest, RequestKind, User
from accounts.permissions import can_answer, can_read_consents


class AnswerForm(forms.Form):
    text = forms.CharField(label="Jawaban", max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))


@admin.register(User)
class UserAdmin(ActionAdmin):
    """For superusers. The password's hash is shown to nobody; rights are given by invitation."""

    list_display = ("email", "name", "is_active", "date_joined")
    list_filter = ("is_active", "is_superuser")
    search_fields = ("email", "name")
    ordering = ("-id",)
    fields = ("email", "name", "phone", "is_active", "is_superuser", "date_joined", "last_login", "erased_at")
    readonly_fields = ("email", "phone", "is_active", "is_superuser", "date_joined", "last_login", "erased_at")
    version_ignores = ("last_login",)
    object_actions = (
        ObjectAction(
            "tutup",
            "Tutup akun",
            "Akun tidak dapat dipakai lagi, dan orangnya dikeluarkan dari semua perangkat. Datanya tetap ada.",
            ReasonForm,
            lambda user, row: user.is_superuser and row.is_active and row != user,
            lambda row, user, data: row.close(user, data["reason"]),
            is_danger=True,
        ),
        ObjectAction(
            "buka",
            "Buka kembali akun",
            "Akun dapat dipakai lagi dengan kata sandi yang lama.",
            ReasonForm,
            lambda user, row: user.is_superuser and not row.is_active and not row.erased_at,
            lambda row, user, data: row.reopen(user, data["reason"]),
        ),
    )

    def can_change(self, user: User, obj: User | None) -> bool:
        return user.is_superuser and not (obj and obj.erased_at)


@admin.register(Consent)
class ConsentAdmin(ScopedAdmin):
    list_display = ("user", "purpose", "text_version", "given_at", "withdrawn_at")
    list_filter = ("purpose",)
    list_select_related = ("user",)
    ordering = ("-id",)
    fields = ("user", "purpose", "text_version", "given_at", "withdrawn_at")

    def can_view(self, user: User) -> bool:
        return can_read_consents(user)


@admin.register(DataRequest)
class DataRequestAdmin(ActionAdmin):
    list_display = ("kind", "filed_at", "clock_in_words", "is_proven")
    list_filter = ("state", "kind")
    ordering = ("-filed_at", "-id")
    fields = (
        *("kind", "text", "email", "user", "is_proven", "filed_at", "due_at", "clock_in_words"),
        *("state", "answered_at", "answer_text"),
    )
    object_actions = (
        ObjectAction(
            "jawab",
            "Jawab",
            "Jawaban dikirim ke alamat e-mail pemohon.",
            AnswerForm,
            lambda user, row: row.state == "open" and can_answer(user, row),
            lambda row, user, data: row.answer(user, data["text"]),
        ),
        ObjectAction(
            "tolak",
            "Tolak dengan alasan",
            "Alasan dikirim ke alamat e-mail pemohon.",
            AnswerForm,
            lambda user, row: row.state == "open" and can_answer(user, row),
            lambda row, user, data: row.answer(user, data["text"], refuse=True),
        ),
        ObjectAction(
            "hapus",
            "Hapus data akun dan jawab",
            "Nama, e-mail, dan telepon dikosongkan, semua peran dicabut, akun ditutup. Tidak dapat dibatalkan.",
            AnswerForm,
            lambda user, row: (
                row.state == "open" and row.kind == RequestKind.ERASURE and bool(row.owner) and can_answer(user, row)
            ),
            lambda row, user, data: row.erase_account(user, data["text"]),
            is_danger=True,
        ),
    )

    @admin.display(description="waktu")
    def clock_in_words(self, row: DataRequest) -> str:
        return row.clock

    @admin.display(description="alamat terbukti", boolean=True)
    def is_proven(self, row: DataRequest) -> bool:
        return bool(row.confirmed_at)

    def can_view(self, user: User) -> bool:
        return can_read_consents(user)


@register_index_card
def data_request_card(request: HttpRequest) -> list[IndexCard]:
    """Requests about personal data that wait, for whoever answers them."""
    user: Any = request.user
    if not can_read_consents(user):
        return []
    waiting = list(DataRequest.objects.open().visible_to(user).order_by("due_at")[:100])
    if not waiting:
        return []
    url = f"{reverse('admin:accounts_datarequest_changelist')}?state__exact=open"
    text = f"{len(waiting)} menunggu jawaban; yang paling mendesak {waiting[0].clock}"
    return [IndexCard("Permintaan data pribadi", text, url, is_urgent=waiting[0].is_late)]
