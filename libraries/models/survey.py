"""Service quality in five questions: counted answers only, never an answer with the one who gave it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q

from accounts.limits import hit
from accounts.models import User
from libraries.models.figures import StaleMonth, this_month
from libraries.models.library import Library
from libraries.months import FIRST

DAY = 24 * 3600
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
Counts = list[list[int]]  # five questions, each with how many answered 1, 2, 3, 4 and 5


class SurveySource(models.TextChoices):
    SCREEN = "screen", "Di layar"
    PAPER = "paper", "Di kertas"


class SurveyTallyQuerySet(models.QuerySet["SurveyTally"]):
    def of(self, library: Library) -> Self:
        return self.filter(library=library)

    def between(self, first: date, last: date) -> Self:
        return self.filter(month__gte=first, month__lte=last)


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
    def answer(cls, library: Library, scores: Sequence[int], *, browser: str) -> bool:
        """Count one person's five answers. False where this browser has answered today: a second press adds nothing.

        The try is counted in the same transaction, so that an answer that fails is none.
        """
        month = this_month(library)
        with transaction.atomic():
            if hit("library_survey", f"{library.pk}:{browser}", limit=1, seconds=DAY):
                return False
            cls._make_rows(library, month, SurveySource.SCREEN)
            rows = cls.objects.of(library).filter(month=month, source=SurveySource.SCREEN)
            for question, score in enumerate(scores, 1):
                name = SCORES[score - 1]
                rows.filter(question=question).update(**{name: F(name) + 1})
        return True

    @classmethod
    def paper_counts(cls, library: Library, month: date) -> Counts:
        """What was typed from paper in that month."""
        rows = cls.objects.of(library).filter(month=month, source=SurveySource.PAPER)
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


def counts_version(counts: Counts) -> str:
    """A digest of what is stored, to see whether somebody else changed it meanwhile."""
    return hashlib.sha256(repr(counts).encode()).hexdigest()[:16]
