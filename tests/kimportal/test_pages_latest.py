"""What is new, for pages that only name it."""

from __future__ import annotations

import pytest

from kimportal.pages.latest import EXCERPT, newest_reports, published_reports
from tests.factories import make_published_report, make_report

pytestmark = pytest.mark.django_db


class TestPublishedReports:
    def test_what_no_verifier_approved_is_not_there(self) -> None:
        make_report()
        shown = make_published_report()
        assert [row.pk for row in published_reports()] == [shown.pk]

    def test_the_first_text_and_the_place_are_not_even_read(self) -> None:
        make_published_report(description="Rumah Pak Contoh bocor.", place="rumah kuning")
        row = published_reports().get()
        assert {"description", "place", "latitude", "longitude", "public_text"} <= row.get_deferred_fields()

    def test_a_long_text_is_cut_in_the_database(self) -> None:
        make_published_report(text="x" * 4000)
        assert len(published_reports().get().excerpt) == EXCERPT


class TestNewestReports:
    def test_the_newest_come_first_and_no_more_than_asked_for(self) -> None:
        rows = [make_published_report(text=f"Laporan {number}") for number in range(3)]
        assert [row.pk for row in newest_reports(2)] == [rows[2].pk, rows[1].pk]
