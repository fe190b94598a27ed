"""Who came: lines to tick, or the figures of the paper sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from groups.counting import CELLS
from groups.gatherings import AgeBand, Sex, line_key
from libraries.forms.profile import count_field
from libraries.models import Line, SessionCount
from libraries.models.attendance import MOST_LINES

SPARE = 3  # empty lines for whoever came without registering
LONGEST_NAME = 80
DISABILITY = {"": None, "yes": True, "no": False}


class AttendeeForm(forms.Form):
    """One person. Everything about the person is optional; a line without a tick or name counts for nothing."""

    name = forms.CharField(label="Nama atau alias", max_length=LONGEST_NAME, required=False)
    came = forms.BooleanField(label="Hadir", required=False)
    sex = forms.ChoiceField(label="Jenis kelamin", choices=[("", "–"), *Sex.choices], required=False)
    age_band = forms.ChoiceField(label="Umur", choices=[("", "–"), *AgeBand.choices], required=False)
    disability = forms.ChoiceField(
        label="Penyandang disabilitas", choices=[("", "–"), ("yes", "Ya"), ("no", "Bukan")], required=False
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        name = data.get("name") or ""
        if data.get("came") and "name" not in self.errors and not line_key(name):
            self.add_error("name", "Tulis nama atau alias orang yang hadir.")
        if not data.get("came") and any(data.get(each) for each in ("sex", "age_band", "disability")):
            self.add_error("came", "Beri tanda hadir, atau kosongkan keterangannya.")
        return data

    @property
    def line(self) -> Line | None:
        data = self.cleaned_data
        if not data.get("came"):
            return None
        return Line(data["name"], data["sex"], data["age_band"], DISABILITY[data["disability"]])


class AttendanceFormSet(forms.BaseFormSet):
    """All lines of one session."""

    @property
    def lines(self) -> list[Line]:
        return [line for form in self.forms if (line := form.line)]

    @property
    def all_errors(self) -> list[tuple[str, Any, Any]]:
        """(label, bound field, errors) of every line, for the summary on top."""
        found = [
            (f"Baris {number}: {bound.label}", bound, bound.errors)
            for number, form in enumerate(self.forms, 1)
            for bound in form.visible_fields()
            if bound.errors
        ]
        return [*found, *([("Daftar", None, self.non_form_errors())] if self.non_form_errors() else [])]


AttendanceFormSetOf = forms.formset_factory(
    AttendeeForm, formset=AttendanceFormSet, extra=SPARE, max_num=MOST_LINES, absolute_max=MOST_LINES, validate_max=True
)


def initial_lines(attendees: Sequence[Any], names: Sequence[str]) -> list[dict[str, Any]]:
    """Who is on the list already, ticked; then who registered and is not on it."""
    said = {None: "", True: "yes", False: "no"}
    rows: list[dict[str, Any]] = [
        {
            "name": row.line,
            "came": True,
            "sex": row.sex,
            "age_band": row.age_band,
            "disability": said[row.has_disability],
        }
        for row in attendees
    ]
    known = {line_key(row.line) for row in attendees}
    return [*rows, *({"name": name} for name in names if line_key(name) not in known)]


class SessionCountForm(forms.Form):
    """The sums of a signed paper sheet; what nobody was asked stays empty."""

    total = count_field("Jumlah yang hadir", None)

    def __init__(self, *args: Any, row: SessionCount | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["total"].required = True
        self.fields["total"].error_messages["required"] = "Isi jumlah yang hadir. Tulis 0 bila tidak ada."
        self.fields["total"].initial = row.total if row else None
        for name in CELLS:
            label = str(SessionCount._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # a column
            self.fields[name] = count_field(label, (getattr(row, name) or None) if row else None)

    @property
    def figures(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] or 0 for name in ("total", *CELLS)}
