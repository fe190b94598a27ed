"""The filters of the queue narrow what an officer sees, never widen it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from reports.models import Report
from reports.workflow import Status
from tests.cast import OTHER_VILLAGE
from tests.factories import make_area, make_report

QUEUE = reverse("admin:reports_report_changelist")
SIBLING = "13.07.03.2002"


@pytest.fixture
def shown(client, cast):
    """The reports on the officer's list for a query."""

    def read(query, user=cast.officer):
        client.force_login(user)
        answer = client.get(f"{QUEUE}?{query}")
        assert answer.status_code == 200
        return set(answer.context["cl"].result_list)

    return read


class TestStateFilter:
    @pytest.mark.parametrize("status", list(Status))
    def test_one_state(self, shown, status):
        reports = {make_report(status=each) for each in Status}
        assert shown(f"keadaan={status}") == {report for report in reports if report.status == status}

    def test_waiting_is_the_default_and_all_is_all(self, shown):
        waiting, closed = make_report(), make_report(status=Status.CLOSED)
        assert shown("") == shown("keadaan=menunggu") == {waiting}
        assert shown("keadaan=semua") == {waiting, closed}

    @pytest.mark.parametrize("value", ["", "x", "closed'", "%00", "semua&keadaan=x"])
    def test_an_unknown_value_is_the_default(self, shown, value):
        waiting, _ = make_report(), make_report(status=Status.CLOSED)
        assert shown(f"keadaan={value}") == {waiting}

    def test_all_is_newest_first_though_finished_ones_have_no_deadline(self, client, cast):
        old, new = make_report(status=Status.ARCHIVED), make_report()
        Report.objects.filter(pk=old.pk).update(created_at="2026-01-01T00:00:00Z")
        client.force_login(cast.officer)
        rows = client.get(f"{QUEUE}?keadaan=semua").context["cl"].result_list
        assert list(rows) == [new, old]


class TestMarkFilter:
    def test_each_mark(self, shown):
        plain, secret, held = make_report(), make_report(is_secret=True), make_report(is_held=True)
        late, public = make_report(), make_report(status=Status.VERIFIED, published=True)
        Report.objects.filter(pk=late.pk).update(due_at="2026-01-05T00:00:00Z")
        assert shown("tanda=lewat") == {late}
        assert shown("tanda=rahasia") == {secret}
        assert shown("tanda=periksa") == {held}
        assert shown("tanda=tampil") == {public}
        assert shown("tanda=x") == {plain, secret, held, late, public}

    def test_a_reader_finds_no_secret_one(self, shown, cast):
        make_report(is_secret=True)
        assert shown("tanda=rahasia", cast.province_reader) == set()


class TestCategoryFilter:
    def test_one_category(self, shown):
        road, water = make_report(), make_report(category="air-bersih")
        assert shown("kategori=air-bersih") == {water}
        assert shown("kategori=x") == {road, water}


class TestAreaFilter:
    def test_one_district(self, shown):
        here, there = make_report(), make_report(SIBLING)
        assert shown("wilayah=13.07.03") == {there}
        assert shown("wilayah=13.07.11") == {here}

    @pytest.mark.parametrize("code", ["13.71", "13.71.01", "13", OTHER_VILLAGE, "x", "13.07.11' OR 1=1"])
    def test_an_area_that_is_not_on_the_list_changes_nothing(self, shown, code):
        mine, _ = make_report(), make_report(OTHER_VILLAGE)
        assert shown(f"wilayah={code}") == {mine}

    def test_offers_the_parts_of_the_own_area(self, client, cast):
        make_area("13.07.03"), make_area("13.71.01")
        client.force_login(cast.officer)
        content = client.get(QUEUE).content.decode()
        assert "wilayah=13.07.03" in content
        assert "wilayah=13.71.01" not in content

    def test_offers_provinces_to_who_sees_the_country(self, client, cast):
        client.force_login(cast.national_reader)
        content = client.get(QUEUE).content.decode()
        assert "wilayah=13" in content
        assert "wilayah=13.07" not in content


class TestTogether:
    def test_filters_and_words_narrow_together(self, shown):
        wanted = make_report(is_secret=True, description="Tanggul retak di hulu.")
        make_report(description="Tanggul retak di hilir."), make_report(is_secret=True)
        assert shown("q=tanggul&tanda=rahasia&kategori=jalan&wilayah=13.07.11") == {wanted}

    @pytest.mark.parametrize("cursor", ["x", "%00", "bm90LWEtY3Vyc29y", "a" * 900])
    def test_a_broken_cursor_is_the_first_page(self, shown, cursor):
        report = make_report()
        assert shown(f"halaman={cursor}") == {report}
