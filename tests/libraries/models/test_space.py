from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from libraries.models import SpaceHour, StaleHour
from libraries.strategy import SpaceKind
from tests.factories import make_user
from tests.libraries.agendas import make_hour
from tests.libraries.making import make_library
from tests.together import together


@pytest.mark.django_db
class TestKeep:
    @pytest.mark.parametrize(("starts", "ends"), [(8, 10), (10, 12), (9, 11), (8, 12), (10, 11)])
    def test_one_space_holds_one_thing_at_a_time(self, starts: int, ends: int) -> None:
        library = make_library()
        make_hour(library)
        with pytest.raises(ValidationError, match="sudah terisi: Senin 09.00–11.00"):
            make_hour(library, starts=time(starts), ends=time(ends), what="Lain")

    @pytest.mark.parametrize(
        "over",
        [
            {"starts": time(11), "ends": time(12)},  # begins when the other ends
            {"starts": time(7), "ends": time(9)},
            {"weekday": 2},
            {"space": SpaceKind.LEARNING},
        ],
    )
    def test_beside_it_there_is_room(self, over: dict[str, Any]) -> None:
        library = make_library()
        make_hour(library)
        make_hour(library, what="Lain", **over)
        assert SpaceHour.objects.of(library).count() == 2

    def test_another_library_has_rooms_of_its_own(self) -> None:
        make_hour(make_library())
        make_hour(make_library(), what="Lain")

    def test_the_same_line_twice_is_one(self) -> None:
        library = make_library()
        assert make_hour(library).pk == make_hour(library).pk

    def test_it_ends_after_it_begins(self) -> None:
        with pytest.raises(ValidationError, match="sesudah jam mulai"):
            make_hour(make_library(), ends=time(9))

    def test_a_line_may_move_within_its_own_time(self) -> None:
        row = make_hour(make_library())
        row.ends = time(12)
        row.keep(by=make_user(), version=1)
        assert SpaceHour.objects.get().ends == time(12)

    def test_the_slower_of_two_writers_is_told(self) -> None:
        row = make_hour(make_library())
        SpaceHour.objects.get().keep(by=make_user(), version=1)
        with pytest.raises(StaleHour):
            row.keep(by=make_user(), version=1)

    def test_dropping_leaves_an_event(self) -> None:
        row = make_hour(make_library())
        row.drop(by=make_user())
        assert not SpaceHour.objects.exists()
        assert row.library.events.filter(action="timetable_changed").count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_fill_one_hour_twice() -> None:
    library = make_library()
    starts = iter((time(9), time(10)))

    def keep() -> bool:
        try:
            make_hour(type(library).objects.get(), starts=next(starts), ends=time(12))
        except ValidationError:
            return False
        return True

    assert sorted(together(2, keep)) == [False, True]
    assert SpaceHour.objects.count() == 1
