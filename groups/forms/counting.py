"""The figures of a paper sheet, as a form asks them: each is optional, and nobody is named."""

from __future__ import annotations

from typing import Any

from django import forms

from groups.counting import CELLS, MOST_PEOPLE, PARTS, SheetCount


def figure_field(label: str, initial: int | None, **options: Any) -> forms.IntegerField:
    sentences = {
        "invalid": "Tulis angka bulat tanpa titik atau koma.",
        "min_value": "Angka ini paling sedikit 0.",
        "max_value": "Angka ini terlalu besar.",
    }
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_PEOPLE,
        initial=initial,
        error_messages=sentences,
        widget=widget,
        **options,
    )


class SheetCountForm(forms.Form):
    """What nobody was asked stays empty; without a total it is the largest of the sums."""

    def __init__(self, *args: Any, model: type[SheetCount], row: SheetCount | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = "Boleh kosong bila rinciannya diisi."
        self.fields["total"] = figure_field("Jumlah yang hadir", row.total if row else None, help_text=hint)
        for name in CELLS:
            label = str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # a column
            self.fields[name] = figure_field(label, (getattr(row, name) or None) if row else None)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and all(data.get(name) is None for name in ("total", *CELLS)):
            raise forms.ValidationError("Isi sedikitnya satu angka.")
        return data

    @property
    def figures(self) -> dict[str, int]:
        data = {name: self.cleaned_data[name] or 0 for name in ("total", *CELLS)}
        if self.cleaned_data["total"] is None:
            data["total"] = max(sum(data[name] for name in part) for part in PARTS)
        return data
