"""The demo of government's roles: the Salatiga workshop with all seven principles, and gaps that can be believed."""

from __future__ import annotations

import pytest

from groups.models import WorkProgram
from groups.workflow import ProgramStatus
from kimportal.demo.facilitation import DEEDS, WORKSHOP
from partnerships.models import Facilitation, FacilitationCount, Guideline
from tests.kimportal.test_seed_demo import demo, seeded  # noqa: F401  pytest finds them by name


@pytest.mark.django_db
@pytest.mark.usefixtures("seeded")
class TestTell:
    def test_the_workshop_shows_all_seven_principles_and_left_drafts(self) -> None:
        row = Facilitation.objects.get(title=WORKSHOP)
        assert all(each.text for each in row.evidence)
        assert row.area_id == "33.73"
        assert {kim.programs.count() for kim in row.kims.all()} == {1}
        assert row.followed_by.count() == 1

    def test_the_workshop_points_at_its_meeting_with_the_figures_of_its_sheet(self) -> None:
        meeting = Facilitation.objects.get(title=WORKSHOP).meeting
        assert meeting is not None
        assert (meeting.kind, meeting.count_row.total) == ("workshop", 24)

    def test_the_grid_has_gaps_and_is_counted(self) -> None:
        grid = FacilitationCount.objects.all().grid(None, None)
        assert grid.total == len(DEEDS)
        assert 0 < grid.filled < grid.cells
        assert all(row.number < grid.total for row in grid.principles)

    def test_two_guidelines_and_a_programme_in_each_state(self) -> None:
        assert Guideline.objects.count() == 2
        assert Guideline.objects.filter(versions__number=2).count() == 1
        written = WorkProgram.objects.filter(items__isnull=False).distinct()
        assert {row.status for row in written} == set(ProgramStatus)

    def test_every_name_says_that_it_is_made_up(self) -> None:
        titles = [
            *Facilitation.objects.values_list("title", flat=True),
            *Guideline.objects.values_list("title", flat=True),
        ]
        assert all("(contoh)" in title for title in titles)
