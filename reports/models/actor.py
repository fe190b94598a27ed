"""Who acts on a report, as its history names them: a role and a place, never a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from django.db import models

from accounts.models import Institution, User


class Audience(models.TextChoices):
    """Who may read an event and its text."""

    PRIVATE = "private", "Petugas saja"
    REPORTER = "reporter", "Petugas dan pelapor"
    PUBLIC = "public", "Semua orang, bila laporan tampil"


@dataclass(frozen=True)
class Actor:
    """The reporter never carries an account here, so that no history names one, anonymous or not."""

    label: str
    user: User | None = None

    @classmethod
    def officer(cls, user: User, place: object = "") -> Self:
        return cls(f"Petugas laporan {place}".strip(), user)

    @classmethod
    def institution(cls, user: User, institution: Institution) -> Self:
        return cls(institution.name, user)

    @classmethod
    def reporter(cls) -> Self:
        return cls("Pelapor")

    @classmethod
    def system(cls) -> Self:
        return cls("Sistem")

    @property
    def is_reporter(self) -> bool:
        return self.user is None and self.label == "Pelapor"
