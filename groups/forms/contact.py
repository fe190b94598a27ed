"""A letter to a KIM, from anybody."""

from __future__ import annotations

from typing import Any

from django import forms

HONEYPOT = "website"  # a field no person sees


class ContactForm(forms.Form):
    name = forms.CharField(
        label="Nama Anda",
        max_length=120,
        error_messages={"required": "Tulis nama Anda."},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="E-mail Anda",
        max_length=254,
        error_messages={"required": "Tulis alamat e-mail, supaya KIM dapat membalas."},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    text = forms.CharField(
        label="Pesan",
        min_length=10,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Tulis pesan Anda.", "min_length": "Tulis sedikitnya 10 huruf."},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.data.get(HONEYPOT):
            self.add_error(None, "Pesan belum terkirim. Tekan Kirim sekali lagi.")
        return data
