"""The guideline library: officers publish a guideline and its next versions for their own area."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.admin_actions import officer
from accounts.admin_forms import VersionedForm
from accounts.admin_scope import ScopedAdmin
from accounts.models import User
from partnerships.models import Guideline
from partnerships.models.guideline import ORDER
from partnerships.permissions import can_record_facilitation, records_facilitation
from uploads.fields import DocumentField
from uploads.models import Document

FACTS = ("title", "summary", "tier", "topic", "area", "is_public")


class GuidelineForm(VersionedForm):
    officer: User
    document = DocumentField(
        label="Berkas versi baru", required=False, help_text="PDF sampai 5 MB, atau foto lembarannya."
    )
    note = forms.CharField(label="Yang berubah dalam versi ini", max_length=300, required=False)

    class Meta:
        model = Guideline
        fields = FACTS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk and "document" in self.fields:
            self.fields["document"].required = True
            self.fields["document"].label = "Berkas"

    def clean(self) -> Any:
        data = super().clean() or {}
        area = data.get("area")
        if "area" not in self.errors and not can_record_facilitation(self.officer, area):
            words = "Wilayah ini di luar wilayah tugas Anda." if area else "Tulis wilayah tempat pedoman ini berlaku."
            self.add_error("area", words)
        return data


@admin.register(Guideline)
class GuidelineAdmin(ScopedAdmin):
    form = GuidelineForm
    list_display = ("title", "topic", "tier", "target", "is_public")
    list_filter = ("topic", "tier")
    list_select_related = ("area",)
    ordering = ORDER
    fields = (*FACTS, "document", "note")

    @admin.display(description="berlaku di")
    def target(self, row: Guideline) -> str:
        return row.place

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return Guideline.objects.managed_by(officer(request))

    def can_view(self, user: User) -> bool:
        return records_facilitation(user)

    def can_add(self, user: User) -> bool:
        return records_facilitation(user)

    def can_change(self, user: User, obj: Guideline | None) -> bool:
        return records_facilitation(user)  # which rows is `get_queryset`'s affair

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.officer = request.user
        return form

    def save_model(self, request: HttpRequest, obj: Guideline, form: Any, change: bool) -> None:
        """The row, and where a file came with it the next version."""
        with transaction.atomic():
            obj.keep()
            if safe := form.cleaned_data["document"]:
                file = Document.store(safe)
                obj.publish(file, by=officer(request), note=form.cleaned_data["note"])
