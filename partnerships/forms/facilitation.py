"""What a reader asks of the page about government's roles: which area, which year."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from regions.fields import AreaField
from regions.models import Area

YEARS = 10


def year_choices() -> list[tuple[str, str]]:
    """The last ten years; older ones are in the download."""
    this_year = timezone.localdate().year
    return [("", "Semua tahun"), *((str(year), str(year)) for year in range(this_year, this_year - YEARS, -1))]


class FacilitationFilterForm(forms.Form):
    area = AreaField(label="Wilayah", level=None, required=False)
    tahun = forms.ChoiceField(
        label="Tahun",
        choices=year_choices,
        required=False,
        error_messages={"invalid_choice": "Pilih tahun dari daftar."},
    )

    @property
    def area_chosen(self) -> Area | None:
        found: Area | None = self.cleaned_data.get("area") if self.is_valid() else None
        return found

    @property
    def year_chosen(self) -> int | None:
        year = self.cleaned_data.get("tahun") if self.is_valid() else ""
        return int(year) if year else None

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(name) for name in ("area", "area_words", "area_choice", "tahun"))

    @property
    def query(self) -> dict[str, Any]:
        """What was chosen, as the addresses of the report and the download carry it."""
        area, year = self.area_chosen, self.year_chosen
        return {"area": area.code if area else None, "tahun": year}
