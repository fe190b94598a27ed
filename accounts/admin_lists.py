"""Lists of the admin: pages by key instead of counting, cells in our own markup."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.utils import display_for_field, label_for_field, lookup_field
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from regions.paging import keyset_page
from regions.templatetags.regions import local_date, local_time

CURSOR = "halaman"
EMPTY = "–"


class Cell(NamedTuple):
    label: str
    content: str | SafeString
    url: str = ""


class KeysetChangeList(ChangeList):
    """The rows after a key, in the one order that an index serves. Nothing is counted."""

    cursor: str | None

    def get_filters_params(self, params: Any = None) -> dict[str, Any]:
        found: dict[str, Any] = super().get_filters_params(params)
        found.pop(CURSOR, None)
        return found

    def get_ordering(self, request: HttpRequest, queryset: models.QuerySet) -> Any:
        order = [str(each) for each in self.model_admin.get_ordering(request) or self.opts.ordering or ()]
        pk = self.opts.pk.name
        return order if {"pk", pk} & {each.lstrip("-") for each in order} else [*order, f"-{pk}"]

    def get_results(self, request: HttpRequest) -> None:
        order = tuple(self.get_ordering(request, self.queryset))
        page = keyset_page(self.queryset, request.GET.get(CURSOR), self.list_per_page, order)
        self.result_list = page.rows
        self.older = self.page_link(page.next_cursor)
        self.newer = self.page_link(page.previous_cursor)
        self.result_count = self.full_result_count = len(page.rows)  # of this page; the templates show no number
        self.show_full_result_count = self.can_show_all = self.multi_page = False
        self.show_admin_actions = bool(page.rows)

    def page_link(self, cursor: str | None) -> str:
        return self.get_query_string({CURSOR: cursor}) if cursor else ""

    @property
    def columns(self) -> list[Any]:
        return [name for name in self.list_display if name != "action_checkbox"]

    def headers(self) -> list[str]:
        return [label(name, self.model, self.model_admin) for name in self.columns]

    def rows(self) -> list[tuple[Any, list[Cell]]]:
        """Each object with its cells; the first one leads to the object."""
        headers = self.headers()
        return [(obj, self.cells(obj, headers)) for obj in self.result_list]

    def cells(self, obj: Any, headers: list[str]) -> list[Cell]:
        links = [self.url_for_result(obj)] + [""] * len(headers)
        contents = [content(name, obj, self.model_admin) for name in self.columns]
        return [Cell(*each) for each in zip(headers, contents, links, strict=False)]

    def filters(self) -> list[dict[str, Any]]:
        return [{"title": spec.title, "choices": list(spec.choices(self))} for spec in self.filter_specs]

    def url_for_result(self, obj: Any) -> str:
        place = f"{self.opts.app_label}_{self.opts.model_name}"
        return reverse(f"admin:{place}_change", args=(obj.pk,), current_app=self.model_admin.admin_site.name)


def label(name: Any, model: type[models.Model], model_admin: Any, form: Any = None) -> str:
    return capfirst(str(label_for_field(name, model, model_admin, form=form)))


def content(name: Any, obj: Any, model_admin: Any) -> str | SafeString:
    """What a field, method or property shows in a cell; a template escapes it unless it is marked safe."""
    try:
        field, _, value = lookup_field(name, obj, model_admin)
    except (AttributeError, ValueError, ObjectDoesNotExist):
        return EMPTY
    if field is not None and field.choices:
        return str(display_for_field(value, field, EMPTY))
    if isinstance(field, models.ManyToManyField):
        return ", ".join(str(each) for each in value.all()) or EMPTY
    return shown(value, obj)


def shown(value: Any, obj: Any) -> str | SafeString:
    """A value in words: no English, no picture for yes and no, a moment in the time of the object's own area."""
    if value is None or value == "":
        return EMPTY
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, datetime):
        return str(local_time(value, getattr(obj, "area_id", "")))
    if isinstance(value, date):
        return str(local_date(value))
    return value if isinstance(value, SafeString) else str(value)


def filter_lookups(declared: Any) -> set[str]:
    """The query parameters of one entry of `list_filter`."""
    if isinstance(declared, type):
        return {str(declared.parameter_name)} if issubclass(declared, SimpleListFilter) else set()
    name = declared[0] if isinstance(declared, tuple | list) else declared
    endings = ("", "__exact", "__isnull", "__gte", "__lt", "__id__exact", "__code__exact")
    return {f"{name}{ending}" for ending in endings}
