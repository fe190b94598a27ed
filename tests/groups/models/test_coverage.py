"""The counters follow every change of a KIM, and the area tree."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from groups.models import DistrictCoverage, Kim
from regions.models import Area
from tests.factories import make_area, make_kim


def counted(code="13.07.11"):
    row = DistrictCoverage.objects.get(area=code)
    return row.covered, row.villages


@pytest.fixture
def district(db):
    make_area("13.07.11.2001")
    make_area("13.07.11.2004")


class TestRecount:
    def test_follows_a_kim_that_becomes_active_and_stops(self, district):
        kim = make_kim(status="active")
        assert counted() == (1, 2)
        kim.dissolve(by=kim.memberships.first().user, text="Anggota pindah.")
        assert counted() == (0, 2)

    def test_two_kim_in_a_village_count_once(self, district):
        first = make_kim(status="active")
        make_kim(status="active")
        assert counted() == (1, 2)
        first.dissolve(by=None, text="Bergabung dengan yang lain.")
        assert counted() == (1, 2)

    def test_a_retired_village_breaks_no_action(self, district):
        Area.objects.filter(parent="13.07.11").update(retired_on=date(2024, 1, 1))
        make_kim(status="active")
        assert counted() == (0, 0)


@pytest.mark.django_db(transaction=True)
class TestParallelRecount:
    def test_two_kim_that_stop_at_once_both_count(self):
        kims = [make_kim(make_area(code), status="active") for code in ("13.07.11.2001", "13.07.11.2004")]
        other = threading.Thread(target=dissolve, args=[kims[1].pk])
        with transaction.atomic():
            kims[0].dissolve(by=None, text="Anggota pindah.")
            other.start()
            other.join(timeout=0.5)  # by now it waits for the district
        other.join()
        assert counted() == (0, 2)

    def test_a_kim_that_stops_while_all_is_counted_anew_is_not_lost(self):
        """The later one waits for the districts, and then counts what the earlier one changed."""
        kim = make_kim(make_area("13.07.11.2004"), status="active")
        make_area("13.07.11.2001")
        other = threading.Thread(target=rebuild)
        with transaction.atomic():
            kim.dissolve(by=None, text="Anggota pindah.")
            other.start()
            other.join(timeout=0.5)
        other.join()
        assert counted() == (0, 2)


def rebuild():
    try:
        DistrictCoverage.objects.rebuild()
    finally:
        connection.close()


def dissolve(key):
    try:
        Kim.objects.get(pk=key).dissolve(by=None, text="Anggota pindah.")
    finally:
        connection.close()


class TestRebuild:
    def test_counts_what_the_actions_counted(self, district):
        make_kim(status="active")
        before = counted()
        DistrictCoverage.objects.update(covered=0, villages=0)
        assert DistrictCoverage.objects.rebuild() == 1
        assert counted() == before == (1, 2)

    def test_districts_that_are_gone_are_counted_no_more(self, district):
        make_area("13.07.03.2002")
        DistrictCoverage.objects.rebuild()
        Area.objects.filter(code__startswith="13.07.03").update(retired_on=date(2024, 1, 1))
        DistrictCoverage.objects.rebuild()
        assert DistrictCoverage.objects.total() == {"villages": 2, "covered": 0}

    def test_keeps_the_codes_that_sums_are_made_by(self, district):
        DistrictCoverage.objects.rebuild()
        assert list(DistrictCoverage.objects.by("province").values_list("code", flat=True)) == ["13"]
        assert Kim.objects.count() == 0
