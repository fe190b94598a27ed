"""Legal bases, the duties they bring, and customary villages: kept by the verifiers of their area."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.admin_forms import VersionedForm
from accounts.admin_scope import ScopedAdmin, signed_in
from accounts.models import Role, User
from partnerships.models import LegalPaper, Obligation
from partnerships.models.record import OFFICERS
from partnerships.permissions import can_open_office
from regions.models import CustomaryVillage, LegalBasis, code_prefixes
from uploads.fields import DocumentField
from uploads.models import Document

OUTSIDE = "Wilayah ini di luar wilayah tugas Anda."


def keeps(user: User, code: str | None) -> bool:
    """Whether this person keeps the rules of the area with this code; None is the whole country."""
    return user.is_superuser or user.has_role(Role.KIM_VERIFIER, code_prefixes(code) if code else [])


class AreaKeptForm(VersionedForm):
    """A row that may lie in the officer's own areas only."""

    officer: User
    place = "area"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        area = data.get(self.place)
        if self.place in self.fields and self.place not in self.errors and not keeps(self.officer, area and area.pk):
            self.add_error(self.place, OUTSIDE)
        return data


class KeptAdmin(ScopedAdmin):
    """Read by the officers of KIM, written by the verifiers of the row's area."""

    form = AreaKeptForm

    def can_view(self, user: User) -> bool:
        return can_open_office(user)

    def can_add(self, user: User) -> bool:
        return user.is_superuser or any(grant.role == Role.KIM_VERIFIER for grant in user.grants)

    def can_change(self, user: User, obj: Any) -> bool:
        return self.can_add(user) if obj is None else keeps(user, getattr(obj, f"{self.form.place}_id"))

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        user, rows = signed_in(request), self.model._default_manager.all()
        return rows if user.is_superuser else rows.filter(user.scope(OFFICERS))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.officer = request.user
        return form


class LegalBasisForm(AreaKeptForm):
    place = "issuer_area"
    url = forms.URLField(label="Alamat naskah", max_length=300, required=False, assume_scheme="https")
    document = DocumentField(label="Berkas naskah", required=False, help_text="PDF sampai 5 MB, atau foto.")

    class Meta:
        model = LegalBasis
        fields = ("kind", "number", "year", "about", "issuer", "issuer_area", "article", "url", "status")


@admin.register(LegalBasis)
class LegalBasisAdmin(KeptAdmin):
    """Everybody may read the law, so every officer sees all of them; the verifier of its area keeps it."""

    form = LegalBasisForm
    list_display = ("__str__", "about", "issuer_area", "status")
    list_filter = ("kind", "status")
    list_select_related = ("issuer_area",)
    ordering = ("-year", "-id")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = LegalBasis.objects.all()
        return rows if can_open_office(signed_in(request)) else rows.none()

    def save_model(self, request: HttpRequest, obj: LegalBasis, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if safe := form.cleaned_data.get("document"):
            old = LegalPaper.objects.filter(legal_basis=obj).select_related("file").first()
            LegalPaper.objects.update_or_create(legal_basis=obj, defaults={"file": Document.store(safe)})
            if old:
                old.file.erase()  # nobody could read it any more


@admin.register(Obligation)
class ObligationAdmin(KeptAdmin):
    list_display = ("area", "legal_basis", "villages")
    list_select_related = ("area", "legal_basis")
    ordering = ("area_id", "id")
    fields = ("area", "legal_basis")

    @admin.display(description="desa tanpa KIM aktif")
    def villages(self, row: Obligation) -> str:
        figures = row.figures
        return f"{figures['lacking']} dari {figures['villages']}"


@admin.register(CustomaryVillage)
class CustomaryVillageAdmin(KeptAdmin):
    list_display = ("name", "area")
    list_select_related = ("area",)
    ordering = ("name", "id")
    fields = ("name", "area")
