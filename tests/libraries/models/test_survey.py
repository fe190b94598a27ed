from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Sum

from accounts.limits import LimitCounter
from libraries.models import StaleMonth, SurveyTally
from libraries.models.figures import this_month
from libraries.models.survey import SCORES, SurveySource, counts_version
from libraries.months import shift
from tests.factories import make_user
from tests.libraries.making import make_library

GOOD = [5, 4, 3, 2, 1]
NOTHING = [[0] * 5 for _ in range(5)]


@pytest.mark.django_db
class TestAnswer:
    def test_each_question_is_counted_once_in_the_month_it_is(self) -> None:
        library = make_library()
        assert SurveyTally.answer(library, GOOD, browser="a")
        rows = SurveyTally.objects.of(library).order_by("question")
        assert [row.scores.index(1) + 1 for row in rows] == GOOD
        assert {row.month for row in rows} == {this_month(library)}
        assert rows.aggregate(total=Sum("fives"))["total"] == 1

    def test_one_browser_counts_once_a_day_and_another_one_counts(self) -> None:
        library = make_library()
        assert [SurveyTally.answer(library, GOOD, browser=each) for each in "aab"] == [True, False, True]
        assert SurveyTally.objects.of(library).get(question=1).fives == 2

    def test_the_same_browser_answers_for_another_library(self) -> None:
        assert all(SurveyTally.answer(make_library(), GOOD, browser="a") for _ in range(2))

    def test_a_failed_answer_is_no_answer_and_no_try(self, monkeypatch: pytest.MonkeyPatch) -> None:
        library = make_library()
        with pytest.raises(IndexError):
            SurveyTally.answer(library, [5, 5, 5, 5, 99], browser="a")
        assert not SurveyTally.objects.of(library).exists()
        assert SurveyTally.answer(library, GOOD, browser="a")

    def test_nothing_stored_names_the_browser(self) -> None:
        SurveyTally.answer(make_library(), GOOD, browser="peramban-bertanda")
        assert not [row for row in LimitCounter.objects.values() if "peramban-bertanda" in repr(row)]
        assert not [row for row in SurveyTally.objects.values() if "peramban-bertanda" in repr(row)]


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
