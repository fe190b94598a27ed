"""How far a library is in the programme (TPBIS), and which step may follow which. No queries here."""

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
