"""The life of a report: its states, which may follow which, and what each change must say. No queries here."""

from __future__ import annotations

from django.db import models


class Status(models.TextChoices):
    SUBMITTED = "submitted", "Menunggu verifikasi"
    ON_HOLD = "on_hold", "Ditunda"
    VERIFIED = "verified", "Diverifikasi"
    NOT_AUTHORIZED = "not_authorized", "Bukan wewenang"
    ARCHIVED = "archived", "Diarsipkan"
    FORWARDED = "forwarded", "Diteruskan"
    IN_FOLLOW_UP = "in_follow_up", "Sedang ditindaklanjuti"
    ANSWERED = "answered", "Ditanggapi"
    DISPUTED = "disputed", "Belum tuntas menurut pelapor"
    CLOSED = "closed", "Selesai"


class HoldReason(models.TextChoices):
    QUESTION = "question", "Menunggu keterangan pelapor"
    POSTPONED = "postponed", "Ditunda"


class CloseReason(models.TextChoices):
    """Why a report was closed. Silence is counted apart: it is not the same as "solved"."""

    CONFIRMED = "confirmed", "Dinyatakan selesai oleh pelapor"
    OFFICER = "officer", "Ditutup oleh petugas"
    SILENCE = "silence", "Ditutup, tidak ada balasan dari pelapor"


_S = Status
TRANSITIONS: dict[Status, frozenset[Status]] = {
    _S.SUBMITTED: frozenset({_S.VERIFIED, _S.ON_HOLD, _S.NOT_AUTHORIZED, _S.ARCHIVED}),
    _S.ON_HOLD: frozenset({_S.SUBMITTED, _S.NOT_AUTHORIZED, _S.ARCHIVED}),
    _S.VERIFIED: frozenset({_S.FORWARDED, _S.IN_FOLLOW_UP, _S.ON_HOLD, _S.NOT_AUTHORIZED, _S.ARCHIVED}),
    _S.FORWARDED: frozenset({_S.IN_FOLLOW_UP, _S.VERIFIED, _S.NOT_AUTHORIZED}),
    _S.IN_FOLLOW_UP: frozenset({_S.ANSWERED, _S.FORWARDED, _S.ON_HOLD}),
    _S.ANSWERED: frozenset({_S.CLOSED, _S.DISPUTED, _S.IN_FOLLOW_UP}),
    _S.DISPUTED: frozenset({_S.IN_FOLLOW_UP, _S.ANSWERED, _S.CLOSED}),
    _S.CLOSED: frozenset({_S.DISPUTED}),
    _S.NOT_AUTHORIZED: frozenset({_S.SUBMITTED}),
    _S.ARCHIVED: frozenset({_S.SUBMITTED}),
}

FINISHED = frozenset({_S.NOT_AUTHORIZED, _S.ARCHIVED, _S.CLOSED})
PENDING = frozenset(Status) - FINISHED - {_S.ANSWERED}  # an officer or an institution has to act
TEXT_REQUIRED = frozenset(
    {_S.ON_HOLD, _S.NOT_AUTHORIZED, _S.ARCHIVED, _S.FORWARDED, _S.ANSWERED, _S.DISPUTED, _S.CLOSED}
)
SILENT = "closed_silent"  # what counters call a report that silence closed
INSTITUTION_REQUIRED = frozenset({_S.FORWARDED, _S.NOT_AUTHORIZED})
WITH_INSTITUTION = frozenset({_S.FORWARDED, _S.IN_FOLLOW_UP, _S.ANSWERED, _S.DISPUTED, _S.CLOSED})

# What the institution in charge may do by itself; everything else is the coordinator's.
INSTITUTION_MOVES: dict[Status, frozenset[Status]] = {
    _S.FORWARDED: frozenset({_S.IN_FOLLOW_UP, _S.VERIFIED}),
    _S.IN_FOLLOW_UP: frozenset({_S.ANSWERED}),
    _S.DISPUTED: frozenset({_S.IN_FOLLOW_UP, _S.ANSWERED}),
}

STEPS = ("Masuk", "Diproses", "Ditanggapi", "Selesai")
STEP_OF: dict[Status, int] = {
    _S.SUBMITTED: 1,
    _S.ON_HOLD: 1,
    _S.VERIFIED: 2,
    _S.FORWARDED: 2,
    _S.IN_FOLLOW_UP: 2,
    _S.ANSWERED: 3,
    _S.DISPUTED: 3,
    _S.CLOSED: 4,
    _S.NOT_AUTHORIZED: 4,
    _S.ARCHIVED: 4,
}


def can_move(current: str, to: str) -> bool:
    """Whether the table allows this change; an unknown state allows none."""
    return to in TRANSITIONS.get(Status(current), frozenset())
