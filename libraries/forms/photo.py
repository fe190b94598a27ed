"""A photo of a library and its words."""

from __future__ import annotations

from typing import Any

from django import forms

from libraries.models import LibraryPhoto
from libraries.models.photo import People
from uploads.fields import PhotoField


class LibraryPhotoForm(forms.ModelForm):
    photo_file = PhotoField(label="Foto")
    people = forms.ChoiceField(
        label="Orang di foto",
        choices=People.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih satu. Foto orang yang tidak setuju jangan ditampilkan."},
    )

    class Meta:
        model = LibraryPhoto
        fields = ("alt", "people")

    field_order = ("photo_file", "alt", "people")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["alt"].help_text = "Misalnya: enam anak membaca di lantai ruang baca. Dibacakan kepada tunanetra."

    def _post_clean(self) -> None:
        """The action checks the row as a whole."""

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
