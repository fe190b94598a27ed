"""What is the same in answer after answer: made once in each process, then only copied into the page."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

register = template.Library()

MENU = {
    "reports:report_create": "Buat laporan",
    "reports:report_track": "Lacak laporan",
    "reports:report_list": "Laporan warga",
    "groups:announcement_list": "Pengumuman",
    "groups:kim_list": "KIM",
    "libraries:library_list": "Perpustakaan",
    "partnerships:partnership_list": "Kemitraan",
    "pages:area_list": "Wilayah",
}
ACCOUNT, SIGN_IN = ("accounts:overview", "Akun saya"), ("account_login", "Masuk")
MOST_FIELDS = 500

_fields: dict[tuple[Any, ...], SafeString] = {}


@register.simple_tag(takes_context=True)
def site_header(context: Context) -> SafeString:
    """Name and menu; the page one is on is marked. Works without a request too: an error page has none."""
    path = getattr(context.get("request"), "path", "")
    has_session = bool(context.get("has_session"))
    return make_header(path if path in addresses() else "", has_session)


@lru_cache
def addresses() -> frozenset[str]:
    return frozenset(map(reverse, [*MENU, ACCOUNT[0], SIGN_IN[0]]))


@lru_cache
def make_header(path: str, has_session: bool) -> SafeString:
    names = [*MENU.items(), ACCOUNT if has_session else SIGN_IN]
    links = [(reverse(name), text) for name, text in names]
    return render_to_string("_header.html", {"links": links, "path": path})


@register.filter
def kept_field(field: BoundField) -> SafeString:
    """A filter's choices, or its empty text box, as `as_field_group` gives them.

    What was typed or is wrong is made anew; so only values among the choices are kept, each set of choices apart.
    """
    asked, value = field.field, field.value()
    choices = tuple(getattr(asked, "choices", ()))
    if field.errors or (value and not choices):
        return field.as_field_group()
    key = (type(asked), asked.required, field.auto_id, field.label, field.help_text, choices, value if choices else "")
    if key not in _fields:
        if len(_fields) >= MOST_FIELDS:
            _fields.clear()
        _fields[key] = field.as_field_group()
    return _fields[key]
