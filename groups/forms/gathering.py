"""When and how people meet, as a form asks it: days and hours are those of the area, never of the server."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms

from groups.forms.fields import date_field
from groups.gatherings import Gathering, GatheringMode
from regions.calendar import zone_of

FIRST_YEAR = 1990
FARTHEST = 5  # years ahead


def time_field(label: str, **options: Any) -> forms.TimeField:
    """A clock time as the browser or a person writes it: 08:00, 08.00."""
    sentence = {"invalid": "Tulis jam seperti 08.00.", "required": "Isi jam ini."}
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    formats = ["%H:%M", "%H.%M", "%H:%M:%S"]
    return forms.TimeField(label=label, widget=widget, input_formats=formats, error_messages=sentence, **options)


class GatheringForm(forms.Form):
    """One session; `area_code` says whose clock holds. Put `values` into the row and let its own action check it."""

    mode = forms.ChoiceField(
        label="Cara bertemu",
        choices=GatheringMode.choices,
        initial=GatheringMode.ONSITE,
        help_text="Gabungan: sebagian datang, sebagian ikut daring.",
    )
    place = forms.CharField(
        label="Tempat", max_length=200, required=False, help_text="Wajib bila ada yang bertemu langsung."
    )
    platform = forms.CharField(
        label="Aplikasi rapat daring", max_length=60, required=False, help_text="Misalnya Zoom. Wajib bila daring."
    )
    link = forms.URLField(
        label="Tautan rapat daring",
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text="Dimulai dengan https://. Boleh kosong bila aplikasinya sudah ditulis.",
        error_messages={"invalid": "Tulis tautan lengkap, dimulai dengan https://."},
    )
    held_on = date_field("Tanggal")
    starts = time_field("Mulai")
    ends = time_field("Selesai", help_text="Bila lewat tengah malam, berarti hari berikutnya.")
    seats = forms.IntegerField(label="Jumlah kursi", min_value=1, max_value=100_000, required=False)

    def __init__(self, *args: Any, area_code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone_of(area_code)

    def clean_held_on(self) -> date:
        day: date = self.cleaned_data["held_on"]
        if not FIRST_YEAR <= day.year <= date.today().year + FARTHEST:  # noqa: DTZ011  the year is enough
            raise forms.ValidationError("Periksa tahunnya.")
        return day

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, as columns of a `Gathering`."""
        data = self.cleaned_data
        names = ("mode", "place", "platform", "link", "seats")
        start, end = self._moment(data["starts"]), self._moment(data["ends"])
        if end < start:
            end += timedelta(days=1)
        return {**{name: data[name] for name in names}, "starts_at": start, "ends_at": end}

    def _moment(self, clock: time) -> datetime:
        return datetime.combine(self.cleaned_data["held_on"], clock, self.zone)

    @classmethod
    def initial_of(cls, row: Gathering) -> dict[str, Any]:
        """A stored session as the form shows it."""
        zone = zone_of(row.area_id)
        start, end = row.starts_at.astimezone(zone), row.ends_at.astimezone(zone)
        names = ("mode", "place", "platform", "link", "seats")
        clock = {"held_on": start.date(), "starts": start.time(), "ends": end.time()}
        return {**{name: getattr(row, name) for name in names}, **clock}
