"""What a resident writes to come to a session: a name of one's own choosing, a contact only if wanted."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import User
from accounts.models.privacy import ACTIVITY_CONSENT, CONSENT_TEXTS
from groups.forms.contact import HONEYPOT
from groups.forms.fields import phone_field
from groups.gatherings import line_key
from libraries.models import Entry
from partnerships.forms.meeting import submission_field

LONGEST_CODE = 40


class RegistrationForm(forms.Form):
    """Name or alias; a contact needs consent, asked for apart from everything else (UU 27/2022 art. 22)."""

    submission_id = submission_field()
    name = forms.CharField(
        label="Nama atau alias",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="Nama panggilan cukup. Hanya pustakawan yang membacanya.",
        error_messages={"required": "Tulis nama atau alias."},
    )
    email = forms.EmailField(
        label="E-mail",
        required=False,
        help_text="Dipakai untuk mengabari bila waktu atau tempat berubah.",
        error_messages={"invalid": "Tulis alamat e-mail lengkap, atau kosongkan."},
    )
    phone = phone_field("Nomor telepon", "Contoh: 0812 3456 7890.")
    consent = forms.BooleanField(label=CONSENT_TEXTS[ACTIVITY_CONSENT], required=False)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not line_key(name):
            raise forms.ValidationError("Tulis nama atau alias dengan huruf.")
        return name

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("email") or data.get("phone")) and not data.get("consent"):
            self.add_error("consent", "Beri tanda setuju, atau kosongkan e-mail dan nomor telepon.")
        return data

    @property
    def looks_automatic(self) -> bool:
        """A field no person sees was filled."""
        return bool(self.data.get(HONEYPOT))

    def entry(self, *, user: User | None = None, is_held: bool = False) -> Entry:
        names = ("submission_id", "name", "email", "phone")
        return Entry(**{name: self.cleaned_data[name] for name in names}, user=user, is_held=is_held)


class NeighbourForm(RegistrationForm):
    """A librarian writes down a neighbour who asked for it."""

    consent = forms.BooleanField(label="Orangnya setuju dihubungi untuk kegiatan ini.", required=False)
    field_order = ("submission_id", "name", "phone", "email", "consent")


class CodeForm(forms.Form):
    """The code that stood on the page after registering."""

    code = forms.CharField(
        label="Kode pendaftaran",
        max_length=LONGEST_CODE,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        help_text="Enam belas huruf dan angka, misalnya 7K2M-….",
        error_messages={"required": "Tulis kodenya."},
    )
