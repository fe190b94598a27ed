"""Fields and words that several forms of a KIM share."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator

from accounts.models.people import PHONE
from groups.models import Section
from groups.models.membership import Post
from groups.models.programme import MOST_BUDGET, TOO_MUCH

FEWEST_DIGITS = 6  # what PHONE asks for

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


def check_phone(number: str) -> None:
    """One sentence about what is wrong: too few digits is not the same as letters."""
    digits = sum(letter.isdigit() for letter in number)
    if 0 < digits < FEWEST_DIGITS and not any(letter.isalpha() for letter in number):
        raise ValidationError(f"Nomor telepon ini terlalu pendek. Tulis lengkap, sedikitnya {FEWEST_DIGITS} angka.")
    PHONE(number)


def phone_field(label: str, help_text: str = "") -> forms.CharField:
    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
    checks = [check_phone]
    return forms.CharField(
        label=label, max_length=20, required=False, validators=checks, widget=widget, help_text=help_text
    )


class RupiahField(forms.IntegerField):
    """Whole rupiah, as people write them: "1500000", "1.500.000", "Rp 1.500.000,00". Never half a rupiah."""

    MOST = MOST_BUDGET
    GROUPED = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+|[0-9]+")
    SENTENCE = "Tulis rupiah bulat, misalnya 1.500.000. Tulis 0 bila tanpa biaya."

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(**options)
        self.validators = [MinValueValidator(0, self.SENTENCE), MaxValueValidator(self.MOST, TOO_MUCH)]
        self.error_messages |= {"invalid": self.SENTENCE, "required": self.SENTENCE}

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or isinstance(value, int):
            return super().to_python(value)
        text = str(value).strip().removeprefix("Rp").lstrip(". ").replace(" ", "")
        text = re.sub(r"(?:,00|,-)$", "", text)
        if not text.isascii() or len(text) > 20 or not self.GROUPED.fullmatch(text):
            raise ValidationError(self.SENTENCE, code="invalid")
        return int(re.sub("[.,]", "", text))


def add_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Show what the model refused beside the field it is about; what no field holds, above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, ValidationError(errors))
