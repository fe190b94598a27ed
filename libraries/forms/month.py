"""The one page on which a month is entered: four numbers and the month's clippings."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from groups.forms.fields import date_field
from libraries.growth import grouped
from libraries.models import MediaExposure, Medium, MonthlyFigures
from libraries.models.attendance import Involvement
from libraries.models.figures import COUNTED, MOST
from libraries.months import first_day
from uploads.fields import DocumentField

MOST_CLIPPINGS = 3  # new ones a page; the page can be opened again
FILLED = ("outlet", "title", "published_on", "url", "scan_file")


def number_field(label: str, help_text: str = "") -> forms.IntegerField:
    sentences = {
        "required": "Isi angka ini. Tulis 0 bila memang tidak ada.",
        "invalid": "Tulis angka bulat tanpa titik atau koma.",
        "min_value": "Angka ini tidak boleh kurang dari 0.",
        "max_value": "Angka ini terlalu besar untuk satu bulan.",
    }
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(
        label=label, min_value=0, max_value=MOST, help_text=help_text, error_messages=sentences, widget=widget
    )


class VersionForm(forms.Form):
    """`version` is that of the month the page was made from, 0 for one not written yet."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class MonthForm(VersionForm):
    """Four numbers."""

    visits_onsite = number_field("Kunjungan di tempat", "Orang yang datang, dihitung setiap kali datang.")
    visits_online = number_field("Kunjungan daring", "Pengunjung situs, katalog, atau media sosial perpustakaan.")
    activities = number_field("Kegiatan", "Kegiatan bersama masyarakat yang terlaksana.")
    participants = number_field("Peserta kegiatan", "Jumlah peserta semua kegiatan.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("participants") and data.get("activities") == 0:
            self.add_error("activities", "Ada peserta tetapi tidak ada kegiatan. Isi jumlah kegiatan.")
        return data

    @property
    def numbers(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] for name in COUNTED}

    @classmethod
    def blank(cls, row: MonthlyFigures, known: Involvement | None = None) -> MonthForm:
        """What is stored; nothing where the month was not entered, since a gap is not a zero.

        What the attendance lists say of such a month is offered; nobody has to take it.
        """
        offered = (
            {"activities": known.activities, "participants": known.participants} if known and known.sessions else {}
        )
        return cls(initial={"version": row.version, **(row.numbers if row.pk else offered)})

    def differences(self, stored: MonthlyFigures) -> list[tuple[str, str, str]]:
        """Label, stored now, typed: where somebody else wrote the same month meanwhile."""
        pairs = ((name, getattr(stored, name), self.cleaned_data[name]) for name in COUNTED)
        return [
            (str(self.fields[name].label), grouped(now), grouped(typed)) for name, now, typed in pairs if now != typed
        ]


class CorrectionForm(MonthForm):
    """The agency's own change of a month it had accepted."""

    text = forms.CharField(
        label="Alasan koreksi",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Tulis alasan koreksi."},
    )


class ClippingForm(forms.Form):
    """One clipping; a line left empty counts for nothing."""

    is_line = True  # empty or complete as a whole, which the page says once instead of "may be empty" at each field
    outlet = forms.CharField(label="Nama media", max_length=120, required=False)
    medium = forms.ChoiceField(label="Jenis media", choices=Medium.choices, initial=Medium.ONLINE, required=False)
    title = forms.CharField(label="Judul", max_length=200, required=False)
    published_on = date_field("Tanggal terbit", required=False)
    url = forms.URLField(
        label="Tautan",
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "Tulis tautan lengkap, misalnya https://contoh.id/berita."},
    )
    scan_file = DocumentField(label="Pindaian", required=False, help_text="Bila tidak ada tautan. PDF atau foto.")

    def __init__(self, *args: Any, month: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.month = month

    @property
    def is_empty(self) -> bool:
        return not any(self.cleaned_data.get(name) for name in FILLED)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors or self.is_empty:
            return data
        for name in ("outlet", "title", "published_on"):
            if not data.get(name):
                self.add_error(name, "Lengkapi kliping ini, atau kosongkan semua isiannya.")
        if not data.get("url") and not data.get("scan_file"):
            self.add_error("url", "Sertakan tautan atau pindaian kliping.")
        day = data.get("published_on")
        if day and first_day(day) != self.month:
            self.add_error("published_on", "Tanggal ini di bulan lain. Catat kliping pada bulan terbitnya.")
        return data

    def clipping(self, row: MonthlyFigures) -> MediaExposure:
        """The clipping that was typed, not stored yet; its scan is stored by who stores it."""
        data = self.cleaned_data
        names = ("outlet", "title", "published_on", "url")
        return MediaExposure(
            library=row.library, medium=data["medium"] or Medium.ONLINE, **{name: data[name] for name in names}
        )


class ClippingFormSet(forms.BaseFormSet):
    """The new clippings of one page; the same one typed twice is told so on the page."""

    def clean(self) -> None:
        seen: set[str] = set()
        for form in self.forms:
            url = getattr(form, "cleaned_data", {}).get("url")
            if url and url in seen:
                form.add_error("url", "Tautan ini tertulis dua kali.")
            seen.add(url or "")

    @property
    def filled(self) -> list[ClippingForm]:
        return [form for form in self.forms if not form.is_empty]

    @property
    def all_errors(self) -> list[tuple[str, Any, Any]]:
        """(label, bound field or nothing, errors) of every line, for the summary on top."""
        whole = [(f"Kliping {number}", None, form.non_field_errors()) for number, form in enumerate(self.forms, 1)]
        fields = [
            (f"Kliping {number}: {bound.label}", bound, bound.errors)
            for number, form in enumerate(self.forms, 1)
            for bound in form.visible_fields()
            if bound.errors
        ]
        return [each for each in whole if each[2]] + fields


ClippingFormSetOf = forms.formset_factory(
    ClippingForm,
    formset=ClippingFormSet,
    extra=MOST_CLIPPINGS,
    max_num=MOST_CLIPPINGS,
    absolute_max=MOST_CLIPPINGS,
    validate_max=True,
)
