from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Sum

from accounts.limits import LimitCounter
from libraries.models import Library, StaleMonth, SurveyTally
from libraries.models.figures import this_month
from libraries.models.survey import LEAST_A_DAY, SCORES, SurveySource, Taken, counts_version, people_in, usual_day
from libraries.months import shift
from libraries.quality import quality_of
from tests.factories import make_user
from tests.libraries.making import make_library, make_month

GOOD = [5, 4, 3, 2, 1]
NOTHING = [[0] * 5 for _ in range(5)]


def answer(library: Library, browser: str = "a", network: str = "n", scores: list[int] = GOOD) -> Taken:
    return SurveyTally.answer(library, scores, browser=browser, network=network)


@pytest.mark.django_db
class TestAnswer:
    def test_each_question_is_counted_once_in_the_month_it_is(self) -> None:
        library = make_library()
        assert answer(library) == Taken.COUNTED
        rows = SurveyTally.objects.of(library).order_by("question")
        assert [row.scores.index(1) + 1 for row in rows] == GOOD
        assert {row.month for row in rows} == {this_month(library)}
        assert rows.aggregate(total=Sum("fives"))["total"] == 1

    def test_one_browser_counts_once_a_day_and_another_one_counts(self) -> None:
        library = make_library()
        counted = [Taken.COUNTED, Taken.AGAIN, Taken.COUNTED]
        assert [answer(library, browser=each) for each in "aab"] == counted
        assert SurveyTally.objects.of(library).get(question=1).fives == 2

    def test_the_same_browser_answers_for_another_library(self) -> None:
        assert {answer(make_library()) for _ in range(2)} == {Taken.COUNTED}

    def test_a_failed_answer_is_no_answer_and_no_try(self, monkeypatch: pytest.MonkeyPatch) -> None:
        library = make_library()
        with pytest.raises(IndexError):
            answer(library, scores=[5, 5, 5, 5, 99])
        assert not SurveyTally.objects.of(library).exists()
        assert answer(library) == Taken.COUNTED

    def test_nothing_stored_names_the_browser(self) -> None:
        answer(make_library(), browser="peramban-bertanda", network="jaringan-bertanda")
        assert not [row for row in LimitCounter.objects.values() if "bertanda" in repr(row)]
        assert not [row for row in SurveyTally.objects.values() if "bertanda" in repr(row)]


@pytest.mark.django_db
class TestHeld:
    """Somebody deletes the cookie again and again; a hall full of people shares one address."""

    def flood(self, library: Library, times: int, network: str = "n") -> list[Taken]:
        return [answer(library, browser=f"{network}{number}", network=network) for number in range(times)]

    def people(self, library: Library, source: str) -> int:
        return sum(SurveyTally.objects.of(library).get(source=source, question=1).scores)

    def test_one_network_counts_for_the_people_of_a_usual_day(self) -> None:
        library = make_library()
        make_month(library, shift(this_month(library), -2), visits_onsite=400)
        make_month(library, shift(this_month(library), -3), visits_onsite=100)
        assert usual_day(library) == 16
        taken = self.flood(library, 20)
        assert taken == [Taken.COUNTED] * 16 + [Taken.HELD] * 4
        assert (self.people(library, SurveySource.SCREEN), self.people(library, SurveySource.HELD)) == (16, 4)

    def test_a_flood_takes_no_room_from_other_networks_but_all_have_an_end(self) -> None:
        library = make_library()
        self.flood(library, 100)
        assert answer(library, browser="x", network="tetangga") == Taken.COUNTED
        for name in "bc":
            self.flood(library, LEAST_A_DAY, name)
        assert answer(library, browser="y", network="lain") == Taken.HELD

    def test_what_waits_is_in_no_figure_until_the_agency_counts_it(self) -> None:
        library, month = make_library(), this_month(make_library())
        self.flood(library, LEAST_A_DAY + 3)
        held = SurveyTally.held_counts(library, month)
        assert people_in(held) == 3
        assert quality_of(library, month).months[-1].people == LEAST_A_DAY
        SurveyTally.count_held(library, month, by=make_user(), version=counts_version(held))
        assert quality_of(library, month).months[-1].sources == {"screen": LEAST_A_DAY + 3}
        assert library.events.get(action="survey_counted").data["people"] == 3

    def test_counted_once_and_only_what_was_seen(self) -> None:
        library, month = make_library(), this_month(make_library())
        self.flood(library, LEAST_A_DAY + 3)
        version = counts_version(SurveyTally.held_counts(library, month))
        answer(library, browser="later", network="n")
        with pytest.raises(StaleMonth):
            SurveyTally.count_held(library, month, by=make_user(), version=version)
        version = counts_version(SurveyTally.held_counts(library, month))
        SurveyTally.count_held(library, month, by=make_user(), version=version)
        with pytest.raises(StaleMonth):
            SurveyTally.count_held(library, month, by=make_user(), version=version)
        assert self.people(library, SurveySource.SCREEN) == LEAST_A_DAY + 4


@pytest.mark.django_db
class TestEnterPaper:
    def test_counts_are_kept_apart_from_the_screen_and_told(self) -> None:
        library, month = make_library(), date(2026, 3, 1)
        counts = [[0, 0, 1, 2, 3]] * 5
        SurveyTally.enter_paper(library, month, counts, by=make_user(), version=counts_version(NOTHING))
        assert SurveyTally.paper_counts(library, month) == counts
        event = library.events.get(action="survey_paper")
        assert event.data["before"] == NOTHING
        assert event.data["after"] == counts

    def test_the_same_twice_writes_one_event(self) -> None:
        library, month, by = make_library(), date(2026, 3, 1), make_user()
        counts = [[1, 0, 0, 0, 0]] * 5
        SurveyTally.enter_paper(library, month, counts, by=by, version=counts_version(NOTHING))
        SurveyTally.enter_paper(library, month, counts, by=by, version=counts_version(counts))
        assert library.events.filter(action="survey_paper").count() == 1

    def test_a_page_from_before_somebody_else_typed_is_stale(self) -> None:
        library, month, by = make_library(), date(2026, 3, 1), make_user()
        SurveyTally.enter_paper(library, month, [[1] * 5] * 5, by=by, version=counts_version(NOTHING))
        with pytest.raises(StaleMonth):
            SurveyTally.enter_paper(library, month, [[2] * 5] * 5, by=by, version=counts_version(NOTHING))

    def test_a_month_that_has_not_come_is_refused(self) -> None:
        library = make_library()
        with pytest.raises(ValidationError, match="belum tiba"):
            SurveyTally.enter_paper(library, shift(this_month(library), 1), NOTHING, by=make_user(), version="")


@pytest.mark.django_db
class TestConstraints:
    @pytest.mark.parametrize("over", [{"question": 6}, {"source": "lain"}, {"month": date(2026, 3, 2)}])
    def test_the_database_refuses(self, over: dict[str, object]) -> None:
        values = {"month": date(2026, 3, 1), "source": SurveySource.PAPER, "question": 1, **over}
        with pytest.raises(IntegrityError), transaction.atomic():
            SurveyTally.objects.create(library=make_library(), **values)

    def test_five_answers_for_five_names(self) -> None:
        assert len(SCORES) == 5
