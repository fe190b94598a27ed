"""The five questions on screen, and the counts of the paper sheets."""

from __future__ import annotations

from typing import Any

from django import forms

from libraries.models.survey import ANSWERS, MOST_SHEETS, QUESTIONS, Counts, counts_version

CHOICES = [(str(score), f"{score} – {words}") for score, words in enumerate(ANSWERS, 1)]
NUMBERS = range(1, len(QUESTIONS) + 1)
SCORE_RANGE = range(1, len(ANSWERS) + 1)


class SurveyForm(forms.Form):
    """One person's five answers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, text in enumerate(QUESTIONS, 1):
            self.fields[f"q{number}"] = forms.ChoiceField(
                label=f"{number}. {text}",
                choices=CHOICES,
                widget=forms.RadioSelect,
                error_messages={"required": "Pilih satu jawaban.", "invalid_choice": "Pilih satu jawaban."},
            )

    @property
    def scores(self) -> list[int]:
        return [int(self.cleaned_data[f"q{number}"]) for number in NUMBERS]


class PaperForm(forms.Form):
    """Five counts for each question; an empty box is none."""

    version = forms.CharField(widget=forms.HiddenInput, max_length=16, required=False)

    def __init__(self, *args: Any, counts: Counts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = counts_version(counts)
        for number in NUMBERS:
            for score in SCORE_RANGE:
                stored = counts[number - 1][score - 1]
                self.fields[f"q{number}_{score}"] = box(f"Pertanyaan {number}, jawaban {score}", stored)

    @property
    def rows(self) -> list[tuple[str, list[tuple[int, Any]]]]:
        """Each question with its five boxes: (score, field)."""
        return [
            (QUESTIONS[number - 1], [(each, self[f"q{number}_{each}"]) for each in SCORE_RANGE]) for number in NUMBERS
        ]

    @property
    def counts(self) -> Counts:
        return [[self.cleaned_data[f"q{number}_{score}"] or 0 for score in SCORE_RANGE] for number in NUMBERS]


def box(label: str, stored: int) -> forms.IntegerField:
    sentences = {
        "invalid": "Tulis angka bulat tanpa titik atau koma.",
        "min_value": "Angka ini tidak boleh kurang dari 0.",
        "max_value": f"Paling banyak {MOST_SHEETS} lembar.",
    }
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_SHEETS,
        initial=stored or None,
        error_messages=sentences,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
