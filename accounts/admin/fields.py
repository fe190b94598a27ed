"""What several of these pages ask for."""

from __future__ import annotations

from typing import Any

from django import forms

from regions.models import Area


class AreaCodeField(forms.ModelChoiceField):
    """An area of any level by its code."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Kode wilayah, misalnya 13 (provinsi) atau 13.07 (kabupaten).")
        messages = {"invalid_choice": "Kode wilayah ini tidak dikenal."}
        super().__init__(
            Area.objects.in_use(), label="Wilayah", widget=forms.TextInput, error_messages=messages, **kwargs
        )


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Alasan", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
