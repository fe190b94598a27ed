"""Service quality in five questions: counted answers only, never an answer with the one who gave it.

A browser counts once a day, and whoever deletes its cookie is another browser. So one network counts for as many
people a day as usually come, and all networks for three times as many. What is above that is lost to nobody: it is
kept apart, in no figure, until the agency counts it too, for example after a day on which a whole hall answered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from enum import Enum
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Max, Q

from accounts.limits import hit
from accounts.models import User
from libraries.models.figures import MonthlyFigures, StaleMonth, this_month
from libraries.models.library import Library
from libraries.months import FIRST, shift

DAY = 24 * 3600
OPEN_DAYS = 25  # of a month
LEAST_A_DAY = 10  # also of a library that counted few visits, or none yet
NETWORKS = 3  # all together count for this many times one
MOST_SHEETS = 10_000  # of one answer to one question in one month; more is a slip of the finger
# Our own five, after what the founding texts want of a library: good service, used by need, for everybody's welfare.
QUESTIONS = (
    "Petugas melayani dengan ramah dan membantu.",
    "Saya menemukan bacaan atau informasi yang saya perlukan.",
    "Jam buka cocok dengan waktu saya.",
    "Ruang, meja, dan komputer nyaman dipakai.",
    "Kegiatan di perpustakaan berguna untuk hidup saya.",
)
ANSWERS = ("Sangat tidak setuju", "Tidak setuju", "Cukup", "Setuju", "Sangat setuju")
SCORES = ("ones", "twos", "threes", "fours", "fives")
EMPTY = Q(**dict.fromkeys(SCORES, 0))
Counts = list[list[int]]  # five questions, each with how many answered 1, 2, 3, 4 and 5


class SurveySource(models.TextChoices):
    SCREEN = "screen", "Di layar"
    PAPER = "paper", "Di kertas"
    HELD = "held", "Belum dihitung"


class Taken(Enum):
    """What became of one person's answers."""

    COUNTED, HELD, AGAIN = range(3)


class SurveyTallyQuerySet(models.QuerySet["SurveyTally"]):
    def of(self, library: Library) -> Self:
        return self.filter(library=library)

    def between(self, first: date, last: date) -> Self:
        return self.filter(month__gte=first, month__lte=last)

    def counted(self) -> Self:
        """What figures are made of."""
        return self.exclude(source=SurveySource.HELD)

    def held(self) -> Self:
        return self.filter(source=SurveySource.HELD)


