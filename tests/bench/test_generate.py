"""The made-up country is as valid as a real one, and the check sees what is not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.db.models import F
from pytest_django import DjangoDbBlocker

from accounts.events import permit
from groups.models import Announcement, Kim, KimWord
from groups.models.coverage import DistrictCoverage
from libraries.models import DistrictLibraries, DistrictMonth, Library
from partnerships.models import Meeting, Partnership
from reports.models import Report, ReportCount, ReportEvent
from reports.workflow import Status
from tests.bench.check import problems
from tests.bench.generate import Size, cut, generate
from tests.bench.page import PAGES
from tests.bench.pages import count, pages
from tests.factories import make_tree

pytestmark = pytest.mark.django_db
SMALL = Size(reports=120, kims=12, announcements=40, libraries=6, served=4, partnerships=40)


@pytest.fixture(scope="module")
def built_country(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Built once, inside a transaction that is rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_tree()
        generate(SMALL, processes=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def country(built_country: None, db: None) -> None:
    """What a test breaks is rolled back."""


@pytest.mark.usefixtures("country")
class TestGenerate:
    def test_everything_asked_for_is_there_and_valid(self) -> None:
        assert Report.objects.count() == SMALL.reports
        assert Kim.objects.count() == SMALL.kims
        assert Announcement.objects.count() == SMALL.announcements
        assert Library.objects.count() == SMALL.libraries
        assert (Partnership.objects.count(), Meeting.objects.count()) == (SMALL.partnerships, SMALL.partnerships // 5)
        assert list(problems(sample=10)) == []

    def test_reports_lie_in_every_part_of_life(self) -> None:
        assert len(set(Report.objects.values_list("status", flat=True))) > 5
        assert Report.objects.published().search("jalan").exists()
        assert Report.objects.filter(is_anonymous=True).exists()

    def test_every_page_to_measure_answers(self) -> None:
        found = pages()
        assert len(found) == PAGES
        for page in found:
            count(page)
            assert page.status in {200, 302}, page.path
            assert page.sql, page.path
            assert page.sql <= (page.most_sql or page.sql), page.path

    def test_a_new_row_gets_a_number_of_its_own(self) -> None:
        kim = Kim.objects.get(pk=1)
        kim.pk = None
        kim.slug, kim.name = "kim-baru", "KIM Baru"
        kim.save()
        assert kim.pk > SMALL.kims

    def test_an_altered_event_is_found(self) -> None:
        with permit():
            ReportEvent._default_manager.filter(sequence=1).update(actor_label="Orang lain")
        assert any("diubah" in problem for problem in problems(sample=0))

    def test_a_wrong_counter_is_found(self) -> None:
        ReportCount.objects.filter(pk=ReportCount.objects.values("pk")[:1]).update(count=F("count") + 1)
        assert any("Jumlah laporan" in problem for problem in problems(sample=0))

    def test_wrong_coverage_is_found(self) -> None:
        DistrictCoverage.objects.update(covered=0)
        assert any("Cakupan" in problem for problem in problems(sample=0))

    def test_a_wrong_sum_of_libraries_is_found(self) -> None:
        DistrictMonth.objects.filter(pk__in=DistrictMonth.objects.values("pk")[:1]).update(participants=99_999)
        assert any("Angka bulanan" in problem for problem in problems(sample=0))

    def test_a_wrong_count_of_libraries_is_found(self) -> None:
        DistrictLibraries.objects.update(libraries=7)
        assert any("Jumlah perpustakaan" in problem for problem in problems(sample=0))

    def test_a_wrong_relay_count_is_found(self) -> None:
        Announcement.objects.filter(relay_of__isnull=True).update(relay_count=9)
        assert any("penerusan" in problem for problem in problems(sample=0))

    def test_lost_words_are_found(self) -> None:
        KimWord.objects.all().delete()
        assert any("Kata pencarian KIM" in problem for problem in problems(sample=0))

    def test_a_row_that_breaks_a_rule_is_found(self) -> None:
        Report.objects.filter(status=Status.SUBMITTED).update(description="Warga melapor " * 400)
        assert any("laporan" in problem for problem in problems(sample=200))

    def test_a_report_that_search_does_not_know_is_found(self) -> None:
        if connection.vendor == "postgresql":
            pytest.skip("generated columns")
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM reports_officer_words")
        assert any("tidak memuat" in problem for problem in problems(sample=0))


def test_numbers_are_cut_into_ranges_without_gap() -> None:
    assert [number for numbers in cut(4500, 2000) for number in numbers] == list(range(1, 4501))
