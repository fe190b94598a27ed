"""What the portal holds about a person, app by app: each app says how its part is copied, erased and let go.

An app registers its functions in its `AppConfig.ready()`. Names are what the person reads in the copy.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from accounts.models import Consent, User

Source = Callable[["User"], list[dict[str, Any]]]
Eraser = Callable[["User"], None]
Release = Callable[["Consent"], None]

_sources: dict[str, Source] = {}
_erasers: dict[str, Eraser] = {}
_releases: dict[str, Release] = {}


def register_personal_data(name: str, source: Source) -> None:
    """`source(user)` gives the rows an app holds about a person, as plain values (UU 27/2022 arts. 5 to 7)."""
    _sources[name] = source


def register_eraser(name: str, eraser: Eraser) -> None:
    """`eraser(user)` blanks what an app holds about a person; called inside the transaction of the erasure (art. 8)."""
    _erasers[name] = eraser


def register_release(name: str, release: Release) -> None:
    """`release(consent)` stops what an app does on a consent, in the transaction of its withdrawal (art. 9)."""
    _releases[name] = release


def copy_of(user: User) -> dict[str, list[dict[str, Any]]]:
    """Everything the portal holds about this person, by the name each app registered."""
    return {name: source(user) for name, source in sorted(_sources.items())}


def erase(user: User) -> None:
    for eraser in _erasers.values():
        eraser(user)


def release(consent: Consent) -> None:
    for release_one in _releases.values():
        release_one(consent)
