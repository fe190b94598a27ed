"""The lives of a partnership and of an agreement: their states and which may follow which. No queries here."""

from __future__ import annotations

from django.db import models


class Status(models.TextChoices):
    PROPOSED = "proposed", "Diusulkan"
    ACTIVE = "active", "Aktif"
    ENDED = "ended", "Berakhir"
    CANCELLED = "cancelled", "Dibatalkan"


TRANSITIONS: dict[Status, frozenset[Status]] = {
    Status.PROPOSED: frozenset({Status.ACTIVE, Status.CANCELLED}),
    Status.ACTIVE: frozenset({Status.ENDED}),
    Status.ENDED: frozenset(),
    Status.CANCELLED: frozenset(),
}
PUBLIC = frozenset({Status.ACTIVE, Status.ENDED})  # in the directory, for everybody
OPEN = frozenset({Status.PROPOSED, Status.ACTIVE})  # two of them between the same parties may not overlap
TEXT_REQUIRED = frozenset({Status.CANCELLED})


def can_move(current: str, to: str) -> bool:
    """Whether the table allows this change."""
    return to in TRANSITIONS[Status(current)]


class AgreementStatus(models.TextChoices):
    HOPED = "hoped", "Diharapkan"
    DRAFTING = "drafting", "Disusun"
    SIGNED = "signed", "Ditandatangani"
    IN_EFFECT = "in_effect", "Berlaku"
    EXPIRED = "expired", "Kedaluwarsa"
    TERMINATED = "terminated", "Diakhiri"


_A = AgreementStatus
AGREEMENT_TRANSITIONS: dict[AgreementStatus, frozenset[AgreementStatus]] = {
    _A.HOPED: frozenset({_A.DRAFTING, _A.TERMINATED}),
    _A.DRAFTING: frozenset({_A.SIGNED, _A.TERMINATED}),
    _A.SIGNED: frozenset({_A.IN_EFFECT, _A.TERMINATED}),
    _A.IN_EFFECT: frozenset({_A.EXPIRED, _A.TERMINATED}),
    _A.EXPIRED: frozenset(),
    _A.TERMINATED: frozenset(),
}
SIGNED_ONCE = frozenset({_A.SIGNED, _A.IN_EFFECT, _A.EXPIRED})  # number, date, file and two signers are there
AGREEMENT_PUBLIC = SIGNED_ONCE  # who has agreed with whom is public; a draft is the parties' own


def can_move_agreement(current: str, to: str) -> bool:
    return to in AGREEMENT_TRANSITIONS[AgreementStatus(current)]


class CommitmentStatus(models.TextChoices):
    PLANNED = "planned", "Direncanakan"
    READY = "ready", "Siap"
    IN_PROGRESS = "in_progress", "Berjalan"
    DONE = "done", "Selesai"
    DROPPED = "dropped", "Dibatalkan"


_C = CommitmentStatus
COMMITMENT_TRANSITIONS: dict[CommitmentStatus, frozenset[CommitmentStatus]] = {
    _C.PLANNED: frozenset({_C.READY, _C.IN_PROGRESS, _C.DONE, _C.DROPPED}),
    _C.READY: frozenset({_C.IN_PROGRESS, _C.DONE, _C.DROPPED}),
    _C.IN_PROGRESS: frozenset({_C.DONE, _C.DROPPED}),
    _C.DONE: frozenset(),
    _C.DROPPED: frozenset(),
}
COMMITMENT_OPEN = frozenset({_C.PLANNED, _C.READY, _C.IN_PROGRESS})
COMMITMENT_BEGINS = (_C.PLANNED, _C.READY)  # as a meeting hears it: "berencana", "siap"


def can_move_commitment(current: str, to: str) -> bool:
    return to in COMMITMENT_TRANSITIONS[CommitmentStatus(current)]
