"""What the two sides write while a partnership runs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms

from groups.forms.fields import date_field
from partnerships.forms.terms import check_dates, time_field
from partnerships.models import Evaluation, Expertise, TrackRecord, TrustEvidence
from partnerships.models.session import MOST_LINES
from regions.calendar import zone_of
from uploads.fields import DocumentField


class VersionForm(forms.Form):
    """A yes to the terms as they were read."""

    terms_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class ReasonForm(forms.Form):
    text = forms.CharField(
        label="Alasan",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Tulis alasannya."},
        help_text="Dibaca pihak lain.",
    )


class EvaluationForm(forms.ModelForm):
    class Meta:
        model = Evaluation
        fields = ("outcome", "achieved", "to_improve")
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("achieved", "to_improve")}

    def _post_clean(self) -> None:
        """The action checks the row as a whole."""


def attendees_field() -> forms.CharField:
    return forms.CharField(
        label="Yang hadir",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Satu orang atau lembaga sebaris. Umum hanya melihat jumlahnya.",
    )


def check_lines(form: forms.Form) -> None:
    text: str = form.cleaned_data.get("attendees", "")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if any(len(line) > 200 for line in lines):
        form.add_error("attendees", "Satu baris paling panjang 200 huruf.")
    if len(lines) > MOST_LINES:
        form.add_error("attendees", f"Paling banyak {MOST_LINES} baris.")


class AttendeesForm(forms.Form):
    """The attendance list of a meeting that was held, written anew."""

    attendees = attendees_field()
    attendees.required = True
    attendees.error_messages["required"] = "Tulis sedikitnya satu nama. Satu per satu nama dapat juga dihapus."

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        check_lines(self)
        return data


class SessionForm(forms.Form):
    """A meeting that was held: when, where, what came of it, who came."""

    held_on = date_field("Tanggal")
    begins_at = time_field("Mulai pukul")
    hours = forms.TypedChoiceField(
        label="Lamanya", choices=[(str(n), f"{n} jam") for n in range(1, 13)], coerce=int, initial="2"
    )
    place = forms.CharField(label="Tempat", max_length=200)
    result = forms.CharField(label="Hasil pertemuan", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    attendees = attendees_field()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        check_dates(self)
        check_lines(self)
        return data

    def values(self, code: str) -> dict[str, Any]:
        """By the clock of the area with this code."""
        data = self.cleaned_data
        start = datetime.combine(data["held_on"], data["begins_at"], zone_of(code))
        return {
            "starts_at": start,
            "ends_at": start + timedelta(hours=data["hours"]),
            "place": data["place"],
            "result": data["result"],
            "lines": data["attendees"].splitlines(),
        }


class ExpertiseForm(forms.ModelForm):
    class Meta:
        model = Expertise
        fields = ("field", "years", "about")
        widgets = {"about": forms.Textarea(attrs={"rows": 3})}

    def _post_clean(self) -> None:
        """The action checks the row as a whole."""


class RecordForm(forms.ModelForm):
    done_on = date_field("Tanggal")

    class Meta:
        model = TrackRecord
        fields = ("activity", "done_on", "place", "beneficiaries", "result")
        widgets = {"result": forms.Textarea(attrs={"rows": 3})}

    def _post_clean(self) -> None:
        """The action checks the row as a whole."""


class EvidenceForm(forms.ModelForm):
    given_on = date_field("Tanggal")
    document = DocumentField(label="Berkas", required=False, help_text="PDF sampai 5 MB, atau foto lembarannya.")

    class Meta:
        model = TrustEvidence
        fields = ("kind", "giver", "given_on", "about")
        widgets = {"about": forms.Textarea(attrs={"rows": 3})}

    def _post_clean(self) -> None:
        """The action checks the row as a whole."""


class PaperForm(forms.Form):
    """The letter by which a side without an account here agreed."""

    signed_on = date_field("Tanggal surat")
    document = DocumentField(label="Surat persetujuan yang ditandatangani", help_text="PDF sampai 5 MB, atau foto.")
    text = forms.CharField(
        label="Keterangan",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Misalnya jabatan yang menandatangani. Dibaca kedua pihak.",
    )
