"""The life of a KIM: its states, which may follow which, and what each change must say. No queries here."""

from __future__ import annotations

from django.db import models


class Status(models.TextChoices):
    DRAFT = "draft", "Draf"
    SUBMITTED = "submitted", "Diajukan"
    REVISION = "revision", "Perlu perbaikan"
    REJECTED = "rejected", "Ditolak"
    VERIFIED = "verified", "Terverifikasi"
    ACTIVE = "active", "Aktif"
    INACTIVE = "inactive", "Tidak aktif"
    DISSOLVED = "dissolved", "Bubar"


_S = Status
TRANSITIONS: dict[Status, frozenset[Status]] = {
    _S.DRAFT: frozenset({_S.SUBMITTED, _S.DISSOLVED}),
    _S.SUBMITTED: frozenset({_S.VERIFIED, _S.REVISION, _S.REJECTED, _S.DISSOLVED}),
    _S.REVISION: frozenset({_S.SUBMITTED, _S.DISSOLVED}),
    _S.REJECTED: frozenset({_S.SUBMITTED, _S.DISSOLVED}),
    _S.VERIFIED: frozenset({_S.ACTIVE, _S.DISSOLVED}),
    _S.ACTIVE: frozenset({_S.INACTIVE, _S.DISSOLVED}),
    _S.INACTIVE: frozenset({_S.ACTIVE, _S.DISSOLVED}),
    _S.DISSOLVED: frozenset(),
}

PUBLIC = frozenset({_S.VERIFIED, _S.ACTIVE, _S.INACTIVE, _S.DISSOLVED})  # in the registry, for everybody
EDITABLE = frozenset({_S.DRAFT, _S.REVISION, _S.REJECTED})  # the application form is open
TEXT_REQUIRED = frozenset({_S.REVISION, _S.REJECTED, _S.DISSOLVED})


class ProgramStatus(models.TextChoices):
    """A work programme is written, then approved; what is approved stays as it is."""

    DRAFT = "draft", "Draf"
    APPROVED = "approved", "Ditetapkan"


PROGRAM_TRANSITIONS: dict[ProgramStatus, frozenset[ProgramStatus]] = {
    ProgramStatus.DRAFT: frozenset({ProgramStatus.APPROVED}),
    ProgramStatus.APPROVED: frozenset(),
}


def can_move(current: str, to: str) -> bool:
    """Whether the table allows this change."""
    return to in TRANSITIONS[Status(current)]


def can_move_program(current: str, to: ProgramStatus) -> bool:
    return to in PROGRAM_TRANSITIONS[ProgramStatus(current)]