class SurveyTally(models.Model):
    """How often each answer was given to one question in one month, on screen or on paper."""

    library = models.ForeignKey(Library, models.PROTECT, related_name="survey_tallies", editable=False)
    month = models.DateField("bulan", editable=False)
    source = models.CharField(max_length=6, choices=SurveySource.choices, editable=False)
    question = models.PositiveSmallIntegerField(editable=False)
    ones = models.PositiveIntegerField(ANSWERS[0], default=0)
    twos = models.PositiveIntegerField(ANSWERS[1], default=0)
    threes = models.PositiveIntegerField(ANSWERS[2], default=0)
    fours = models.PositiveIntegerField(ANSWERS[3], default=0)
    fives = models.PositiveIntegerField(ANSWERS[4], default=0)

    objects = SurveyTallyQuerySet.as_manager()

    class Meta:
        verbose_name = "jawaban survei"
        verbose_name_plural = "jawaban survei"
        constraints = [
            models.UniqueConstraint(fields=["library", "month", "source", "question"], name="survey_tally_once"),
            models.CheckConstraint(condition=Q(question__gte=1, question__lte=len(QUESTIONS)), name="survey_question"),
            models.CheckConstraint(condition=Q(month__day=1, month__gte=FIRST), name="survey_first_day"),
            models.CheckConstraint(condition=Q(source__in=SurveySource.values), name="survey_source_known"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}, pertanyaan {self.question}"

    @property
    def scores(self) -> list[int]:
        """How many answered 1, 2, 3, 4 and 5."""
        return [getattr(self, name) for name in SCORES]

    # --- Actions -----------------------------------------------------------------------------------------------------
    @classmethod
    def answer(cls, library: Library, scores: Sequence[int], *, browser: str, network: str) -> Taken:
        """Take one person's five answers; a second press adds nothing. `network` is a digest that lasts a day.

        The tries are counted in the same transaction, so that an answer that fails is none.
        """
        month, usual = this_month(library), usual_day(library)
        with transaction.atomic():
            if hit("library_survey", f"{library.pk}:{browser}", limit=1, seconds=DAY):
                return Taken.AGAIN
            # In this order: what one network sends too much takes no room from the others.
            is_many = hit("survey_network", f"{library.pk}:{network}", limit=usual, seconds=DAY) or hit(
                "survey_library", str(library.pk), limit=NETWORKS * usual, seconds=DAY
            )
            source = SurveySource.HELD if is_many else SurveySource.SCREEN
            counts = [[0] * len(SCORES) for _ in QUESTIONS]
            for given, score in zip(counts, scores, strict=True):
                given[score - 1] = 1
            cls._add(library, month, source, counts)
        return Taken.HELD if is_many else Taken.COUNTED

    @classmethod
    def _add(cls, library: Library, month: date, source: str, counts: Sequence[Sequence[int]], sign: int = 1) -> None:
        cls._make_rows(library, month, source)
        rows = cls.objects.of(library).filter(month=month, source=source)
        for question, scores in enumerate(counts, 1):
            more = {name: F(name) + sign * number for name, number in zip(SCORES, scores, strict=True) if number}
            if more:
                rows.filter(question=question).update(**more)

    @classmethod
    def held_counts(cls, library: Library, month: date) -> Counts:
        """The answers of that month that are in no figure yet."""
        return cls._counts(library, month, SurveySource.HELD)

    @classmethod
    def count_held(cls, library: Library, month: date, *, by: User, version: str) -> None:
        """The agency takes them into the figure. StaleMonth when more came, or somebody was faster."""
        with transaction.atomic():
            library.lock()
            list(cls.objects.of(library).held().filter(month=month).select_for_update().order_by("question"))
            counts = cls.held_counts(library, month)
            if counts_version(counts) != version or not people_in(counts):
                raise StaleMonth
            cls._add(library, month, SurveySource.SCREEN, counts)
            cls._add(library, month, SurveySource.HELD, counts, -1)
            library.record("survey_counted", by, month=f"{month:%Y-%m}", people=people_in(counts))

    @classmethod
    def paper_counts(cls, library: Library, month: date) -> Counts:
        """What was typed from paper in that month."""
        return cls._counts(library, month, SurveySource.PAPER)

    @classmethod
    def _counts(cls, library: Library, month: date, source: str) -> Counts:
        rows = cls.objects.of(library).filter(month=month, source=source)
        known = {row.question: row.scores for row in rows}
        return [known.get(question, [0] * len(SCORES)) for question in range(1, len(QUESTIONS) + 1)]

    @classmethod
    def enter_paper(cls, library: Library, month: date, counts: Counts, *, by: User, version: str) -> None:
        """Write what the month's paper sheets say. StaleMonth when somebody else typed it since the page was made."""
        if month > this_month(library):
            raise ValidationError("Bulan ini belum tiba.")
        with transaction.atomic():
            library.lock()
            stored = cls.paper_counts(library, month)
            if counts_version(stored) != version:
                raise StaleMonth
            if stored == counts:
                return
            cls._make_rows(library, month, SurveySource.PAPER)
            rows = cls.objects.of(library).filter(month=month, source=SurveySource.PAPER)
            for question, scores in enumerate(counts, 1):
                rows.filter(question=question).update(**dict(zip(SCORES, scores, strict=True)))
            data: dict[str, Any] = {"month": f"{month:%Y-%m}", "before": stored, "after": counts}
            library.record("survey_paper", by, **data)

    @classmethod
    def _make_rows(cls, library: Library, month: date, source: str) -> None:
        """The five rows of a month; of two at once the second one's are ignored."""
        numbers = range(1, len(QUESTIONS) + 1)
        rows = [cls(library=library, month=month, source=source, question=number) for number in numbers]
        cls._base_manager.bulk_create(rows, ignore_conflicts=True)


def usual_day(library: Library) -> int:
    """How many people usually come on a day: the busiest of the last twelve months that were entered."""
    now = this_month(library)
    rows = MonthlyFigures.objects.of(library).between(shift(now, -12), shift(now, -1))
    most = rows.aggregate(most=Max("visits_onsite"))["most"] or 0
    return max(LEAST_A_DAY, -(-most // OPEN_DAYS))


def people_in(counts: Counts) -> int:
    """A person may leave out a question on paper: the one most answered tells how many people."""
    return max(map(sum, counts), default=0)


def counts_version(counts: Counts) -> str:
    """A digest of what is stored, to see whether somebody else changed it meanwhile."""
    return hashlib.sha256(repr(counts).encode()).hexdigest()[:16]
