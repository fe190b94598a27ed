"""Public pages kept for a few seconds, ready to be sent again to visitors without an account.

Rules:
- Only a view that says `@kept_for_visitors` is kept: what it shows is the same for everybody.
- Nobody who sends a cookie gets or fills it (the CSRF cookie aside, which says nothing about a person), so neither a
  signed-in person nor a reporter with a receipt. Words that people type are not kept either.
- An answer that sets a cookie, asks for a CSRF token or is anything but a plain 200 is not kept.
- Each process keeps pages in its own memory; one number in the database, asked for at every request, says whether they
  are still true. Every action that changes what is public calls `pages_changed()`: from its commit on no process, on
  whatever machine, shows a page from before. Time alone (a scheduled announcement, "3 menit lalu") may lag by
  PAGE_CACHE_SECONDS.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from threading import Lock

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

MOST_PAGES = 200  # of at most MOST_BYTES each, in each process
MOST_BYTES = 100_000
LONGEST_ADDRESS = 300
TYPED = frozenset({"q", "area_words"})  # words somebody typed

View = Callable[..., HttpResponse]


class PageVersion(models.Model):
    """One row: how often anything public has changed."""

    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="page_version_one_row")]


def pages_changed() -> None:
    """Whatever visitors see may be old. After the commit: no action waits for another one's number."""
    transaction.on_commit(_raise_version)


def _raise_version() -> None:
    if not PageVersion.objects.filter(pk=1).update(number=F("number") + 1):
        PageVersion.objects.bulk_create([PageVersion(pk=1, number=1)], ignore_conflicts=True)


def current_version() -> int:
    """By a plain statement: this is all that the database does for a kept page."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM accounts_pageversion WHERE id = 1")
        row = cursor.fetchone()
    return row[0] if row else 0


@dataclass(frozen=True)
class Kept:
    """An answer as it was made."""

    version: int
    until: float
    content: bytes
    headers: list[tuple[str, str]]
    etag: str

    def answer(self, request: HttpRequest) -> HttpResponse:
        response = HttpResponse(self.content, headers=dict(self.headers))
        response["ETag"] = self.etag
        response.setdefault("Cache-Control", "no-cache")  # a browser asks again, and mostly hears "as before"
        patch_vary_headers(response, ["Cookie"])
        found: HttpResponse = get_conditional_response(request, etag=self.etag, response=response) or response
        return found


_pages: dict[str, Kept] = {}
_lock = Lock()


def kept_for_visitors(view: View) -> View:
    """Keep this view's answer for the next visitor, until something public changes."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **values: object) -> HttpResponse:
        if not is_visitor(request):
            return view(request, *args, **values)
        version, place = current_version(), request.build_absolute_uri()
        kept = _pages.get(place)
        if kept is None or kept.version != version or kept.until < time.monotonic():
            response = view(request, *args, **values)
            if not is_for_everybody(request, response):
                return response
            kept = keep(place, version, response)
        return kept.answer(request)

    return answer


def is_visitor(request: HttpRequest) -> bool:
    """Whether this may be answered from what others got: known to the portal by nothing at all."""
    return (
        settings.PAGE_CACHE_SECONDS > 0
        and request.method == "GET"
        and not request.COOKIES.keys() - {settings.CSRF_COOKIE_NAME}
        and not TYPED & request.GET.keys()
        and len(request.get_full_path()) <= LONGEST_ADDRESS
    )


def is_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and len(response.content) <= MOST_BYTES
        and "no-store" not in response.get("Cache-Control", "")
    )


def keep(place: str, version: int, response: HttpResponse) -> Kept:
    """Remember an answer that was made from what was true at `version`; the oldest one makes room."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    until = time.monotonic() + settings.PAGE_CACHE_SECONDS
    kept = Kept(version, until, response.content, list(response.items()), etag)
    with _lock:
        _pages.pop(place, None)
        while len(_pages) >= MOST_PAGES:
            del _pages[next(iter(_pages))]
        _pages[place] = kept
    return kept


def forget_pages() -> None:
    """Empty this process's memory; for tests."""
    _pages.clear()
