"""Fields and words that several forms of a KIM share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models.people import PHONE
from groups.models import Section
from groups.models.membership import Post

# The board as forms and pages list it: key, post, section, label, whether a KIM cannot be without.
BOARD_ROWS: list[tuple[str, str, str, str, bool]] = [
    ("chair", Post.CHAIR, "", "Ketua", True),
    ("secretary", Post.SECRETARY, "", "Sekretaris", True),
    ("treasurer", Post.TREASURER, "", "Bendahara", True),
    ("collection", Post.SECTION_HEAD, Section.COLLECTION, "Ketua seksi pengumpulan", False),
    ("processing", Post.SECTION_HEAD, Section.PROCESSING, "Ketua seksi pengolahan", False),
    ("distribution", Post.SECTION_HEAD, Section.DISTRIBUTION, "Ketua seksi penyebaran", False),
]


class DateInput(forms.DateInput):
    """The browser's own calendar; without one a date is typed as 31-12-2026."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


def date_field(label: str, **options: Any) -> forms.DateField:
    sentence = {"invalid": "Tulis tanggal seperti 31-12-2026.", "required": "Isi tanggal ini."}
    return forms.DateField(label=label, widget=DateInput, error_messages=sentence, **options)


def phone_field(label: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
    return forms.CharField(label=label, max_length=20, required=False, validators=[PHONE], widget=widget)


def add_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Show what the model refused beside the field it is about; what no field holds, above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, ValidationError(errors))
