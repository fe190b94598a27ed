"""What an officer does to one object beside editing it: a page of its own that explains, asks, and calls the model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from accounts.admin_scope import ScopedAdmin
from accounts.models import User

ACTION_WORDS = {
    "absorbed": "menerima gabungan lembaga",
    "added": "ditambahkan",
    "answered": "dijawab",
    "blanked": "isi dikosongkan",
    "changed": "diubah",
    "closed": "akun ditutup",
    "confirmed": "alamat terbukti",
    "consent_withdrawn": "persetujuan ditarik",
    "erased": "data dihapus",
    "filed": "diajukan",
    "grant_given": "peran diberikan",
    "grant_revoked": "peran dicabut",
    "invitation_cancelled": "undangan dibatalkan",
    "invited": "mengundang",
    "merged": "digabung ke lembaga lain",
    "refused": "ditolak",
    "reopened": "akun dibuka kembali",
}


class ObjectAction(NamedTuple):
    """One button on an object's page, and what it leads to."""

    name: str
    label: str
    explanation: str
    form: type[forms.Form]
    may: Callable[[User, Any], bool]
    run: Callable[[Any, User, dict[str, Any]], None]  # the object, who, what was typed
    is_danger: bool = False


def officer(request: HttpRequest) -> User:
    """Whoever is signed in, for the type checker: the admin site let nobody else in."""
    return cast("User", request.user)


class NoForm(forms.Form):
    """Nothing to type, only to confirm."""


class ActionAdmin(ScopedAdmin):
    change_form_template = "admin/accounts/change_form.html"
    object_actions: tuple[ObjectAction, ...] = ()

    def get_urls(self) -> list[URLPattern]:
        place = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view(self.action_view)
        return [path("<int:pk>/tindakan/<slug:name>/", view, name=f"{place}_action"), *super().get_urls()]

    def action_label(self, action: str) -> str:
        return ACTION_WORDS[action]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> TemplateResponse:
        obj = context.get("original")
        open_actions = [each for each in self.object_actions if obj and each.may(officer(request), obj)]
        context["object_actions"] = [(self.url(obj, "action", each.name), each) for each in open_actions]
        return super().render_change_form(request, context, *args, **kwargs)

    def url(self, obj: Any, view: str, *more: str) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{view}", args=[obj.pk, *more])

    def action_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        obj = self.get_queryset(request).filter(pk=pk).first() if self.has_view_permission(request) else None
        action = next((each for each in self.object_actions if each.name == name), None)
        if obj is None or action is None:
            raise Http404
        if not action.may(officer(request), obj):
            raise PermissionDenied
        form = action.form(*((request.POST, request.FILES) if request.method == "POST" else ()))
        if request.method == "POST" and form.is_valid() and self.carry_out(request, action, obj, form):
            self.message_user(request, f"{action.label}: selesai.", messages.SUCCESS)
            return redirect(self.url(obj, "change"))
        context = {**self.admin_site.each_context(request), "title": action.label, "opts": self.opts}
        context |= {"action": action, "form": form, "object": obj, "back": self.url(obj, "change")}
        return TemplateResponse(request, "admin/accounts/action.html", context)

    def carry_out(self, request: HttpRequest, action: ObjectAction, obj: Any, form: forms.Form) -> bool:
        try:
            action.run(obj, officer(request), form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error.messages)
            return False
        return True
