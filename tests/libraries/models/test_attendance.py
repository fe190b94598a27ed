from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from libraries.models import ActivityAttendee, ActivitySession, Line, SessionCount, involvement
from libraries.models.attendance import headcount_of
from libraries.months import first_day, shift
from regions.calendar import zone_of
from tests.factories import make_user
from tests.libraries.agendas import begin, make_activity, make_session, moment
from tests.libraries.making import make_library


def women(number: int) -> list[Line]:
    return [Line(f"Ibu {each}", "female", "adult", None) for each in range(number)]


@pytest.mark.django_db
class TestRecord:
    def test_two_of_one_name_are_two(self) -> None:
        session = begin(make_session())
        ActivityAttendee.record(session, [Line("Made"), Line("made "), Line("Wayan")], by=make_user())
        assert [row.line for row in session.attendees.all()] == ["Made", "made (2)", "Wayan"]

    def test_the_list_replaces_the_one_before(self) -> None:
        session = begin(make_session())
        for lines in ([Line("Made")], [Line("Wayan"), Line("Ketut")]):
            ActivityAttendee.record(session, lines, by=make_user())
        assert session.attendees.count() == 2

    def test_not_before_it_begins_nor_when_it_was_called_off(self) -> None:
        session, off = make_session(), make_session()
        off.cancel(by=make_user(), reason="Hujan.")
        for each, words in ((session, "belum dimulai"), (off, "dibatalkan")):
            with pytest.raises(ValidationError, match=words):
                ActivityAttendee.record(each, [Line("Made")], by=make_user())


@pytest.mark.django_db
class TestForgetNames:
    def test_after_a_week_the_names_go_and_the_counting_stays(self) -> None:
        session = begin(make_session())
        ActivityAttendee.record(session, women(6), by=make_user())
        before = session.attendees.headcount()
        assert ActivityAttendee.objects.forget_names() == 0
        old = timezone.now() - timedelta(days=8)
        ActivitySession.objects.update(starts_at=old - timedelta(hours=2), ends_at=old)
        assert ActivityAttendee.objects.forget_names() == 6
        assert ActivityAttendee.objects.forget_names() == 0
        assert session.attendees.headcount() == before
        assert not session.attendees.filter(line__contains="Ibu").exists()

    def test_a_name_that_reads_like_a_number_is_in_nobodys_way(self) -> None:
        session = begin(make_session())
        ActivityAttendee.record(session, women(2), by=make_user())
        first, second = session.attendees.order_by("pk")
        second.line = f"Peserta {first.pk}"
        second.save()
        ActivitySession.objects.update(starts_at=timezone.now() - timedelta(days=9), ends_at=moment(-8))
        assert ActivityAttendee.objects.forget_names() == 2
        assert session.attendees.get(pk=second.pk).line == f"Peserta {second.pk}"


@pytest.mark.django_db
class TestSessionCount:
    @pytest.mark.parametrize(
        "figures", [{"female": 6}, {"child": 2, "youth": 2, "adult": 1, "elder": 1}, {"disabled": 3, "able": 3}]
    )
    def test_a_part_is_not_more_than_the_whole(self, figures: dict[str, int]) -> None:
        with pytest.raises(ValidationError, match="lebih banyak daripada jumlah"):
            SessionCount.write(begin(make_session()), by=make_user(), total=5, **figures)

    def test_figures_stand_before_names_until_they_are_taken_back(self) -> None:
        session = begin(make_session())
        ActivityAttendee.record(session, women(3), by=make_user())
        SessionCount.write(session, by=make_user(), total=12, female=7, male=5)
        assert headcount_of(session.activity).total == 12
        SessionCount.clear(session, by=make_user())
        assert headcount_of(session.activity).total == 3

    def test_small_figures_are_not_for_the_public(self) -> None:
        session = begin(make_session())
        SessionCount.write(session, by=make_user(), total=30, female=20, male=10, disabled=2, able=28)
        assert list(headcount_of(session.activity).for_public) == ["Jenis kelamin"]


@pytest.mark.django_db
class TestHeadcountOf:
    def test_names_and_figures_of_several_sessions_add_up(self) -> None:
        session = make_session()
        other = begin(make_session(session.activity, days=8))
        begin(session, hours_ago=30)
        ActivityAttendee.record(session, women(4), by=make_user())
        SessionCount.write(other, by=make_user(), total=10, female=6, male=4)
        found = headcount_of(session.activity)
        assert (found.total, found.breakdowns["Jenis kelamin"]) == (14, {"Perempuan": 10, "Laki-laki": 4})

    def test_no_list_shows_itself_as_the_difference_of_two_days(self) -> None:
        session = begin(make_session(), hours_ago=30)
        SessionCount.write(session, by=make_user(), total=20, female=11, male=9)
        late = make_session(session.activity, days=2)
        assert (headcount_of(session.activity).total, headcount_of(session.activity).for_public) == (20, {})
        begin(late)
        assert not headcount_of(session.activity).for_public
        SessionCount.write(late, by=make_user(), total=2, female=1, male=1)
        assert headcount_of(session.activity).for_public["Jenis kelamin"] == {"Perempuan": 12, "Laki-laki": 10}

    def test_what_was_called_off_is_not_waited_for(self) -> None:
        session = begin(make_session(), hours_ago=30)
        SessionCount.write(session, by=make_user(), total=20, female=11, male=9)
        make_session(session.activity, days=2).cancel(by=make_user(), reason="Hujan.")
        assert headcount_of(session.activity).for_public
        make_session(session.activity, days=3)
        session.activity.cancel(by=make_user(), reason="Hujan.")
        assert headcount_of(session.activity).for_public


@pytest.mark.django_db
class TestInvolvement:
    def test_a_month_by_the_clock_of_the_library(self) -> None:
        library = make_library()
        zone = zone_of(library.area_id)
        month = shift(first_day(timezone.localdate()), -2)
        row = make_activity(library)
        for days, hour, total in ((0, 0, 5), (14, 9, 7), (31, 12, 100)):  # the last one lies in the next month
            session = make_session(row, days=20 + days)
            starts = datetime(month.year, month.month, 1, hour, 30, tzinfo=zone) + timedelta(days=days)
            ActivitySession.objects.filter(pk=session.pk).update(starts_at=starts, ends_at=starts + timedelta(hours=1))
            session.refresh_from_db()
            SessionCount.write(session, by=make_user(), total=total)
        found = involvement(library, month)
        assert (found.activities, found.sessions, found.participants, found.uncounted) == (1, 2, 12, [])

    def test_what_nobody_counted_is_named_and_not_taken_for_nobody(self) -> None:
        session = make_session()
        library, month = session.activity.library, shift(first_day(timezone.localdate()), -1)
        starts = datetime(month.year, month.month, 5, 9, tzinfo=zone_of(library.area_id))
        ActivitySession.objects.update(starts_at=starts, ends_at=starts + timedelta(hours=1))
        found = involvement(library, month)
        assert (found.activities, found.participants, found.uncounted) == (0, 0, [session])
