"""What a host writes about a meeting: its words, its sessions, its papers, what was promised."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from groups.forms.fields import date_field
from groups.forms.gathering import FARTHEST, FIRST_YEAR, GatheringForm
from partnerships.models import Attendance, Commitment, Meeting, MeetingKind, MeetingSession
from partnerships.workflow import COMMITMENT_BEGINS, COMMITMENT_TRANSITIONS, CommitmentStatus
from uploads.fields import DocumentField

WORDS = ("kind", "title", "chair_position", "chair_name", "agenda", "is_public")


def submission_field() -> forms.UUIDField:
    sentence = "Muat ulang halaman ini."
    return forms.UUIDField(
        widget=forms.HiddenInput, initial=uuid4, error_messages={"invalid": sentence, "required": sentence}
    )


def version_field() -> forms.IntegerField:
    sentence = "Muat ulang halaman ini."
    return forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        max_value=2**31 - 1,
        error_messages={"invalid": sentence, "required": sentence},
    )


def area_of_text(label: str, rows: int, longest: int, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, widget=forms.Textarea(attrs={"rows": rows}), **options)


class MeetingWords(forms.Form):
    """What a meeting is about."""

    kind = forms.ChoiceField(
        label="Jenis",
        choices=[("", "Pilih jenis"), *MeetingKind.choices],
        help_text="SHM adalah rapat pemangku kepentingan. PLM adalah belajar bersama.",
        error_messages={"required": "Pilih jenis."},
    )
    title = forms.CharField(label="Nama rapat", max_length=160, error_messages={"required": "Tulis nama rapat."})
    chair_position = forms.CharField(
        label="Dipimpin oleh (jabatan)",
        max_length=160,
        help_text="Misalnya Kepala Bidang Pembinaan Perpustakaan.",
        error_messages={"required": "Tulis jabatan yang memimpin."},
    )
    chair_name = forms.CharField(label="Nama pimpinan", max_length=120, required=False)
    agenda = area_of_text("Acara", 5, 4000, error_messages={"required": "Tulis acara rapat."})
    is_public = forms.BooleanField(
        label="Terbuka untuk umum",
        required=False,
        help_text="Semua orang dapat membaca acara, peserta, notula, dan tindak lanjutnya.",
    )

    @property
    def words(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in WORDS}


class MeetingForm(MeetingWords, GatheringForm):
    """A new meeting with its first session."""

    submission_id = submission_field()
    field_order = ("submission_id", "kind", "title", "held_on", "starts", "ends", "mode", "place", "platform", "link")


class MeetingEditForm(MeetingWords):
    """Other words, and the minutes."""

    version = version_field()
    minutes = area_of_text(
        "Notula",
        12,
        20_000,
        required=False,
        help_text="Apa yang dibahas dan disepakati. Baris kosong memisah paragraf.",
    )

    @property
    def words(self) -> dict[str, Any]:
        return {**super().words, "minutes": self.cleaned_data["minutes"]}

    @classmethod
    def initial_of(cls, row: Meeting) -> dict[str, Any]:
        return {name: getattr(row, name) for name in (*WORDS, "minutes", "version")}

    def differences(self, stored: Meeting) -> list[tuple[str, Any, Any]]:
        """What the stored meeting and the typed one do not share."""
        names = [name for name in (*WORDS, "minutes") if getattr(stored, name) != self.cleaned_data.get(name)]
        return [(str(self.fields[name].label), getattr(stored, name), self.cleaned_data.get(name)) for name in names]


class SessionForm(GatheringForm):
    """One session of a meeting."""

    topic = forms.CharField(label="Pokok bahasan", max_length=160, required=False)
    field_order = ("topic", "held_on", "starts", "ends")

    @property
    def values(self) -> dict[str, Any]:
        return {**super().values, "topic": self.cleaned_data["topic"]}

    @classmethod
    def initial_of(cls, row: MeetingSession) -> dict[str, Any]:  # type: ignore[override]  # a narrower row
        return {**super().initial_of(row), "topic": row.topic}


class CancelForm(forms.Form):
    """Why a meeting is not held."""

    reason = area_of_text("Alasan", 3, 500, error_messages={"required": "Tulis alasannya."})


class MaterialForm(forms.Form):
    """A paper that was shown or handed out."""

    title = forms.CharField(label="Judul bahan", max_length=160, error_messages={"required": "Tulis judulnya."})
    document = DocumentField(label="Berkas", help_text="PDF atau foto.")


def believable(day: date | None) -> date | None:
    if day and not FIRST_YEAR <= day.year <= timezone.localdate().year + FARTHEST:
        raise forms.ValidationError("Periksa tahunnya.")
    return day


class CommitmentForm(forms.Form):
    """Who promised what until when."""

    submission_id = submission_field()
    party = forms.ModelChoiceField(
        Attendance.objects.none(),
        label="Pihak",
        empty_label="Pilih peserta",
        error_messages={"required": "Pilih peserta.", "invalid_choice": "Pilih peserta rapat ini."},
    )
    unit = forms.CharField(
        label="Bagian atau unit", max_length=120, required=False, help_text="Misalnya perpustakaan dari sebuah kampus."
    )
    what = area_of_text("Yang akan dilakukan", 3, 500, error_messages={"required": "Tulis apa yang akan dilakukan."})
    due_on = date_field("Tenggat", required=False)
    status = forms.ChoiceField(label="Keadaan", choices=[(each.value, each.label) for each in COMMITMENT_BEGINS])

    def __init__(self, data: Any, *, meeting: Meeting) -> None:
        super().__init__(data)
        self.fields["party"].queryset = meeting.attendance.all()  # type: ignore[attr-defined]  # a field of rows

    def clean_due_on(self) -> date | None:
        return believable(self.cleaned_data["due_on"])


class CommitmentEditForm(forms.Form):
    """How far it is, with its evidence or the reason it was dropped."""

    version = version_field()
    status = forms.ChoiceField(label="Keadaan sekarang")
    due_on = date_field("Tenggat", required=False)
    evidence = area_of_text(
        "Bukti", 4, 2000, required=False, help_text="Wajib bila selesai: apa hasilnya, atau unggah berkasnya."
    )
    evidence_file = DocumentField(label="Berkas bukti", required=False, help_text="PDF atau foto.")
    text = area_of_text("Alasan", 3, 500, required=False, help_text="Wajib bila dibatalkan.")

    def __init__(self, data: Any, files: Any, *, row: Commitment) -> None:
        initial = {name: getattr(row, name) for name in ("status", "due_on", "evidence", "version")}
        super().__init__(data, files, initial=initial)
        follows = COMMITMENT_TRANSITIONS[CommitmentStatus(row.status)]
        steps = [each for each in CommitmentStatus if each == row.status or each in follows]
        self.fields["status"].choices = [(each.value, each.label) for each in steps]  # type: ignore[attr-defined]  # a choice

    def clean_due_on(self) -> date | None:
        return believable(self.cleaned_data["due_on"])
