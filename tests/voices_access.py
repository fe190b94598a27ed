"""What libraries say and hear, on the stage: survey, stories, articles, synergy, photos; read by library_access.py."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

from accounts.models import User
from libraries.models import Library, LibraryPhoto
from tests.factories import make_photo_bytes
from uploads.images import make_safe

_DESK = "404 guests=302 librarian,library_officer,superuser"
READ = ("information_cycle", "library_photo")
PUBLIC = {f"libraries:{name}" for name in (*READ, "survey")}
ROWS: dict[str, tuple[str, str]] = {
    **{f"libraries:{name}": ("200", "405") for name in READ},
    "libraries:library_photos": (f"{_DESK}=200", f"{_DESK}=422"),
    "libraries:photo_remove": ("405 guests=302", f"{_DESK}=302"),
    "libraries:survey": ("200", "422"),
    "libraries:survey_sheet": (f"{_DESK}=200", "405 guests=302"),
    "libraries:survey_paper": (f"{_DESK}=200", f"{_DESK}=302"),
}


def voices_values(name: str) -> dict[str, Any]:
    """Values of the addresses of this room, beside those of every library."""
    photo = LibraryPhoto.objects.first()
    rows = {"libraries:photo_remove": photo}
    values: dict[str, Any] = {"image_id": photo.image_id if photo else UUID(int=0), "size": "small"}
    if name in rows:
        values["pk"] = row.pk if (row := rows[name]) else 0
    return values


def make_voices(library: Library, by: User) -> None:
    """One of everything for this library."""
    LibraryPhoto.add(library, make_safe(BytesIO(make_photo_bytes())), by=by, alt="Ruang baca panggung", people="none")
