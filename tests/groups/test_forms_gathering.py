from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from groups.forms.gathering import GatheringForm

TYPED = {"mode": "onsite", "place": "Aula", "held_on": "2021-03-09", "starts": "09:00", "ends": "11.30"}


def form_of(**over: Any) -> GatheringForm:
    return GatheringForm({**TYPED, **over}, area_code="51.71")


class TestGatheringForm:
    def test_hours_are_by_the_clock_of_the_area(self) -> None:
        form = form_of()
        assert form.is_valid(), form.errors
        assert form.values["starts_at"] == datetime(2021, 3, 9, 1, 0, tzinfo=UTC)
        assert form.values["ends_at"] == datetime(2021, 3, 9, 3, 30, tzinfo=UTC)

    def test_an_end_before_the_start_is_the_next_day(self) -> None:
        form = form_of(starts="20:00", ends="01:00")
        assert form.is_valid()
        assert form.values["ends_at"] == datetime(2021, 3, 9, 17, 0, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("name", "typed", "sentence"),
        [
            ("held_on", "kemarin", "Tulis tanggal seperti"),
            ("held_on", "0001-01-01", "Periksa tahunnya."),
            ("held_on", "9999-12-31", "Periksa tahunnya."),
            ("starts", "pagi", "Tulis jam seperti"),
            ("ends", "", "Isi jam ini."),
            ("link", "bukan tautan", "Tulis tautan lengkap"),
            ("seats", "0", ""),
            ("mode", "surat", ""),
        ],
    )
    def test_what_cannot_be_is_refused_beside_its_field(self, name: str, typed: str, sentence: str) -> None:
        form = form_of(**{name: typed})
        assert not form.is_valid()
        assert sentence in " ".join(form.errors[name])

    def test_a_stored_session_comes_back_as_it_was_typed(self) -> None:
        form = form_of()
        assert form.is_valid()
        row: Any = SimpleNamespace(area_id="51.71", **form.values)
        again = GatheringForm.initial_of(row)
        assert (str(again["held_on"]), str(again["starts"])[:5], str(again["ends"])[:5]) == (
            "2021-03-09",
            "09:00",
            "11:30",
        )
