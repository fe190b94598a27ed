"""Impact stories for tests."""

from __future__ import annotations

from typing import Any

from libraries.models import ImpactStory, Library
from libraries.workflow import StoryStatus
from tests.factories import make_user

REAL = "Marniati Bertanda"
VALUES = {
    "title": "Belajar menenun, kini punya pesanan",
    "alias": "Ibu Melati",
    "domain": "economy",
    "before": "Tidak punya penghasilan sendiri.",
    "after": "Menjual sepuluh kain sebulan.",
    "proof_url": "https://kabar.contoh.invalid/kain",
    "real_name": REAL,
}


def make_story(
    library: Library, status: str = StoryStatus.PUBLISHED, *, is_named: bool = False, **over: Any
) -> ImpactStory:
    """A story moved to `status` by its own actions."""
    story = ImpactStory.write(library, by=make_user(), is_named=is_named, **{**VALUES, **over})
    if status == StoryStatus.WITHDRAWN:
        story.withdraw(by=make_user())
        return story
    for step in (StoryStatus.SUBMITTED, StoryStatus.PUBLISHED):
        if status != StoryStatus.DRAFT and story.status != status:
            story.move(step, by=make_user())
    return story
