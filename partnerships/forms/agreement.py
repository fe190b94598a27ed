"""The forms of an agreement: its words while it is drafted, its signatures when it is signed."""

from __future__ import annotations

from typing import Any

from django import forms

from groups.forms.fields import date_field
from partnerships.forms.terms import check_dates
from partnerships.models import Agreement, AgreementKind
from partnerships.workflow import SIGNED_ONCE
from uploads.fields import DocumentField


class DraftForm(forms.ModelForm):
    """Kind, subject, scope, and what it hangs on or renews."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1, required=False)

    class Meta:
        model = Agreement
        fields = ("kind", "subject", "scope", "umbrella", "renews")
        widgets = {"scope": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.instance.siblings()
        self.offer("umbrella", own.exclude(kind=AgreementKind.COOPERATION), "Hanya untuk PKS.")
        self.offer("renews", own.filter(status__in=sorted(SIGNED_ONCE)), "Bila ini perpanjangan.")

    def offer(self, name: str, rows: Any, words: str) -> None:
        """Choices among what these two wrote before; without any, the question is not asked."""
        if not rows.exists():
            del self.fields[name]
            return
        field: Any = self.fields[name]
        field.queryset, field.empty_label, field.help_text = rows, "Tidak ada", words

    def _post_clean(self) -> None:
        """The action checks the row as a whole."""

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data.get(name) for name in self.Meta.fields}


class NewDraftForm(DraftForm):
    is_hoped = forms.BooleanField(
        label="Baru diharapkan", required=False, help_text="Centang bila naskahnya belum mulai disusun."
    )


class SignForm(forms.ModelForm):
    """What a signed agreement cannot be without."""

    signed_on = date_field("Tanggal tanda tangan")
    valid_from = date_field("Berlaku sejak")
    valid_until = date_field("Berlaku sampai")
    document = DocumentField(label="Naskah yang sudah ditandatangani", help_text="PDF sampai 5 MB, atau foto.")
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    class Meta:
        model = Agreement
        fields = (
            *("number", "signed_on", "valid_from", "valid_until"),
            *("first_signer", "first_position", "second_signer", "second_position"),
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        for name, side in (("first", row.first), ("second", row.second)):
            self.fields[f"{name}_signer"].label = f"Penanda tangan dari {side}"
            self.fields[f"{name}_position"].label = f"Jabatan penanda tangan dari {side}"
        for name in ("number", "first_signer", "second_signer"):
            self.fields[name].required = True
        self.parties = list(self.instance.parties.select_related("kim", "institution__merged_into"))
        for party in self.parties:
            label = f"enanda tangan dari {party}"
            self.fields[f"signer_{party.pk}"] = forms.CharField(label=f"P{label}", max_length=80)
            self.fields[f"position_{party.pk}"] = forms.CharField(
                label=f"Jabatan p{label}", max_length=120, required=False
            )
        self.fields["document"] = self.fields.pop("document")  # signers first, then the paper

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        check_dates(self)
        start, end = data.get("valid_from"), data.get("valid_until")
        if start and end and end <= start:
            self.add_error("valid_until", "Perjanjian tidak dapat berakhir sebelum mulai berlaku.")
        return data

    def _post_clean(self) -> None:
        """The action checks the row as a whole."""

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        signers = {row.pk: (data[f"signer_{row.pk}"], data[f"position_{row.pk}"]) for row in self.parties}
        return {**{name: data[name] for name in self.Meta.fields}, "signers": signers}
