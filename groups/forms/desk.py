"""The forms of a KIM's desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from groups.forms.fields import DateInput, date_field, phone_field
from groups.models import Decree, Issuer, Kim, Membership, Mode, Post, Section
from uploads.fields import DocumentField, PhotoField


class ProfileForm(forms.ModelForm):
    """What a KIM says of itself. `version` is the one the form was made from."""

    bylaws_file = DocumentField(label="AD/ART", required=False, help_text="PDF sampai 5 MB, atau foto lembarannya.")
    mode = forms.ChoiceField(label="Cara kerja", choices=Mode.choices)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    class Meta:
        model = Kim
        fields = ("name", "mode", "base_group", "secretariat", "about", "email", "national_id")
        widgets = {"about": forms.Textarea(attrs={"rows": 5})}  # noqa: RUF012  Django's own way

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def differences(self, stored: Kim) -> list[tuple[str, str, str]]:
        """Label, what is stored now, what was typed: where somebody else changed the same KIM meanwhile."""
        rows = []
        for name in self.Meta.fields:
            now, typed = getattr(stored, name), self.cleaned_data.get(name)
            if typed is not None and now != typed:
                rows.append((str(self.fields[name].label), shown(stored, name, now), shown(stored, name, typed)))
        return rows


def shown(kim: Kim, name: str, value: str) -> str:
    choices = dict(kim._meta.get_field(name).flatchoices)  # type: ignore[union-attr]  # no relation
    return str(choices.get(value, value))


class MemberForm(forms.ModelForm):
    """A person of the KIM."""

    phone = phone_field("Telepon")
    joined_on = date_field("Sejak", initial=timezone.localdate)
    photo_file = PhotoField(label="Foto", required=False)

    class Meta:
        model = Membership
        fields = ("name", "phone", "post", "section", "joined_on", "is_public")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].help_text = "Hanya dilihat admin KIM dan verifikator."
        self.fields["section"].help_text = "Hanya untuk ketua seksi."
        self.fields["section"].choices = [("", "Tidak ada"), *Section.choices]  # type: ignore[attr-defined]  # a select
        self.fields["is_public"].label = "Setuju nama dan foto tampil untuk umum"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("post") == Post.SECTION_HEAD and not data.get("section"):
            self.add_error("section", "Pilih seksi yang dipimpin.")
        elif data.get("post") != Post.SECTION_HEAD:
            data["section"] = ""
        if (joined_on := data.get("joined_on")) and joined_on > timezone.localdate():
            self.add_error("joined_on", "Tanggal masuk tidak boleh di masa depan.")
        return data

    def _post_clean(self) -> None:
        """The action checks the row as a whole; here the row that was given stays as it is stored."""

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class LeaveForm(forms.Form):
    left_on = date_field("Keluar pada", initial=timezone.localdate)


class InviteForm(forms.Form):
    email = forms.EmailField(
        label="Alamat e-mail orang ini",
        max_length=254,
        error_messages={"required": "Tulis alamat e-mail.", "invalid": "Alamat e-mail tidak lengkap."},
    )
    makes_admin = forms.BooleanField(label="Jadikan admin KIM di portal", required=False)


class DecreeForm(forms.ModelForm):
    """A decree with its term; its file is kept apart from the row's own columns."""

    issuer = forms.ChoiceField(label="Diterbitkan oleh", choices=[("", "Pilih"), *Issuer.choices])
    document = DocumentField(label="Berkas SK", required=False, help_text="PDF sampai 5 MB, atau foto lembarannya.")

    class Meta:
        model = Decree
        fields = ("number", "decided_on", "about", "issuer", "valid_from", "valid_until")
        widgets = {name: DateInput() for name in ("decided_on", "valid_from", "valid_until")}  # noqa: RUF012  Django's own way

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("valid_from"), data.get("valid_until")
        if start and end and end <= start:
            self.add_error("valid_until", "SK tidak dapat berakhir sebelum mulai berlaku.")
        return data

    def _post_clean(self) -> None:
        """The action checks the row as a whole."""

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
