"""The form of a work programme: several items on one page, without JavaScript. An emptied row is left out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone

from groups.forms.fields import RupiahField
from groups.models import FundSource, WorkItem, WorkProgram
from groups.models.programme import FIRST_YEAR, LAST_YEAR, MOST_ITEMS

SPARE_ROWS = 3  # empty rows below what is written
TYPED = ("activity", "target", "budget")  # a source alone is no item: it is chosen before anybody types


class StartForm(forms.Form):
    year = forms.IntegerField(
        label="Tahun",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        initial=lambda: timezone.localdate().year + 1,
        error_messages={
            name: "Tulis tahun dengan empat angka, misalnya 2027."
            for name in ("required", "invalid", "min_value", "max_value")
        },
    )


class ProgramForm(forms.Form):
    """As many rows as were sent, or those that are stored with some empty ones; saving gives more empty ones."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, data: Any = None, *, program: WorkProgram) -> None:
        kept = program.answers
        initial = {f"{name}_{place}": row[name] for place, row in enumerate(kept) for name in row}
        super().__init__(data, initial={**initial, "version": program.version})
        asked = posted_rows(data) if data is not None else len(kept) + SPARE_ROWS
        self.row_count = min(MOST_ITEMS, max(SPARE_ROWS, asked))
        for place in range(self.row_count):
            self._add_row(place, place + 1)

    def _add_row(self, place: int, number: int) -> None:
        """Labels carry the number, so that the summary of errors says which row is meant."""
        self.fields[f"activity_{place}"] = forms.CharField(label=f"Kegiatan {number}", max_length=200, required=False)
        self.fields[f"target_{place}"] = forms.CharField(label=f"Sasaran {number}", max_length=200, required=False)
        self.fields[f"budget_{place}"] = RupiahField(label=f"Anggaran {number} (rupiah)", required=False)
        self.fields[f"source_{place}"] = forms.ChoiceField(
            label=f"Sumber dana {number}", choices=FundSource.choices, initial=FundSource.OWN, required=False
        )

    @property
    def item_rows(self) -> list[tuple[int, list[BoundField]]]:
        return [(place + 1, [self[f"{name}_{place}"] for name in WorkItem.ANSWERS]) for place in range(self.row_count)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for place in range(self.row_count):
            if self._is_used(place):
                self._check_row(place, data)
        return data

    def _is_used(self, place: int) -> bool:
        """Something was typed in this row, also what is wrong."""
        return any(str(self.data.get(f"{name}_{place}", "")).strip() for name in TYPED)

    def _check_row(self, place: int, data: dict[str, Any]) -> None:
        sentences = {"activity": "Tulis kegiatannya.", "target": "Tulis sasarannya.", "budget": RupiahField.SENTENCE}
        for name, sentence in sentences.items():
            key = f"{name}_{place}"
            if key not in self.errors and data.get(key) in (None, ""):
                self.add_error(key, sentence)

    @property
    def items(self) -> list[dict[str, Any]]:
        """What was typed, ready to be stored."""
        data = self.cleaned_data
        used = [place for place in range(self.row_count) if self._is_used(place)]
        rows = [{name: data[f"{name}_{place}"] for name in WorkItem.ANSWERS} for place in used]
        return [{**row, "source": row["source"] or FundSource.OWN.value} for row in rows]


def posted_rows(data: Any) -> int:
    """How many rows were sent."""
    sent = (place for place in range(MOST_ITEMS) if any(f"{name}_{place}" in data for name in TYPED))
    return max(sent, default=-1) + 1
