"""Forms of the admin: every constraint is asked, and a stale form meets both versions instead of overwriting one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from accounts.admin_lists import EMPTY, content, label
from regions.fields import AreaField
from regions.models import Area


class Difference(NamedTuple):
    """One field on which what is stored and what was typed disagree."""

    label: str
    stored: str
    typed: str


class WholeForm(forms.ModelForm):
    """A model form that also asks the constraints touching fields it does not show (saving would fail with a 500)."""

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # unknown to the stubs
        if self.errors:
            return
        try:
            self.instance.validate_constraints()
        except ValidationError as error:
            for name, faults in error.update_error_dict({}).items():
                self.add_error(name if name in self.fields else None, faults)


class VersionedForm(WholeForm):
    """Carries the version of the row it was filled from. `version_of` is set by the admin, None when adding."""

    version_of: Callable[[Any], str] | None = None
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflict: list[Difference] = []
        if self.version_of is None:
            del self.fields["version"]
            return
        self.current_version = self.version_of(self.instance)
        self.initial["version"] = self.current_version

    def clean(self) -> Any:
        cleaned = super().clean()
        if "version" in self.fields and self.data.get(self.add_prefix("version")) != self.current_version:
            self.conflict = self.differences() or [Difference("Isian", "sama dengan isian Anda", "tidak berubah")]
            posted: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
            posted[self.add_prefix("version")] = self.current_version
            self.data = posted  # the next press on "Simpan" is a decision made with both versions in view
            raise ValidationError(
                "Orang lain baru saja mengubah data ini. Bandingkan kedua versi, lalu simpan lagi bila perlu.",
                code="conflict",
            )
        return cleaned

    def differences(self) -> list[Difference]:
        names = [name for name in self.changed_data if name != "version"]
        return [Difference(str(self[name].label), *self.both(name)) for name in names]

    def both(self, name: str) -> tuple[str, str]:
        field = self.fields[name]
        return in_words(field, self.initial.get(name)), in_words(field, self.cleaned_data.get(name, self[name].data))


def in_words(field: forms.Field, value: Any) -> str:
    """A form value as its reader knows it: the label of a choice, the name of a row."""
    if value is None or value == "":
        return EMPTY
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(field, forms.ModelMultipleChoiceField) and field.queryset is not None:
        keys = [str(getattr(each, "pk", each)) for each in value]
        rows = field.queryset.filter(pk__in=[key for key in keys if key.isdecimal() and len(key) < 19])
        return ", ".join(str(row) for row in rows) or EMPTY
    if isinstance(field, forms.ModelChoiceField) and not hasattr(value, "pk"):
        return str(chosen_row(field, value) or value)
    if isinstance(field, AreaField) and isinstance(value, str):
        return str(Area.objects.filter(code=value).first() or value)
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return str(dict(choices).get(value, value))
    return str(value)


def chosen_row(field: forms.ModelChoiceField[Any], value: Any) -> Any:
    """The row that a key names; none for what is no key at all."""
    try:
        return field.to_python(value)
    except ValidationError:
        return None


class Row(NamedTuple):
    """One line of a form: a field to fill in, or a fact to read."""

    label: str
    field: BoundField | None
    content: str | SafeString


class Section(NamedTuple):
    title: str
    description: str
    rows: list[Row]


def sections(admin_form: AdminForm) -> list[Section]:
    """The fieldsets of a change form, ready for the template."""
    fieldsets: Any = admin_form
    return [
        Section(
            str(each.name or ""), each.description or "", [as_row(field, admin_form) for line in each for field in line]
        )
        for each in fieldsets
    ]


def as_row(field: Any, admin_form: AdminForm) -> Row:
    if not field.is_readonly:
        return Row(str(field.field.label), field.field, "")
    form, name = admin_form.form, field.field["field"]
    words = content(name, form.instance, admin_form.model_admin)
    return Row(label(name, form._meta.model, admin_form.model_admin, form), None, words)


def plain_widget(db_field: models.Field) -> dict[str, Any]:
    """The browser's own pickers for days and times."""
    if isinstance(db_field, models.DateTimeField):
        return {"widget": forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")}
    if isinstance(db_field, models.DateField):
        return {"widget": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}
    return {}
