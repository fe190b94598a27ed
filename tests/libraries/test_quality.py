"""What the survey says, and what it keeps to itself."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

from libraries.models import Library, SurveyTally
from libraries.models.survey import SurveySource, counts_version
from libraries.months import shift
from libraries.quality import mean_words, quality_of
from tests.factories import make_user
from tests.libraries.making import make_library

MARCH = date(2026, 3, 1)


def answered(library: Library, month: date, counts: list[list[int]], source: str = SurveySource.SCREEN) -> None:
    for question, scores in enumerate(counts, 1):
        values = dict(zip(("ones", "twos", "threes", "fours", "fives"), scores, strict=True))
        SurveyTally.objects.create(library=library, month=month, source=source, question=question, **values)


@pytest.mark.django_db
class TestQualityOf:
    def test_a_figure_of_fewer_than_five_people_is_not_there(self) -> None:
        library = make_library()
        answered(library, MARCH, [[0, 0, 0, 0, 4]] * 5)
        quality = quality_of(library, MARCH)
        assert quality.latest is None
        assert quality.trend.is_empty

    def test_five_people_on_screen_and_paper_together_are_enough(self) -> None:
        library = make_library()
        answered(library, MARCH, [[0, 0, 0, 1, 3]] * 5)
        answered(library, MARCH, [[1, 0, 0, 0, 0]] * 4 + [[0] * 5], SurveySource.PAPER)
        latest = quality_of(library, MARCH).latest
        assert latest is not None
        assert latest.people == 5
        assert latest.satisfied == round(100 * 20 / 24)
        assert latest.questions[0][1] == "4,0"
        assert latest.questions[4][1] == "kurang dari 5 jawaban"  # four answered this one

    def test_the_newest_month_that_may_be_shown_is_shown(self) -> None:
        library = make_library()
        answered(library, shift(MARCH, -1), [[0, 0, 0, 5, 0]] * 5)
        answered(library, MARCH, [[4, 0, 0, 0, 0]] * 5)
        quality = quality_of(library, MARCH)
        assert quality.latest is not None
        assert quality.latest.month == shift(MARCH, -1)
        assert [value for _, value in quality.trend.rows if value is not None] == [100]

    def test_every_figure_equals_a_recount_of_single_answers(self) -> None:
        library, chance = make_library(), random.Random(3)
        people = [[chance.randint(1, 5) for _ in range(5)] for _ in range(40)]
        counts = [
            [sum(person[question] == score for person in people) for score in range(1, 6)] for question in range(5)
        ]
        none = [[0] * 5 for _ in range(5)]
        SurveyTally.enter_paper(library, MARCH, counts, by=make_user(), version=counts_version(none))
        latest = quality_of(library, MARCH).latest
        assert latest is not None
        every = [score for person in people for score in person]
        assert latest.people == 40
        assert latest.satisfied == round(100 * sum(score >= 4 for score in every) / len(every))
        for place, (_, words) in enumerate(latest.questions):
            mean = sum(person[place] for person in people) / 40
            assert words == f"{mean:.1f}".replace(".", ",")

    def test_one_query(self, django_assert_num_queries: Any) -> None:
        library = make_library()
        with django_assert_num_queries(1):
            quality_of(library, MARCH)


class TestMeanWords:
    def test_words(self) -> None:
        assert mean_words([0, 0, 0, 0, 5]) == "5,0"
        assert mean_words([0, 0, 0, 0, 4]) == "kurang dari 5 jawaban"
