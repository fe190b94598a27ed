"""What a library says of itself, and its targets."""

from __future__ import annotations

from typing import Any

from django import forms

from libraries.models import Indicator, Library, Target
from libraries.models.library import customary_near


class ProfileForm(forms.ModelForm):
    """`version` is the one the form was made from."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    class Meta:
        model = Library
        fields = ("customary_village", "hours", "directions", "connectivity", "equipment", "collection")
        widgets = {  # noqa: RUF012  as Django wants it
            name: forms.Textarea(attrs={"rows": 3}) for name in ("hours", "directions", "equipment", "collection")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        villages = customary_near(self.instance)
        if villages.exists():
            choice = self.fields["customary_village"]
            assert isinstance(choice, forms.ModelChoiceField)
            choice.queryset, choice.empty_label = villages, "Tidak di desa adat"
        else:
            del self.fields["customary_village"]
        self.fields["hours"].help_text = "Misalnya: Senin sampai Jumat pukul 08.00–15.00."
        self.fields["directions"].help_text = "Patokan yang dikenal orang, dan kendaraan yang lewat."
        self.fields["equipment"].help_text = "Misalnya: 3 komputer, 1 server, 4 rak."
        self.fields["collection"].help_text = "Misalnya: 1.000 buku, 500 judul, koleksi khusus pertanian."

    def _post_clean(self) -> None:
        """The action checks the row as a whole; here the row that was given stays as it is stored."""

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.fields}

    def differences(self, stored: Library) -> list[tuple[str, str, str]]:
        """Label, what is stored now, what was typed: where somebody else changed the same library meanwhile."""
        names = [name for name in self.Meta.fields if name in self.fields]
        pairs = ((name, getattr(stored, name), self.cleaned_data.get(name)) for name in names)
        return [
            (str(self.fields[name].label), str(now or ""), str(typed or ""))
            for name, now, typed in pairs
            if name in self.cleaned_data and now != typed
        ]


class TargetForm(forms.Form):
    """Baseline and target of each indicator in one year; an empty target says that there is none."""

    def __init__(self, *args: Any, targets: dict[str, Target], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in Indicator.choices:
            row = targets.get(code)
            self.fields[f"{code}_baseline"] = count_field(f"{label}: keadaan awal", row.baseline if row else None)
            self.fields[f"{code}_target"] = count_field(f"{label}: target", row.target if row else None, least=1)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for code in Indicator.values:
            baseline, target = f"{code}_baseline", f"{code}_target"
            if data.get(baseline) is not None and data.get(target) is None and target not in self.errors:
                self.add_error(target, "Isi targetnya, atau kosongkan keadaan awalnya.")
        return data

    def targets(self) -> dict[str, dict[str, int | None]]:
        return {
            code: {part: self.cleaned_data[f"{code}_{part}"] for part in ("baseline", "target")}
            for code in Indicator.values
        }


def count_field(label: str, initial: int | None, least: int = 0) -> forms.IntegerField:
    sentences = {
        "invalid": "Tulis angka bulat tanpa titik atau koma.",
        "min_value": f"Angka ini paling sedikit {least}.",
        "max_value": "Angka ini terlalu besar.",
    }
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=least,
        max_value=100_000_000,
        initial=initial,
        error_messages=sentences,
        widget=widget,
    )
