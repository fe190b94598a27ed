"""Words find what is public, newest first, by an index, and nothing that is hidden."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.triggers import expected_triggers, installed_triggers, permit
from reports.models import Actor, Report, ReportEvent
from reports.models.queries import ReportQuerySet
from reports.models.searching import KeepWords, area_mark, category_mark, forms, parse, status_mark
from tests.factories import make_area, make_published_report, make_report

pytestmark = pytest.mark.django_db
BY = Actor("Petugas laporan uji")
MARKS = [status_mark("verified"), area_mark("13.07"), category_mark("jalan")]


def found(words: str, **over: Any) -> list[Report]:
    return list(Report.objects.all().search(words, **over).order_by("-published_at", "-id"))


class TestPublicWords:
    @pytest.mark.parametrize(
        "words",
        ["jembatan", "JEMBATAN", "jembatan kayu", "kayu jembatan", "jemb", "lapuk, kayu!", "jalan", "talang maur kayu"]
        + ["mungka jembatan", "Lubang", "jembatannya", "surau"],
    )
    def test_finds_text_place_category_and_area(self, words: str) -> None:
        report = make_report(status="verified")
        report.publish(by=BY, text="Jembatan kayu lapuk dan berlubang.", place="Depan surau", photo_ids=[])
        assert found(words) == [report]

    @pytest.mark.parametrize(
        "words", ["", " ", "!!!", "\0", "motor", "taeh jembatan", "jembatan batu", '" OR *', "a_1307"]
    )
    def test_what_is_not_there_is_not_found(self, words: str) -> None:
        make_area("13.07.03.2002")
        make_published_report(text="Jembatan kayu lapuk.", description="Motor saya jatuh.")
        assert found(words) == []

    def test_the_first_text_answers_only_officers(self) -> None:
        report = make_published_report(text="Jembatan lapuk.", description="Motor Buyung jatuh.", place="Depan surau")
        assert found("buyung") == []
        assert found("buyung", public=False) == [report]
        assert found("surau", public=False) == [report]

    def test_a_withdrawn_report_is_gone_at_once(self) -> None:
        report = make_published_report(text="Jembatan lapuk.")
        report.unpublish(by=BY, text="Salah tayang.")
        assert found("jembatan") == []

    def test_a_corrected_text_replaces_the_old_words(self) -> None:
        report = make_published_report(text="Jembatan lapuk.")
        report.publish(by=BY, text="Titian lapuk.", place="", photo_ids=[])
        assert found("jembatan") == []
        assert found("titian") == [report]

    def test_a_secret_report_is_in_no_public_answer(self) -> None:
        report = make_published_report(text="Jembatan lapuk.")
        report.raise_secrecy(by=BY)
        assert found("jembatan") == []
        assert found("jalan", public=False) == [report]

    def test_marks_follow_the_state(self) -> None:
        report = make_published_report(text="Jembatan lapuk.")
        assert found("jembatan", marks=[status_mark("verified"), area_mark("13.07"), category_mark("jalan")]) == [
            report
        ]
        report.start_follow_up(by=BY)
        assert found("jembatan", marks=[status_mark("verified")]) == []
        assert found("jembatan", marks=[status_mark("in_follow_up")]) == [report]

    def test_an_area_mark_is_that_area_and_no_other(self) -> None:
        make_published_report(text="Jembatan lapuk.")
        assert found("jembatan", marks=[area_mark("13.0")]) == []
        assert len(found("jembatan", marks=[area_mark("13.07.11.2004")])) == 1

    def test_only_since_a_moment(self) -> None:
        make_published_report(text="Jembatan lapuk.")
        now = timezone.now()
        assert len(found("jembatan", since=now - timedelta(hours=1))) == 1
        if connection.vendor == "sqlite":  # elsewhere the query's own condition does it
            assert found("jembatan", since=now + timedelta(hours=1)) == []

    def test_the_newest_are_kept_where_many_match(self, monkeypatch: pytest.MonkeyPatch) -> None:
        if connection.vendor != "sqlite":
            pytest.skip("PostgreSQL reads until the page is full")
        reports = [make_published_report(text="Jembatan lapuk.") for _ in range(4)]
        for age, report in enumerate(reversed(reports)):
            moment = timezone.now() - timedelta(minutes=age)
            Report.objects.filter(pk=report.pk).update(published_at=moment)
        monkeypatch.setattr("reports.models.searching.NEWEST", 2)
        assert found("jembatan") == [reports[3], reports[2]]

    def test_composes_with_other_conditions_and_as_a_part_of_a_query(self) -> None:
        report = make_published_report(text="Jembatan lapuk.")
        part = Report.objects.within("13.07").search("jembatan").values("pk")
        assert list(Report.objects.filter(pk__in=part)) == [report]
        assert not Report.objects.within("51").search("jembatan").exists()


class TestParse:
    def test_no_more_than_eight_words_of_bounded_length(self) -> None:
        words = parse("kata " * 5000)
        assert words is not None
        assert len(words.groups) == 8
        assert parse("x" * 5000).groups[0][0] == "x" * 40

    def test_one_query_whatever_the_words(self, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(1):
            parse("jalan rusak di talang maur lima puluh kota sumatera")

    @pytest.mark.parametrize(
        ("word", "relative"), [("perbaikan", "baik"), ("berlubang", "lubang"), ("jalannya", "jalan")]
    )
    def test_a_word_brings_its_relatives(self, word: str, relative: str) -> None:
        assert relative in forms(word)

    def test_a_short_word_is_left_whole(self) -> None:
        assert forms("air") == ["air"]


class TestKeepWords:
    def test_all_triggers_are_installed(self) -> None:
        names = set(KeepWords().create(connection.vendor))
        assert len(names) == (6 if connection.vendor == "sqlite" else 0)
        assert names <= expected_triggers(connection.vendor)
        assert names <= installed_triggers(connection)

    def test_a_deleted_report_leaves_no_words(self) -> None:
        if connection.vendor != "sqlite":
            pytest.skip("generated columns go with their row")
        report = make_published_report(text="Jembatan lapuk.")
        with permit():
            ReportEvent.erase(report)
            report.delete()
        with connection.cursor() as cursor:
            for table in ("reports_public_words", "reports_officer_words"):
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone() == (0,)


class TestPlans:
    def plan_of(self, rows: ReportQuerySet) -> str:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan = off")
        return rows.explain()

    def test_public_words_are_found_by_an_index(self) -> None:
        make_published_report(text="Jembatan lapuk.")
        plan = self.plan_of(Report.objects.all().search("jembatan").as_cards().order_by("-published_at", "-id")[:21])
        if connection.vendor == "sqlite":
            assert "VIRTUAL TABLE INDEX" in plan
            assert "SCAN reports_report\n" not in f"{plan}\n"
        else:
            assert "Seq Scan on reports_report" not in plan

    def test_officers_walk_their_queue_and_stop_early(self) -> None:
        make_published_report(text="Jembatan lapuk.")
        queue = Report.objects.filter(regency_code="13.07", is_pending=True).in_queue_order()
        plan = self.plan_of(queue.search("jembatan", public=False)[:21])
        if connection.vendor == "sqlite":
            assert "INDEX report_queue_regency_code" in plan
            assert "VIRTUAL TABLE INDEX" in plan
            assert "TEMP B-TREE" not in plan
        else:
            assert "Seq Scan on reports_report" not in plan

    @pytest.mark.parametrize(
        "narrow",
        [{}, {"province_code": "13"}, {"regency_code": "13.07"}, {"district_code": "13.07.11"}]
        + [{"area": "13.07.11.2004"}, {"category": "jalan"}, {"status": "verified"}],
    )
    def test_every_list_is_read_in_the_order_of_an_index(self, narrow: dict[str, str]) -> None:
        rows = Report.objects.published().filter(**narrow).order_by("-published_at", "-id")[:21]
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        plan = rows.explain()
        assert "report_public_" in plan
        assert "TEMP B-TREE" not in plan
        assert "Seq Scan" not in plan
