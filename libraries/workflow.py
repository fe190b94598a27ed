"""How far a library is in the programme (TPBIS), with its plan, and a resident in a session. No queries here."""

from __future__ import annotations

from django.db import models


class Stage(models.TextChoices):
    """Where a library stands in one year's programme (domain.md 7; "terpilih 4 kenagarian" in the founding text)."""

    PROPOSED = "proposed", "Diusulkan"
    SELECTED = "selected", "Terpilih"
    RUNNING = "running", "Berjalan"
    GRADUATED = "graduated", "Mandiri"


_S = Stage
TRANSITIONS: dict[Stage, frozenset[Stage]] = {
    _S.PROPOSED: frozenset({_S.SELECTED}),
    _S.SELECTED: frozenset({_S.RUNNING}),
    _S.RUNNING: frozenset({_S.GRADUATED}),
    _S.GRADUATED: frozenset(),
}


def can_move(current: str, to: str) -> bool:
    """Whether the table allows this change."""
    return to in TRANSITIONS[Stage(current)]


class PlanStatus(models.TextChoices):
    """A plan is a draft until the library adopts it; the agency alone opens it again."""

    DRAFT = "draft", "Draf"
    ADOPTED = "adopted", "Ditetapkan"


PLAN_TRANSITIONS: dict[PlanStatus, frozenset[PlanStatus]] = {
    PlanStatus.DRAFT: frozenset({PlanStatus.ADOPTED}),
    PlanStatus.ADOPTED: frozenset({PlanStatus.DRAFT}),
}


def can_move_plan(current: str, to: PlanStatus) -> bool:
    return to in PLAN_TRANSITIONS[PlanStatus(current)]


class ItemState(models.TextChoices):
    """How far one planned activity is; recorded once the plan is adopted."""

    PLANNED = "planned", "Direncanakan"
    RUNNING = "running", "Berjalan"
    DONE = "done", "Terlaksana"
    DROPPED = "dropped", "Batal"


ENDED = frozenset({ItemState.DONE, ItemState.DROPPED})


class Seat(models.TextChoices):
    """How far a resident is with a session: a seat, a place in the queue, or neither any more."""

    SEATED = "seated", "Terdaftar"
    WAITING = "waiting", "Daftar tunggu"
    CANCELLED = "cancelled", "Batal"


SEAT_TRANSITIONS: dict[Seat, frozenset[Seat]] = {
    Seat.SEATED: frozenset({Seat.CANCELLED}),
    Seat.WAITING: frozenset({Seat.SEATED, Seat.CANCELLED}),
    Seat.CANCELLED: frozenset(),
}


def can_reseat(current: str, to: str) -> bool:
    """Whether the table allows this change."""
    return to in SEAT_TRANSITIONS[Seat(current)]


class StoryStatus(models.TextChoices):
    """How far an impact story is: nothing is public before an officer of the agency has read it."""

    DRAFT = "draft", "Draf"
    SUBMITTED = "submitted", "Menunggu diperiksa"
    REVISION = "revision", "Perlu perbaikan"
    PUBLISHED = "published", "Tayang"
    WITHDRAWN = "withdrawn", "Ditarik"


_T = StoryStatus
STORY_TRANSITIONS: dict[StoryStatus, frozenset[StoryStatus]] = {
    _T.DRAFT: frozenset({_T.SUBMITTED, _T.WITHDRAWN}),
    _T.SUBMITTED: frozenset({_T.PUBLISHED, _T.REVISION, _T.WITHDRAWN}),
    _T.REVISION: frozenset({_T.SUBMITTED, _T.WITHDRAWN}),
    _T.PUBLISHED: frozenset({_T.REVISION, _T.WITHDRAWN}),
    _T.WITHDRAWN: frozenset(),
}
STORY_EDITABLE = frozenset({_T.DRAFT, _T.REVISION})


def can_move_story(current: str, to: str) -> bool:
    return to in STORY_TRANSITIONS[StoryStatus(current)]


class ArticleStatus(models.TextChoices):
    DRAFT = "draft", "Draf"
    PUBLISHED = "published", "Tayang"


ARTICLE_TRANSITIONS: dict[ArticleStatus, frozenset[ArticleStatus]] = {
    ArticleStatus.DRAFT: frozenset({ArticleStatus.PUBLISHED}),
    ArticleStatus.PUBLISHED: frozenset({ArticleStatus.DRAFT}),
}


def can_move_article(current: str, to: str) -> bool:
    return to in ARTICLE_TRANSITIONS[ArticleStatus(current)]


class PointStatus(models.TextChoices):
    """How far a free internet point is (domain.md 7: what the founding text promised to villages without one)."""

    NOT_SERVED = "not_served", "Belum terlayani"
    PROPOSED = "proposed", "Diusulkan"
    SCHEDULED = "scheduled", "Dijadwalkan"
    INSTALLED = "installed", "Terpasang"


_P = PointStatus
POINT_TRANSITIONS: dict[PointStatus, frozenset[PointStatus]] = {
    _P.NOT_SERVED: frozenset({_P.PROPOSED}),
    _P.PROPOSED: frozenset({_P.SCHEDULED, _P.NOT_SERVED}),
    _P.SCHEDULED: frozenset({_P.INSTALLED, _P.PROPOSED}),
    _P.INSTALLED: frozenset({_P.NOT_SERVED}),  # taken away again
}


def can_move_point(current: str, to: str) -> bool:
    return to in POINT_TRANSITIONS[PointStatus(current)]
