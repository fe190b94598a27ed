"""What partnerships hold about a person with an account: which guideline editions they published."""

from __future__ import annotations

from typing import Any

from accounts import personal_data
from accounts.models import User
from partnerships.models import GuidelineVersion

COLUMNS = {"pedoman": "guideline__title", "versi": "number", "yang berubah": "note", "terbit": "published_on"}


def register() -> None:
    personal_data.register_personal_data("pedoman yang diterbitkan", copy_guidelines)
    personal_data.register_eraser("pedoman", erase)


def copy_guidelines(user: User) -> list[dict[str, Any]]:
    rows = GuidelineVersion.objects.filter(published_by=user).order_by("pk").values_list(*COLUMNS.values())
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def erase(user: User) -> None:
    """The edition stays in force; who published it is forgotten (UU 27/2022 art. 8)."""
    GuidelineVersion.objects.filter(published_by=user).update(published_by=None)
