"""Partnerships as an officer of the area reads them. The sides themselves act on their own pages."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.admin_actions import ActionAdmin, ObjectAction
from accounts.admin_filters import AreaFilter, ChoiceFilter
from accounts.admin_scope import signed_in
from accounts.models import User
from partnerships.forms.running import PaperForm
from partnerships.models import Basis, Partnership
from partnerships.models.event import ACTION_LABELS
from partnerships.models.record import PartnershipQuerySet
from partnerships.models.searching import with_words
from partnerships.permissions import can_open_office, side_on_paper
from partnerships.quotas import counted
from partnerships.workflow import Status
from regions.models import LegalStatus
from uploads.models import Document


class StateFilter(ChoiceFilter):
    title = "status"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(code), str(label)) for code, label in Status.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(status=self.value()) if self.value() else queryset


class BasisFilter(ChoiceFilter):
    title = "dasar"
    parameter_name = "dasar"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [*((str(code), str(label)) for code, label in Basis.choices), ("dicabut", "Dasar hukum dicabut")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "dicabut":
            return queryset.filter(legal_basis__status=LegalStatus.REVOKED)
        return queryset.filter(basis=self.value()) if self.value() else queryset


def confirm_on_paper(row: Partnership, by: User, data: dict[str, Any]) -> None:
    side = side_on_paper(by, row)
    if side is None:
        raise ValidationError("Pihak ini sudah menjawab, atau sudah punya akun untuk menjawab sendiri.")
    with counted("scan", by):
        file = Document.store(data["document"])
        try:
            row.confirm_on_paper(side, by=by, signed_on=data["signed_on"], file=file, text=data["text"])
        except BaseException:
            file.erase()
            raise


@admin.register(Partnership)
class PartnershipAdmin(ActionAdmin):
    list_display = ("title", "sides", "basis", "status", "starts_on")
    list_filter = (StateFilter, BasisFilter, AreaFilter)
    list_select_related = ("kim", "institution__merged_into", "partner__merged_into")
    search_fields = ("title",)  # what is searched says `with_words`
    search_help_text = "nama kemitraan, KIM, atau lembaga"
    ordering = ("-starts_on", "-id")
    view_on_site = False
    object_actions = (
        ObjectAction(
            "setuju-lewat-surat",
            "Catat persetujuan lewat surat",
            "Untuk lembaga yang belum punya akun di portal. Lampirkan surat persetujuan yang ditandatangani "
            "pimpinannya. Kedua pihak melihat bahwa Anda yang mencatatnya.",
            PaperForm,
            lambda user, row: side_on_paper(user, row) is not None,
            confirm_on_paper,
        ),
    )
    fields = (
        *("title", "sides", "status", "area", "purpose", "first_duties", "partner_duties"),
        *("starts_on", "ends_on", "basis", "forum", "legal_basis", "expertise", "need", "adaptation"),
    )

    @admin.display(description="para pihak")
    def sides(self, row: Partnership) -> str:
        return f"{row.first} dengan {row.second}"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.fields

    def can_view(self, user: User) -> bool:
        return can_open_office(user)

    def get_queryset(self, request: HttpRequest) -> PartnershipQuerySet:
        return Partnership.objects.reviewed_by(signed_in(request))

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        words = search_term.replace("\0", "").strip()
        return (with_words(queryset, words) if words else queryset), False

    def action_label(self, action: str) -> str:
        return ACTION_LABELS.get(action, action)
