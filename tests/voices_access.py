"""What libraries say and hear, on the stage: survey, stories, articles, synergy, photos; read by library_access.py."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

from accounts.models import User
from libraries.models import Article, ImpactStory, Library, LibraryPhoto
from tests.factories import make_document, make_photo_bytes
from tests.libraries.models.test_article import make_article
from tests.libraries.models.test_synergy import make_bridge, make_placement, make_point
from tests.libraries.stories import make_story
from uploads.images import make_safe

_DESK = "404 guests=302 librarian,library_officer,superuser"
_QUEUE = "403 residents=302 library_officer,readers,superuser=200"
_SEEN = "404 residents=302 library_officer,readers,superuser"
_PASSED = f"{_SEEN}=403"  # the story of the stage is public already
READ = (
    "information_cycle",
    "library_photo",
    "story_list",
    "story_detail",
    "faq",
    "article_list",
    "article_detail",
    "synergy",
)
_OWN = "404 residents=302 library_officer,superuser"
_ADD = "403 residents=302 library_officer,superuser=200"
SYNERGY = ("internetpoint", "studentplacement", "consultantbridge")
_KEPT = {
    "changelist": (_QUEUE, _QUEUE),
    "add": (_ADD, _ADD),
    "history": (f"{_SEEN}=200", f"{_SEEN}=200"),
    "delete": (f"{_SEEN}=403", f"{_SEEN}=403"),
    "change": (f"{_SEEN}=200", f"{_OWN}=409 readers=403"),
}
_WRITTEN = {
    "changelist": (_ADD, _ADD),
    "add": (_ADD, _ADD),
    "history": (f"{_OWN}=200", f"{_OWN}=200"),
    "delete": (f"{_OWN}=403", f"{_OWN}=403"),
    "change": (f"{_OWN}=200", f"{_OWN}=409"),
}
STORY_PAGES = [f"libraries:story_{page}" for page in ("detail", "edit", "step", "proof")]
PUBLIC = {f"libraries:{name}" for name in (*READ, "survey")}
ROWS: dict[str, tuple[str, str]] = {
    **{f"libraries:{name}": ("200", "405") for name in READ},
    "libraries:library_photos": (f"{_DESK}=200", f"{_DESK}=422"),
    "libraries:photo_remove": ("405 guests=302", f"{_DESK}=302"),
    **{
        f"libraries:{name}": (f"{_DESK}=200", "405 guests=302")
        for name in ("story_desk", "story_consent", "story_proof")
    },
    "libraries:story_write": (f"{_DESK}=200", f"{_DESK}=422"),
    "libraries:story_edit": (f"{_DESK}=200", f"{_DESK}=403"),
    "libraries:story_step": ("405 guests=302", f"{_DESK}=302"),
    "admin:libraries_impactstory_changelist": (_QUEUE, _QUEUE),
    "admin:libraries_impactstory_add": ("403 residents=302", "403 residents=302"),
    "admin:libraries_impactstory_action": (_PASSED, _PASSED),
    "admin:libraries_impactstory_history": (f"{_SEEN}=200", f"{_SEEN}=200"),
    "admin:libraries_impactstory_delete": (f"{_SEEN}=403", f"{_SEEN}=403"),
    "admin:libraries_impactstory_change": (f"{_SEEN}=200", f"{_SEEN}=403"),
    **{f"admin:libraries_{model}_{page}": row for model in SYNERGY for page, row in _KEPT.items()},
    "admin:libraries_internetpoint_action": (f"{_SEEN}=200 readers=403", f"{_SEEN}=200 readers=403"),
    **{f"admin:libraries_{model}_action": (f"{_SEEN}=404", f"{_SEEN}=404") for model in SYNERGY[1:]},
    **{f"admin:libraries_article_{page}": row for page, row in _WRITTEN.items()},
    "admin:libraries_article_action": (f"{_OWN}=403", f"{_OWN}=403"),  # it is public already
    "libraries:survey": ("200", "422"),
    "libraries:survey_sheet": (f"{_DESK}=200", "405 guests=302"),
    "libraries:survey_paper": (f"{_DESK}=200", f"{_DESK}=302"),
    "libraries:survey_count": ("405 guests=302", f"{_DESK}=302 librarian=403"),
}


def voices_values(name: str) -> dict[str, Any]:
    """Values of the addresses of this room, beside those of every library."""
    photo = LibraryPhoto.objects.first()
    story = ImpactStory.objects.first()
    rows: dict[str, Any] = dict.fromkeys(STORY_PAGES, story) | {"libraries:photo_remove": photo}
    article = Article.objects.first()
    values: dict[str, Any] = {"image_id": photo.image_id if photo else UUID(int=0), "size": "small"}
    if name == "libraries:article_detail" and article:
        values["slug"] = article.slug
    if name in rows:
        values["pk"] = row.pk if (row := rows[name]) else 0
    return values


def make_voices(library: Library, by: User) -> None:
    """One of everything for this library."""
    LibraryPhoto.add(library, make_safe(BytesIO(make_photo_bytes())), by=by, alt="Ruang baca panggung", people="none")
    make_story(library, proof_file=make_document())
    make_article(area=library.regency_code)
    make_point(library.area_id, library=library)
    make_placement(library.regency_code, (library.area_id,))
    make_bridge(library.regency_code)
