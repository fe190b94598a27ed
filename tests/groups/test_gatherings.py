"""Sessions and attendance lists as every higher app inherits them, on made-up tables of a test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.template.loader import render_to_string
from django.test.utils import isolate_apps
from django.utils import timezone

from groups.gatherings import (
    SMALLEST_CELL,
    AgeBand,
    Attendee,
    AttendeeQuerySet,
    Gathering,
    GatheringMode,
    GatheringQuerySet,
    Sex,
    Sheet,
    line_key,
)

STARTS = datetime(2021, 3, 9, 1, 0, tzinfo=UTC)  # 09.00 in Bali


@pytest.fixture
def tables(transactional_db: None) -> Iterator[tuple[Any, Any]]:
    """A table of sessions and one of who came, as a higher app would declare them."""
    with isolate_apps("groups"):

        class TrialSession(Gathering):
            area_id = "51.71"
            objects = GatheringQuerySet.as_manager()

            class Meta(Gathering.Meta):
                app_label = "groups"

        class TrialAttendee(Attendee):
            gathering = models.ForeignKey(TrialSession, models.CASCADE)
            objects = AttendeeQuerySet.as_manager()

            class Meta(Attendee.Meta):
                app_label = "groups"

        made = (TrialSession, TrialAttendee)
        if connection.vendor == "sqlite":
            connection.disable_constraint_checking()
        with connection.schema_editor() as editor:
            for model in made:
                editor.create_model(model)
        yield made
        with connection.schema_editor() as editor:
            for model in reversed(made):
                editor.delete_model(model)


def session_values(**over: Any) -> dict[str, Any]:
    plain = {"mode": GatheringMode.ONSITE, "place": "Aula", "starts_at": STARTS}
    return {"ends_at": STARTS + timedelta(hours=2), **plain, **over}


class TestGathering:
    @pytest.mark.parametrize(
        ("over", "sentence"),
        [
            ({"place": ""}, "Tulis tempat bertemu."),
            ({"mode": "hybrid"}, "Tulis tautan https atau nama aplikasi"),
            ({"mode": "hybrid", "place": "", "platform": "Zoom"}, "Tulis tempat bertemu."),
            ({"mode": "virtual", "place": ""}, "Tulis tautan https atau nama aplikasi"),
            ({"mode": "virtual", "link": "http://rapat.contoh.id/1"}, "dimulai dengan https"),
            ({"ends_at": STARTS}, "Waktu selesai harus sesudah"),
            ({"seats": 0}, "sedikitnya satu"),
            ({"mode": "surat"}, ""),
        ],
    )
    def test_the_database_refuses_it_and_the_form_says_why(
        self, tables: tuple[Any, Any], over: dict[str, Any], sentence: str
    ) -> None:
        row = tables[0](**session_values(**over))
        with pytest.raises(ValidationError) as caught:
            row.full_clean()
        assert sentence in " ".join(caught.value.messages)
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()

    @pytest.mark.parametrize(
        "over",
        [
            {},
            {"mode": "virtual", "place": "", "platform": "Zoom"},
            {"mode": "virtual", "place": "", "link": "https://rapat.contoh.id/1"},
            {"mode": "hybrid", "platform": "Zoom", "seats": 1},
        ],
    )
    def test_whole_sessions_are_stored(self, tables: tuple[Any, Any], over: dict[str, Any]) -> None:
        row = tables[0](**session_values(**over))
        row.full_clean()
        row.save()

    @pytest.mark.parametrize("place", ["https://zoom.contoh.id/j/1", "Zoom http://x", "www.zoom.us"])
    def test_a_link_is_not_a_place(self, tables: tuple[Any, Any], place: str) -> None:
        with pytest.raises(ValidationError, match="Tautan bukan tempat"):
            tables[0](**session_values(place=place)).full_clean()

    def test_hours_are_those_of_the_area(self, tables: tuple[Any, Any]) -> None:
        assert tables[0](**session_values()).when == "9 Maret 2021 pukul 09.00–11.00 WITA"
        overnight = tables[0](**session_values(ends_at=STARTS + timedelta(hours=20)))
        assert overnight.when == "9 Maret 2021 pukul 09.00 sampai 10 Maret 2021 pukul 05.00 WITA"

    def test_where_names_the_place_and_the_application(self, tables: tuple[Any, Any]) -> None:
        wheres = [
            tables[0](**session_values(mode=mode, platform="Zoom")).where for mode in ("onsite", "virtual", "hybrid")
        ]
        assert wheres == ["Aula", "daring lewat Zoom", "Aula, juga daring lewat Zoom"]

    def test_what_is_to_come_and_what_is_over(self, tables: tuple[Any, Any]) -> None:
        model, now = tables[0], timezone.now()
        later, soon, past = (
            model.objects.create(
                **session_values(starts_at=now + timedelta(hours=hours), ends_at=now + timedelta(hours=hours + 1))
            )
            for hours in (9, 2, -3)
        )
        assert list(model.objects.to_come()) == [soon, later]
        assert list(model.objects.over()) == [past]
        assert past.is_over
        assert not soon.is_over


class TestLineKey:
    @pytest.mark.parametrize(
        "line",
        [
            "Dinas  Pariwisata Provinsi Bali",
            "dinas pariwisata, prov. bali",
            "DINAS PARIWISATA PROPINSI BALI.",
            "Dinas Pariwisata\tPrôvinsi Bali",
        ],
    )
    def test_ways_to_write_one_office_are_one(self, line: str) -> None:
        assert line_key(line) == "dinas pariwisata provinsi bali"

    def test_other_offices_stay_others(self) -> None:
        assert line_key("RS Bali Mandara") != line_key("RS Mata Bali Mandara")
        assert line_key("Perikanan & Kelautan") == line_key("perikanan dan kelautan")

    def test_other_scripts_are_letters_too(self) -> None:
        assert line_key("ꦣꦶꦤꦱ꧀") != ""
        assert line_key("—, ;") == ""

    def test_never_longer_than_its_column(self) -> None:
        assert len(line_key("㍿" * 200)) <= 300


class TestAttendee:
    def add(self, tables: tuple[Any, Any], line: str, **over: Any) -> Any:
        session = tables[0].objects.first() or tables[0].objects.create(**session_values())
        row = tables[1](gathering=session, line=line, **over)
        row.full_clean()
        row.save()
        return row

    def test_one_office_comes_once(self, tables: tuple[Any, Any]) -> None:
        first = self.add(tables, "RS  Bali Mandara")
        assert first.line == "RS Bali Mandara"
        with pytest.raises(ValidationError, match="sudah tercatat"):
            self.add(tables, "rs bali mandara")
        with pytest.raises(IntegrityError), transaction.atomic():
            tables[1].objects.create(gathering=first.gathering, line="Rs. Bali Mandara")

    def test_a_line_of_marks_is_nobody(self, tables: tuple[Any, Any]) -> None:
        with pytest.raises(ValidationError, match="Tulis nama lembaga"):
            self.add(tables, "...")
        with pytest.raises(IntegrityError), transaction.atomic():
            tables[1].objects.create(gathering=tables[0].objects.get(), line="...")

    def test_a_line_with_a_persons_data_is_a_person(self) -> None:
        assert not Attendee.is_person.fget(Line())
        for about in ({"sex": "female"}, {"age_band": "elder"}, {"has_disability": False}):
            assert Attendee.is_person.fget(Line(**about))

    def test_figures_are_counted_and_small_ones_kept_back(self, tables: tuple[Any, Any]) -> None:
        for number in range(2 * SMALLEST_CELL):
            sex, age = (Sex.FEMALE if number % 2 else Sex.MALE), (AgeBand.ADULT if number else AgeBand.ELDER)
            self.add(tables, f"Peserta {number}", sex=sex, age_band=age)
        self.add(tables, "Stakeholder terkait")
        count = tables[1].objects.all().headcount()
        assert (count.total, count.institutions) == (11, 0)
        assert count.known["Jenis kelamin"] == {"Perempuan": 5, "Laki-laki": 5}
        assert count.known["Umur"]["60 tahun ke atas"] == 1
        assert "Disabilitas" not in count.known
        assert count.for_public == {"Jenis kelamin": {"Perempuan": 5, "Laki-laki": 5}}


class Line:
    """What `Attendee.is_person` reads."""

    def __init__(self, sex: str = "", age_band: str = "", has_disability: bool | None = None) -> None:
        self.sex, self.age_band, self.has_disability = sex, age_band, has_disability


class TestSheet:
    def test_known_lines_come_first_and_empty_rows_follow(self) -> None:
        sheet = Sheet("Rapat <b>Sinergi</b>", "Dinas Uji", [], ["RS Bali Mandara"], blank_rows=3)
        page = render_to_string("groups/_attendance_sheet.html", {"sheet": sheet})
        assert page.count("<tr>") == 1 + 1 + 3
        assert "RS Bali Mandara" in page
        assert "&lt;b&gt;Sinergi" in page
