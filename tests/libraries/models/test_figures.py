from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from libraries.models import LibraryEvent, MonthlyFigures, StaleMonth
from libraries.models.figures import this_month
from tests.factories import make_user
from tests.libraries.making import MARCH, make_library, make_library_officer, make_month

NUMBERS = {"visits_onsite": 40, "visits_online": 5, "activities": 2, "participants": 30}


@pytest.mark.django_db
class TestEnter:
    def test_a_month_is_stored_with_its_event(self) -> None:
        library = make_library()
        row = make_month(library, **NUMBERS)
        event = library.events.order_by("-sequence").first()
        assert (row.version, row.visits) == (1, 45)
        assert event is not None
        assert event.data == {"month": "2026-03", "before": {}, "after": NUMBERS}

    def test_a_month_that_has_not_come_is_refused(self) -> None:
        library = make_library()
        with pytest.raises(ValidationError, match="belum tiba"):
            make_month(library, date(2126, 1, 1), **NUMBERS)
        assert not MonthlyFigures.objects.exists()

    def test_participants_without_activity_are_refused(self) -> None:
        with pytest.raises(ValidationError, match="tidak ada kegiatan"):
            make_month(make_library(), participants=3)

    def test_the_database_keeps_one_row_a_month(self) -> None:
        row = make_month(make_library(), **NUMBERS)
        twin = MonthlyFigures(library=row.library, area_id=row.area_id, month=row.month)
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save()

    def test_two_people_who_began_with_the_empty_month_do_not_overwrite_each_other(self) -> None:
        library = make_library()
        first, second = MonthlyFigures.of_month(library, MARCH), MonthlyFigures.of_month(library, MARCH)
        first.enter(by=make_user(), version=0, **NUMBERS)
        with pytest.raises(StaleMonth):
            second.enter(by=make_user(), version=0, **{**NUMBERS, "activities": 9})
        assert MonthlyFigures.objects.get().activities == 2


@pytest.mark.django_db
class TestAccept:
    def test_an_accepted_month_is_locked_for_the_library(self) -> None:
        row = make_month(make_library(), **NUMBERS)
        row.accept(by=make_library_officer(), version=row.version)
        with pytest.raises(ValidationError, match="sudah diterima Dinas"):
            row.enter(by=make_user(), version=row.version, **NUMBERS)

    def test_a_correction_says_why_and_what_stood_before(self) -> None:
        library, officer = make_library(), make_library_officer()
        row = make_month(library, **NUMBERS)
        row.accept(by=officer, version=row.version)
        row.correct(by=officer, version=row.version, text="Salah hitung.", **{**NUMBERS, "visits_onsite": 41})
        event = LibraryEvent.objects.filter(subject=library).latest("sequence")
        assert (event.action, event.text) == ("month_corrected", "Salah hitung.")
        assert (event.data["before"]["visits_onsite"], event.data["after"]["visits_onsite"]) == (40, 41)
        assert row.is_locked

    def test_a_correction_without_reason_is_refused(self) -> None:
        row = make_month(make_library(), **NUMBERS)
        with pytest.raises(ValidationError):
            row.correct(by=make_library_officer(), version=row.version, text=" ", **NUMBERS)


@pytest.mark.django_db
class TestThisMonth:
    def test_the_month_of_the_village_not_of_the_server(self, monkeypatch: pytest.MonkeyPatch) -> None:
        library = make_library("51.03.05.2003")  # Bali, WITA
        moment = datetime(2026, 3, 31, 17, 0, tzinfo=UTC)  # 1 April 01.00 WITA
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
        assert this_month(library) == date(2026, 4, 1)
