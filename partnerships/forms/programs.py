"""Which attending KIM find a draft of their work programme, and for which year."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django import forms

from groups.forms.programme import StartForm
from groups.models import Kim


class ProgramsForm(StartForm):
    """All are ticked but those of one name: there a person has to say which of them came."""

    kims = forms.MultipleChoiceField(
        label="KIM yang hadir",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Centang sedikitnya satu KIM.", "invalid_choice": "Pilih KIM dari daftar."},
    )

    def __init__(self, *args: Any, kims: Sequence[Kim], shared: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {str(kim.pk): kim for kim in kims}
        field = self.fields["kims"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(key, f"{kim.name}, {kim.area.full_name}") for key, kim in self.rows.items()]
        field.initial = [key for key, kim in self.rows.items() if kim.folded not in shared]
        if shared:
            field.help_text = (
                "Nama ini dipakai lebih dari satu KIM: {}. Centang sendiri yang benar-benar hadir.".format(
                    ", ".join(sorted({kim.name for kim in kims if kim.folded in shared}))
                )
            )

    @property
    def chosen(self) -> list[Kim]:
        return [self.rows[key] for key in self.cleaned_data["kims"]]
