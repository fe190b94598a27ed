"""The command counts every district and says how many."""

from __future__ import annotations

from io import StringIO

from django.core.management import call_command

from groups.models import DistrictCoverage
from tests.factories import make_area


def test_counts_and_can_be_repeated(db):
    make_area("13.07.11.2004")
    for _ in range(2):
        out = StringIO()
        call_command("count_coverage", stdout=out)
        assert "1 kecamatan" in out.getvalue()
    assert DistrictCoverage.objects.get().villages == 1


def test_counted_once_it_is_left_alone_when_asked_to(db):
    make_area("13.07.11.2004")
    call_command("count_coverage", if_empty=True, stdout=StringIO())
    DistrictCoverage.objects.update(villages=7)
    call_command("count_coverage", if_empty=True, stdout=StringIO())
    assert DistrictCoverage.objects.get().villages == 7
