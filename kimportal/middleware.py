"""What holds for every request of the portal."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import Any

from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from uploads.files import NotStored

logger = logging.getLogger("kimportal.database")

RETRY_AFTER = 30  # seconds
# PostgreSQL's codes (appendix A of its manual): connection lost, shutdown, starting up, no connection or disk left.
AWAY_CODES = ("08", "57P", "53")
# SQLite's: nobody else's lock ended in 20 seconds, no such disk, disk full.
AWAY_NAMES = ("SQLITE_BUSY", "SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_FULL")


def is_database_away(error: BaseException | None) -> bool:
    """Whether the database cannot be reached, as opposed to a statement that it refuses."""
    if isinstance(error, InterfaceError):
        return "connection already closed" in str(error)
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    if (name := getattr(cause, "sqlite_errorname", None)) is not None:
        return name.startswith(AWAY_NAMES)
    code = getattr(cause, "pgcode", None)
    return code.startswith(AWAY_CODES) if code else hasattr(cause, "pgcode")  # no code: no answer from the server


class DatabaseAwayMiddleware:
    """503 with Retry-After while the database is away: nothing was stored, and the page says so.

    Errors of views arrive in `process_exception`. Those of other middleware are turned into a 500 before they arrive
    here; the signal that Django sends on the way tells what it was.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        got_request_exception.connect(note_database_away)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        return away_page() if getattr(request, "is_database_away", False) else response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not is_database_away(error) and not isinstance(error, NotStored):  # the disk filled up under a checked form
            return None
        logger.error("Penyimpanan tidak terjangkau: %s", type(error).__name__)
        return away_page()


def note_database_away(sender: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
    if request is not None and is_database_away(sys.exc_info()[1]):
        request.is_database_away = True  # type: ignore[attr-defined]  # read above


def away_page() -> HttpResponse:
    """Rendered without the request: no session, no person, nothing that asks the database."""
    response = render(None, "503.html", status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    return response


class NulMiddleware:
    """404 for an address with a NUL byte: nothing is called so, and PostgreSQL refuses to be asked for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404
        return self.get_response(request)
