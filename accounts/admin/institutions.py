"""Institutions: kept and merged by the officers of their area."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from accounts.admin_actions import ActionAdmin, ObjectAction
from accounts.admin_forms import VersionedForm
from accounts.models import Institution, InstitutionEvent, User
from accounts.permissions import INSTITUTION_KEEPERS, can_edit_institution, can_merge


class MergeForm(forms.Form):
    target = forms.IntegerField(label="Nomor lembaga tujuan", min_value=1, help_text="Lihat kolom nomor di daftar.")


class InstitutionForm(VersionedForm):
    officer: User

    class Meta:
        model = Institution
        fields = ["name", "sector", "area", "email", "phone", "is_contact_public", "is_active"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("area") and not can_edit_institution(self.officer, Institution(area=data["area"])):
            self.add_error("area", "Wilayah ini di luar wilayah tugas Anda.")
        return data


def merge(row: Institution, user: User, data: dict[str, Any]) -> None:
    target = Institution.objects.in_use().visible_to(user).filter(pk=data["target"]).first()
    if target is None or not can_merge(user, row, target):
        raise forms.ValidationError("Lembaga tujuan tidak ada dalam wilayah tugas Anda.")
    row.merge_into(target, user)


@admin.register(Institution)
class InstitutionAdmin(ActionAdmin):
    form = InstitutionForm
    list_display = ("name", "pk", "sector", "area", "is_active")
    list_filter = ("sector", "is_active")
    list_select_related = ("area",)
    ordering = ("name", "id")
    object_actions = (
        ObjectAction(
            "gabung",
            "Gabungkan ke lembaga lain",
            "Lembaga tujuan menggantikan lembaga ini. Pejabat penghubungnya ikut pindah. Riwayat tetap ada.",
            MergeForm,
            lambda user, row: not row.merged_into_id and can_edit_institution(user, row),
            merge,
            is_danger=True,
        ),
    )

    def can_view(self, user: User) -> bool:
        return user.is_staff

    def can_add(self, user: User) -> bool:
        return user.is_superuser or any(grant.role in INSTITUTION_KEEPERS for grant in user.grants)

    def can_change(self, user: User, obj: Institution | None) -> bool:
        if obj is None:
            return self.can_add(user)
        return not obj.merged_into_id and can_edit_institution(user, obj)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.officer = request.user
        return form

    def save_model(self, request: HttpRequest, obj: Institution, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        changed = [name for name in form.changed_data if name != "version"]
        user: Any = request.user
        action = "changed" if change else "added"
        InstitutionEvent.append(obj, action, actor=user, actor_label=user.label, fields=changed)
