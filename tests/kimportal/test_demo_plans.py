"""The demo's plans: of two years, adopted and draft, and a library in a desa adat."""

from __future__ import annotations

import pytest
from django.utils import timezone

from libraries.models import Library, Plan, PlannedActivity
from libraries.workflow import ItemState
from tests.kimportal.test_seed_demo import demo, seeded  # noqa: F401  pytest finds them by name


@pytest.mark.django_db
@pytest.mark.usefixtures("seeded")
class TestTellPlans:
    def test_last_year_is_told_to_its_end(self) -> None:
        year = timezone.localdate().year - 1
        assert Plan.objects.adopted().filter(year=year).count() == 3
        states = set(PlannedActivity.objects.filter(goal__plan__year=year).values_list("state", flat=True))
        assert states == {ItemState.DONE, ItemState.DROPPED}

    def test_one_of_this_year_is_still_a_draft(self) -> None:
        plans = Plan.objects.filter(year=timezone.localdate().year)
        assert (plans.count(), plans.adopted().count()) == (3, 2)
        assert plans.adopted().with_parts()[0].funding.share == "68,2%"

    def test_a_library_stands_in_a_desa_adat_that_is_made_up(self) -> None:
        library = Library.objects.get(customary_village__isnull=False)
        assert "(contoh)" in str(library.customary_village)
