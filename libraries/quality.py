"""What the survey of a library says, month by month. A figure that rests on fewer than five answers is not shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from libraries.models import Library, SurveyTally
from libraries.models.survey import QUESTIONS, SCORES, Counts, SurveySource
from libraries.months import run_of
from libraries.trend import Trend, trend_of

FEWEST = 5  # domain.md 7b: a smaller group could be told apart
MONTHS = 12
SATISFIED = 4  # "Setuju" and "Sangat setuju"


@dataclass(frozen=True)
class Answers:
    """The answers of one month, screen and paper together."""

    month: date
    sources: dict[str, int]  # how many people answered on screen, how many on paper
    counts: Counts

    @property
    def people(self) -> int:
        return sum(self.sources.values())

    @property
    def channels(self) -> list[tuple[str, int]]:
        """How many people answered in which way, in words."""
        return [(SurveySource(code).label.lower(), number) for code, number in sorted(self.sources.items()) if number]

    @property
    def is_shown(self) -> bool:
        return self.people >= FEWEST

    @property
    def satisfied(self) -> int | None:
        """Percent of all answers that agree; None where too few people answered."""
        given = sum(map(sum, self.counts))
        agreed = sum(sum(scores[SATISFIED - 1 :]) for scores in self.counts)
        return round(100 * agreed / given) if self.is_shown and given else None

    @property
    def questions(self) -> list[tuple[str, str]]:
        """Each question with its mean in words: "4,2", or that too few answered it."""
        return [(text, mean_words(scores)) for text, scores in zip(QUESTIONS, self.counts, strict=True)]


@dataclass(frozen=True)
class Quality:
    """A year of answers; `latest` is the newest month that may be shown."""

    months: list[Answers]

    @property
    def latest(self) -> Answers | None:
        return next((each for each in reversed(self.months) if each.is_shown), None)

    @property
    def trend(self) -> Trend:
        shown = {each.month: each.satisfied for each in self.months}
        known = {month: value for month, value in shown.items() if value is not None}
        return trend_of([each.month for each in self.months], known)


def mean_words(scores: list[int]) -> str:
    """The mean of 1 to 5 with one decimal, as Indonesian writes it."""
    given = sum(scores)
    if given < FEWEST:
        return "kurang dari 5 jawaban"
    mean = sum(score * number for score, number in enumerate(scores, 1)) / given
    return f"{mean:.1f}".replace(".", ",")


def quality_of(library: Library, last: date) -> Quality:
    """The twelve months up to `last` (one query); never the running month, where one answer more would show itself."""
    months = run_of(last, MONTHS)
    rows = list(SurveyTally.objects.of(library).counted().between(months[0], last))
    return Quality([answers_of(month, [row for row in rows if row.month == month]) for month in months])


def answers_of(month: date, rows: list[SurveyTally]) -> Answers:
    """Sums of one month. A person may leave out a question on paper: the one most answered tells how many people."""
    counts: Counts = [[0] * len(SCORES) for _ in QUESTIONS]
    people: dict[str, int] = {}
    for row in rows:
        counts[row.question - 1] = [sum(pair) for pair in zip(counts[row.question - 1], row.scores, strict=True)]
        people[row.source] = max(people.get(row.source, 0), sum(row.scores))
    return Answers(month, people, counts)
