"""Impact stories that wait for the agency: read, published, sent back, taken off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from accounts.admin_actions import ActionAdmin, NoForm, ObjectAction, officer
from accounts.admin_filters import AreaFilter, ChoiceFilter
from accounts.admin_scope import IndexCard, register_index_card
from accounts.models import User
from libraries.models import ImpactStory
from libraries.permissions import can_open_queue, can_review, oversees
from libraries.workflow import StoryStatus, can_move_story

MOST_COUNTED = 100
SHOWN = ("title", "library_name", "domain", "before", "after", "name", "proof", "agreed", "status", "review_text")


class ReviewForm(forms.Form):
    text = forms.CharField(
        label="Yang perlu diperbaiki",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Pustakawan membaca kalimat ini.",
    )


class StatusFilter(ChoiceFilter):
    """What waits, unless another state is asked for."""

    title = "keadaan"
    parameter_name = "keadaan"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(code, label) for code, label in StoryStatus.choices if code != StoryStatus.DRAFT]

    def choices(self, changelist: Any) -> Iterator[Any]:
        for code, text in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: code})
            yield {"selected": (self.value() or StoryStatus.SUBMITTED) == code, "query_string": query, "display": text}

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(status=self.value() or StoryStatus.SUBMITTED)


def may_move(user: User, row: ImpactStory, to: StoryStatus) -> bool:
    return can_review(user, row.library) and can_move_story(row.status, to)


@admin.register(ImpactStory)
class ImpactStoryAdmin(ActionAdmin):
    list_display = ("title", "library_name", "domain")
    list_filter = (StatusFilter, AreaFilter)
    ordering = ("-id",)
    fields = SHOWN
    readonly_fields = SHOWN
    object_actions = (
        ObjectAction(
            "tayangkan",
            "Tayangkan cerita",
            "Periksa buktinya, dan pastikan tidak ada nama atau alamat yang tidak disetujui orangnya.",
            NoForm,
            lambda user, row: may_move(user, row, StoryStatus.PUBLISHED),
            lambda row, user, data: row.move(StoryStatus.PUBLISHED, by=user),
        ),
        ObjectAction(
            "minta-perbaikan",
            "Minta perbaikan",
            "Cerita kembali kepada pustakawan. Yang sudah tayang berhenti tayang.",
            ReviewForm,
            lambda user, row: may_move(user, row, StoryStatus.REVISION),
            lambda row, user, data: row.move(StoryStatus.REVISION, by=user, text=data["text"]),
        ),
        ObjectAction(
            "tarik",
            "Tarik cerita",
            "Cerita hilang untuk selamanya, dengan nama dan buktinya. Pakai bila orangnya menarik persetujuan.",
            NoForm,
            lambda user, row: oversees(user, row.library) and can_move_story(row.status, StoryStatus.WITHDRAWN),
            lambda row, user, data: row.withdraw(by=user),
            is_danger=True,
        ),
    )

    def can_view(self, user: User) -> bool:
        return can_open_queue(user)

    @admin.display(description="perpustakaan")
    def library_name(self, row: ImpactStory) -> str:
        return row.library.institution.name

    @admin.display(description="nama yang tampil")
    def name(self, row: ImpactStory) -> str:
        return row.shown_name

    @admin.display(description="persetujuan")
    def agreed(self, row: ImpactStory) -> str:
        words = "dengan nama asli" if row.is_named else "dengan nama samaran"
        return f"{words}, versi {row.consent.text_version}"

    @admin.display(description="bukti")
    def proof(self, row: ImpactStory) -> str:
        address = row.proof_url
        if row.proof_file:
            address = reverse("libraries:story_proof", args=[row.library.slug, row.pk])
        return format_html('<a href="{}" rel="noopener nofollow">{}</a>', address, "Buka bukti") if address else "–"


@register_index_card
def story_cards(request: HttpRequest) -> list[IndexCard]:
    """How many stories wait to be read."""
    user = officer(request)
    if not can_open_queue(user):
        return []
    rows = ImpactStory.objects.visible_to(user).filter(status=StoryStatus.SUBMITTED)
    waiting = rows.order_by()[:MOST_COUNTED].count()
    words = f"{waiting} cerita" if waiting < MOST_COUNTED else f"Lebih dari {MOST_COUNTED - 1} cerita"
    address = reverse("admin:libraries_impactstory_changelist")
    return [IndexCard("Cerita dampak menunggu diperiksa", words if waiting else "Tidak ada.", address)]
