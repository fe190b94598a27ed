"""Participants as pasted, and each line as a person confirms it before anything is saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django import forms
from django.forms.boundfield import BoundField

from accounts.models import Institution
from groups.gatherings import LONGEST_LINE, line_key
from partnerships.attendees import Line
from partnerships.models import Chosen
from partnerships.models.attendance import MOST_ATTENDEES, alike

MOST_PASTED = 20_000
SPARE = 2  # empty lines for whoever the text forgot
KEEP, MERGE, DROP = "keep", "merge", "drop"
STEPS = [(KEEP, "Simpan"), (MERGE, "Gabung dengan baris di atasnya"), (DROP, "Buang")]


class PasteForm(forms.Form):
    """A list as it stands in minutes, a letter or a chat."""

    text = forms.CharField(
        label="Daftar peserta",
        max_length=MOST_PASTED,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Tempel apa adanya: dipisah koma, titik koma, atau satu baris satu lembaga.",
        error_messages={"required": "Tempel atau tulis daftar peserta."},
    )


class Row(NamedTuple):
    """One line of the confirmation page."""

    number: int
    line: BoundField
    step: BoundField
    institution: BoundField
    places: int  # how often the text named it


class ConfirmForm(forms.Form):
    """Lines 1, 2, 3 …: each is kept, joined to the one above, or dropped, and may be a registered institution."""

    text = forms.CharField(widget=forms.HiddenInput, max_length=MOST_PASTED, required=False)
    count = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        max_value=MOST_ATTENDEES,
        error_messages={"required": "Tempel daftarnya sekali lagi.", "invalid": "Tempel daftarnya sekali lagi."},
    )

    def __init__(self, *args: Any, institutions: Sequence[Institution], number: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.institutions = {str(row.pk): row for row in institutions}
        self.number, self.places = min(max(number, 0), MOST_ATTENDEES), [1] * number
        self.chosen: list[Chosen] = []
        for each in range(1, self.number + 1):
            self._add_row(each)

    @classmethod
    def of_lines(
        cls, lines: Sequence[Line], text: str, institutions: Sequence[Institution], present: set[str]
    ) -> ConfirmForm:
        """What the text held; who is recorded already is proposed to be dropped."""
        initial: dict[str, Any] = {"text": text, "count": len(lines) + SPARE}
        for each, line in enumerate(lines, start=1):
            initial[f"line_{each}"] = line.text
            initial[f"institution_{each}"] = str(line.institution or "")
            initial[f"step_{each}"] = DROP if line_key(line.text) in present else KEEP
        form = cls(initial=initial, institutions=institutions, number=len(lines) + SPARE)
        form.places = [len(line.sources) for line in lines] + [1] * SPARE
        return form

    @classmethod
    def of_post(cls, posted: Mapping[str, Any], institutions: Sequence[Institution]) -> ConfirmForm:
        typed = str(posted.get("count") or "")
        number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0
        return cls(posted, institutions=institutions, number=number)

    def _add_row(self, each: int) -> None:
        name = f"line_{each}"
        typed = str((self.data.get(name) if self.is_bound else self.initial.get(name)) or "")
        chosen = str(self.data.get(f"institution_{each}") or self.initial.get(f"institution_{each}") or "")
        offered = alike(typed[:LONGEST_LINE], list(self.institutions.values()))
        if chosen in self.institutions and self.institutions[chosen] not in offered:
            offered.insert(0, self.institutions[chosen])
        choices = [("", "Bukan lembaga terdaftar"), *((str(row.pk), f"{row} · {row.area.label}") for row in offered)]
        self.fields[name] = forms.CharField(label=f"Peserta {each}", max_length=LONGEST_LINE, required=False)
        self.fields[f"step_{each}"] = forms.ChoiceField(label=f"Peserta {each}: tindakan", choices=STEPS, initial=KEEP)
        self.fields[f"institution_{each}"] = forms.ChoiceField(
            label=f"Peserta {each}: lembaga terdaftar", choices=choices, required=False
        )

    @property
    def rows(self) -> Iterator[Row]:
        for each in range(1, self.number + 1):
            fields = (self[f"line_{each}"], self[f"step_{each}"], self[f"institution_{each}"])
            yield Row(each, *fields, places=self.places[each - 1])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kept: list[tuple[int, Chosen]] = []
        for each in range(1, self.number + 1):
            self._take(each, data, kept)
        self._check_twins(kept)
        self.chosen = [chosen for _, chosen in kept]
        if not kept and not self.errors:
            self.add_error(None, "Tidak ada peserta yang disimpan. Pilih Simpan pada sedikitnya satu baris.")
        return data

    def _take(self, each: int, data: dict[str, Any], kept: list[tuple[int, Chosen]]) -> None:
        line, step = data.get(f"line_{each}") or "", data.get(f"step_{each}")
        if step not in {KEEP, MERGE} or f"line_{each}" in self.errors or not (line or step == MERGE):
            return
        institution = self.institutions.get(data.get(f"institution_{each}") or "")
        if step == MERGE and not kept:
            self.add_error(f"step_{each}", "Tidak ada baris yang disimpan di atasnya.")
        elif step == MERGE:
            number, above = kept.pop()
            joined = Chosen(", ".join(filter(None, [above.line, line])), above.institution or institution)
            kept.append((number, joined))
            if len(joined.line) > LONGEST_LINE:
                self.add_error(f"line_{each}", f"Gabungannya lebih dari {LONGEST_LINE} huruf. Singkatkan.")
        elif not line_key(line):
            self.add_error(f"line_{each}", "Tulis nama lembaga atau kelompok, atau pilih Buang.")
        else:
            kept.append((each, Chosen(line, institution)))

    def _check_twins(self, kept: list[tuple[int, Chosen]]) -> None:
        first: dict[str, int] = {}
        for each, chosen in kept:
            before = first.setdefault(line_key(chosen.line), each)
            if before != each:
                self.add_error(f"line_{each}", f"Sama dengan peserta {before}. Ubah namanya, atau pilih Buang.")
