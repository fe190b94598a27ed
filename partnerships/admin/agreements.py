"""Agreements as the officers of an area read them. Their parties write them on their own pages."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.admin_filters import AreaFilter, ChoiceFilter
from accounts.admin_scope import signed_in
from partnerships.admin.meetings import ReadAdmin
from partnerships.models import Agreement
from partnerships.models.agreement_record import AgreementQuerySet
from partnerships.models.event import ACTION_LABELS
from partnerships.workflow import AgreementStatus
from regions.templatetags.regions import in_words

ENDING = "ending"


class AgreementFilter(ChoiceFilter):
    title = "keadaan"
    parameter_name = "keadaan"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(ENDING, "Segera berakhir"), *AgreementStatus.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        assert isinstance(queryset, AgreementQuerySet)
        if self.value() == ENDING:
            return queryset.ending()
        return queryset.filter(status=self.value()) if self.value() else queryset


@admin.register(Agreement)
class AgreementAdmin(ReadAdmin):
    list_display = ("subject", "kind", "sides", "status", "until")
    list_filter = (AgreementFilter, AreaFilter)
    ordering = ("-id",)
    fields = ("page", "sides", "kind", "subject", "scope", "status", "number", "signed_on", "valid_from", "valid_until")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> AgreementQuerySet:
        return Agreement.objects.reviewed_by(signed_in(request)).with_sides()

    def action_label(self, action: str) -> str:
        return ACTION_LABELS.get(action, action)

    @admin.display(description="para pihak")
    def sides(self, row: Agreement) -> str:
        return f"{row.first} dengan {row.second}"

    @admin.display(description="berlaku sampai")
    def until(self, row: Agreement) -> str:
        return in_words(row.valid_until) if row.valid_until else "belum ditentukan"

    @admin.display(description="halaman perjanjian")
    def page(self, row: Agreement) -> SafeString:
        return format_html('<a href="{}">{}</a>', row.get_absolute_url(), row)
