"""The admin site and the base of every model admin: rows through `visible_to`, no counting, no silent overwrite.

Stock admin fails in ways that matter here, each proved: a missing object redirects, a stale form silently puts old
values back, every list counts its table, any local field can be looked up, the log stores names of people. Nothing is
deleted here, and no page needs Django's own scripts or styles: the templates stand on the portal's look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.text import capfirst
from django.views.decorators.cache import never_cache

from accounts.admin_forms import VersionedForm, plain_widget, sections
from accounts.admin_lists import KeysetChangeList, filter_lookups
from accounts.limits import secret_digest
from accounts.models import User
from regions.fields import AreaField
from regions.models import Area


class IndexCard(NamedTuple):
    """Work that waits, on the first page: "3 lewat tenggat" and where to go."""

    title: str
    text: str
    url: str
    is_urgent: bool = False


CardMaker = Callable[[HttpRequest], Iterable[IndexCard]]
_card_makers: list[CardMaker] = []


def register_index_card(maker: CardMaker) -> CardMaker:
    """Show what `maker(request)` returns on the admin's first page; a decorator as well. None is shown for ()."""
    if maker not in _card_makers:
        _card_makers.append(maker)
    return maker


class PortalAdminSite(admin.AdminSite):
    """Open to whoever holds an officer's grant today; people sign in through allauth and nowhere else."""

    site_header = "Portal KIM"
    site_title = "Portal KIM"
    index_title = "Pekerjaan hari ini"
    enable_nav_sidebar = False
    empty_value_display = "–"
    # Views of stock admin that only its own scripts need, or that would be a second door to a password.
    closed = frozenset({"autocomplete", "jsi18n", "view_on_site", "password_change", "password_change_done"})

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.disable_action("delete_selected")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Stock admins that other packages bring (allauth's addresses and second factors, groups) stay out."""
        if admin_class is not None and issubclass(admin_class, ScopedAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_authenticated and request.user.is_staff)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [each for each in super().get_urls() if getattr(each, "name", None) not in self.closed]

    @method_decorator(never_cache)
    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send people to the portal's own login: Django's would know no limit and no second factor."""
        wanted = request.GET.get("next", "")
        is_safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
        target = wanted if is_safe else reverse("admin:index")
        if self.has_permission(request):
            return HttpResponseRedirect(target)
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect(f"{reverse('account_login')}?{urlencode({'next': target})}")

    @method_decorator(never_cache)
    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("account_logout")

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        cards = [card for maker in _card_makers for card in maker(request)]
        return super().index(request, {"cards": cards, **(extra_context or {})})


FORBIDDEN = ("list_editable", "filter_horizontal", "filter_vertical", "autocomplete_fields", "raw_id_fields")
ALSO_FORBIDDEN = ("date_hierarchy", "prepopulated_fields", "save_as")


class ScopedAdmin(admin.ModelAdmin):
    """The base of every model admin.

    Subclasses say who may with `can_view`, `can_add` and `can_change` (default: superusers), what is listed with
    `list_display`, `list_filter` and `ordering` (plain field names that are never null, the primary key is added), and
    where the rule for rows is not `Model.objects.visible_to(user)`, nothing: there is no other door.
    """

    form = VersionedForm
    actions: Any = ()
    sortable_by = ()  # one order a list, the one its index serves
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 20
    save_label = "Simpan"
    view_on_site = False  # its redirect is closed; pages link to the public address themselves
    version_ignores: tuple[str, ...] = ()  # fields that change by themselves, such as last_login

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        wrong = [name for name in FORBIDDEN + ALSO_FORBIDDEN if getattr(cls, name)]
        wrong += [each.__name__ for each in cls.inlines if issubclass(each, admin.TabularInline)]
        if wrong:
            raise ImproperlyConfigured(f"{cls.__name__} uses {', '.join(wrong)}: see design.md section 4.")

    # --- Who may ---------------------------------------------------------------------------------------------------
    def can_view(self, user: User) -> bool:
        """Whether this person may open the list at all; which rows is `visible_to`'s affair."""
        return user.is_superuser

    def can_add(self, user: User) -> bool:
        return False

    def can_change(self, user: User, obj: Any) -> bool:
        """`obj` is None where the question is about any row."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request) and self.can_view(signed_in(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request) and self.can_add(signed_in(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request) and self.can_change(signed_in(request), obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    # --- Which rows --------------------------------------------------------------------------------------------------
    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        rows = self.model._default_manager.all()
        if (visible_to := getattr(rows, "visible_to", None)) is not None:
            return visible_to(request.user)
        return rows if request.user.is_superuser else rows.none()

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The row, locked and read afresh before it is changed; a missing and a foreign one are the same 404."""
        obj = super().get_object(request, object_id)
        if obj is None:
            raise Http404
        if request.method == "POST":
            list(self.model._base_manager.select_for_update().filter(pk=obj.pk).values_list("pk"))
            obj.refresh_from_db()
        return obj

    def to_field_allowed(self, request: HttpRequest, to_field: str) -> bool:
        return to_field == self.opts.pk.name

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only what a declared filter asks; stock admin lets anybody ask any local field for its first letters."""
        return lookup in {name for each in self.get_list_filter(request) for name in filter_lookups(each)}

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[KeysetChangeList]:
        return KeysetChangeList

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {}  # a link must not fill in a form for an officer

    # --- Forms -------------------------------------------------------------------------------------------------------
    def version_of(self, obj: Any) -> str:
        """A digest of the row as the form saw it: another one at saving means that somebody else was faster."""
        fields = [each for each in self.opts.concrete_fields if each.name not in self.version_ignores]
        return secret_digest("version", *(repr(each.value_from_object(obj)) for each in fields))[:32]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"version_of": staticmethod(self.version_of) if change else None})

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [name for name in super().get_fields(request, obj) if name != "version"]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The model's own form field: no "add another" buttons, no calendar scripts; choices only from visible rows."""
        if isinstance(db_field, models.ForeignKey) and db_field.remote_field.model is Area:
            return AreaField(level=None, required=not db_field.blank, label=capfirst(db_field.verbose_name))
        if not isinstance(db_field, models.ForeignKey | models.ManyToManyField):
            return db_field.formfield(**{**plain_widget(db_field), **kwargs})
        rows = db_field.remote_field.model._default_manager.all()
        if (visible_to := getattr(rows, "visible_to", None)) is not None:
            kwargs.setdefault("queryset", visible_to(request.user))
        return db_field.formfield(**kwargs)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        form = context["adminform"].form
        context.update(sections=sections(context["adminform"]), form=form, save_label=self.save_label)
        response: Any = super().render_change_form(request, context, *args, **kwargs)
        if getattr(form, "conflict", None):
            response.status_code = 409
        return response

    @property
    def media(self) -> forms.Media:
        return forms.Media()

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """Stock admin's message names the object, and messages travel in a cookie."""
        self.message_user(request, "Tersimpan.", messages.SUCCESS)
        return self.response_post_save_add(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        self.message_user(request, "Perubahan tersimpan.", messages.SUCCESS)
        return self.response_post_save_change(request, obj)

    # --- What stock admin would do besides ---------------------------------------------------------------------------
    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        self.get_object(request, object_id)  # a foreign row is not there; the others are not deleted
        raise PermissionDenied

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        rows = self.history_rows(request, obj)
        title = f"Riwayat: {self.opts.verbose_name}"
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "rows": rows,
            "opts": self.opts,
            "object": obj,
        }
        return TemplateResponse(request, "admin/object_history.html", context)

    def history_rows(self, request: HttpRequest, obj: Any) -> list[HistoryRow]:
        """The object's own events, newest first, without their texts; models without events have no history."""
        if not hasattr(obj, "events"):
            return []
        events = obj.events.order_by("-sequence")[:100]
        return [HistoryRow(each.at, each.actor_label, self.action_label(each.action)) for each in events]

    def action_label(self, action: str) -> str:
        """The words for an event's action."""
        return action.replace("_", " ")

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Django's log keeps the names of objects for ever; ours are events."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """See log_addition."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """See log_addition."""


def signed_in(request: HttpRequest) -> User:
    """The person behind a request that the site's `has_permission` has let in."""
    return cast("User", request.user)


class HistoryRow(NamedTuple):
    at: datetime
    actor: str
    action: str
    text: str = ""
