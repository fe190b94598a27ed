"""One line of a library's timetable, as a librarian types it on a phone."""

from __future__ import annotations

from typing import Any

from django import forms

from groups.forms.gathering import time_field
from libraries.models import SpaceHour, Weekday
from libraries.strategy import SpaceKind
from partnerships.forms.meeting import version_field

FACTS = ("space", "weekday", "starts", "ends", "what", "place")


class SpaceHourForm(forms.Form):
    """`version` is that of the line the form was made from, 0 for a new one."""

    version = version_field()
    space = forms.ChoiceField(
        label="Ruang",
        choices=[("", "Pilih ruang"), *SpaceKind.choices],
        error_messages={"required": "Pilih ruangnya.", "invalid_choice": "Pilih salah satu ruang."},
    )
    weekday = forms.TypedChoiceField(
        label="Hari",
        choices=[("", "Pilih hari"), *Weekday.choices],
        coerce=int,
        error_messages={"required": "Pilih harinya.", "invalid_choice": "Pilih salah satu hari."},
    )
    starts = time_field("Mulai")
    ends = time_field("Selesai")
    what = forms.CharField(
        label="Kegiatan",
        max_length=120,
        help_text="Misalnya: Mendongeng untuk anak.",
        error_messages={"required": "Tulis kegiatannya."},
    )
    place = forms.CharField(
        label="Tempat", max_length=120, required=False, help_text="Boleh kosong bila di perpustakaan."
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("starts") and data.get("ends") and data["ends"] <= data["starts"]:
            self.add_error("ends", "Jam selesai harus sesudah jam mulai.")
        return data

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FACTS}

    @classmethod
    def initial_of(cls, row: SpaceHour) -> dict[str, Any]:
        return {"version": row.version, **row.facts}
