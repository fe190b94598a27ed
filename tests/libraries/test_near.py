from __future__ import annotations

from typing import Any

import pytest

from libraries.near import MOST, kims_near
from tests.factories import make_kim
from tests.libraries.making import make_library


@pytest.mark.django_db
class TestKimsNear:
    def test_the_own_village_first_then_the_district_and_no_other(self, django_assert_num_queries: Any) -> None:
        far, near = make_kim("13.07.11.2003", "KIM Ada"), make_kim("13.07.11.2004", "KIM Zaman")
        make_kim("13.07.03.2002", "KIM Lain")
        library = make_library("13.07.11.2004")
        with django_assert_num_queries(1):
            assert kims_near(library) == [near, far]

    def test_never_more_than_five(self) -> None:
        for _ in range(MOST + 1):
            make_kim("13.07.11.2004")
        assert len(kims_near(make_library("13.07.11.2004"))) == MOST

    def test_one_that_is_not_listed_is_not_named(self) -> None:
        make_kim("13.07.11.2004", status="draft")
        assert kims_near(make_library("13.07.11.2004")) == []
