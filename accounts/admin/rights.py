"""Invitations and the rights they gave: within the officer's own area only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from accounts.admin.fields import ReasonForm
from accounts.admin_actions import ActionAdmin, NoForm, ObjectAction, officer
from accounts.models import GIVES, Institution, Invitation, Role, RoleGrant, User
from accounts.notifications import link
from accounts.permissions import can_cancel, can_give, can_revoke
from regions.fields import AreaField


def gives_anything(user: User) -> bool:
    return user.is_superuser or any(GIVES[Role(grant.role)] for grant in user.grants)


def roles_given_by(user: User) -> list[tuple[str, str]]:
    given = set(Role) if user.is_superuser else {role for grant in user.grants for role in GIVES[Role(grant.role)]}
    return [(role.value, role.label) for role in Role if role in given]


class InvitationForm(forms.ModelForm):
    """Asks `can_give` for the officer that the admin sets."""

    officer: User
    area = AreaField(label="Wilayah", level=None, required=False)

    class Meta:
        model = Invitation
        fields = ["email", "role", "area", "institution", "valid_until"]
        labels = {"valid_until": "Peran berlaku sampai"}
        widgets = {"valid_until": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not can_give(self.officer, data["role"], data["area"], data["institution"]):
            raise forms.ValidationError(
                "Anda tidak dapat memberi peran ini di sana. Pejabat Penghubung memerlukan lembaga; peran lain "
                "memerlukan wilayah dalam wilayah tugas Anda."
            )
        return data


@admin.register(Invitation)
class InvitationAdmin(ActionAdmin):
    save_label = "Kirim undangan"
    list_display = ("email", "role", "area", "institution", "invited_at", "state_in_words")
    list_select_related = ("area", "institution")
    ordering = ("-invited_at", "-id")
    object_actions = (
        ObjectAction(
            "batal",
            "Batalkan undangan",
            "Tautan undangan tidak dapat dipakai lagi.",
            NoForm,
            lambda user, row: row.is_open and can_cancel(user, row),
            lambda row, user, data: row.cancel(user),
            is_danger=True,
        ),
    )

    @admin.display(description="keadaan")
    def state_in_words(self, row: Invitation) -> str:
        return row.state

    def can_view(self, user: User) -> bool:
        return gives_anything(user)

    def can_add(self, user: User) -> bool:
        return gives_anything(user)

    def get_fields(self, request: HttpRequest, obj: Invitation | None = None) -> Any:
        shown = ("invited_by", "invited_at", "expires_at", "state_in_words") if obj else ()
        return ("email", "role", "area", "institution", "valid_until", *shown)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj:
            return super().get_form(request, obj, change=change, **kwargs)
        form = type("InvitationForm", (InvitationForm,), {"officer": request.user, "version_of": None})
        institutions = Institution.objects.in_use().visible_to(officer(request))
        fields: dict[str, Any] = form.base_fields  # type: ignore[attr-defined]  # made by type()
        fields["institution"].queryset, fields["institution"].empty_label = institutions, "Tanpa lembaga"
        fields["role"].choices = [("", "Pilih peran"), *roles_given_by(officer(request))]
        return form

    def save_model(self, request: HttpRequest, obj: Invitation, form: Any, change: bool) -> None:
        sent, token = Invitation.send(officer(request), **form.cleaned_data)
        request.invitation_token = token  # type: ignore[attr-defined]  # read below
        obj.pk = sent.pk

    def response_add(self, request: HttpRequest, obj: Invitation, post_url_continue: str | None = None) -> HttpResponse:
        """The link is shown on this one page: a message would carry it in a cookie."""
        sent = Invitation.objects.get(pk=obj.pk)
        url = link("accounts:invitation", request.invitation_token)  # type: ignore[attr-defined]  # by save_model
        context = {**self.admin_site.each_context(request), "title": "Undangan terkirim", "opts": self.opts}
        return TemplateResponse(
            request, "admin/accounts/invitation_sent.html", {**context, "invitation": sent, "url": url}
        )


@admin.register(RoleGrant)
class RoleGrantAdmin(ActionAdmin):
    """Given by invitation alone; here they are seen and taken back."""

    list_display = ("user", "role", "area", "institution", "valid_from", "valid_until", "state_in_words")
    list_filter = ("role",)
    list_select_related = ("user", "area", "institution")
    ordering = ("-id",)
    fields = ("user", "role", "area", "institution", "valid_from", "valid_until", "granted_by", "state_in_words")
    object_actions = (
        ObjectAction(
            "cabut",
            "Cabut peran",
            "Peran berakhir sekarang juga, dan orangnya diberi tahu lewat e-mail.",
            ReasonForm,
            lambda user, row: not row.revoked_at and can_revoke(user, row),
            lambda row, user, data: row.revoke(user, data["reason"]),
            is_danger=True,
        ),
    )

    @admin.display(description="keadaan")
    def state_in_words(self, row: RoleGrant) -> str:
        return row.state

    def can_view(self, user: User) -> bool:
        return gives_anything(user)
