"""The short cookie that lets one browser see one report. Nothing about a report is kept in a session."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from reports import codes
from reports.models import Report

NAME = "__Secure-laporan" if settings.PRODUCTION else "laporan"  # not __Host-: that would need the path "/"
PATH = "/laporan/"
SECONDS = 30 * 60
_SALT = "reports.code"


def remember(response: HttpResponse, code: str) -> None:
    """Let this browser see the report with this code for half an hour."""
    response.set_cookie(
        NAME,
        signing.dumps(code, salt=_SALT),
        max_age=SECONDS,
        path=PATH,
        secure=settings.PRODUCTION,
        httponly=True,
        samesite="Strict",
    )


def forget(response: HttpResponse) -> None:
    response.delete_cookie(NAME, path=PATH, samesite="Strict")


def remembered_code(request: HttpRequest) -> str | None:
    """The code this browser may use now; None when there is none, it is too old or not ours."""
    try:
        code: str = signing.loads(request.COOKIES.get(NAME, ""), salt=_SALT, max_age=SECONDS)
    except signing.BadSignature:
        return None
    return code


def remembered_report(request: HttpRequest) -> tuple[Report, str] | None:
    """The report this browser may see now, with its code."""
    code = remembered_code(request)
    if code is None:
        return None
    rows = Report.objects.select_related("area", "category", "institution")
    report = rows.filter(code_digest=codes.code_digest(code)).first()
    return (report, code) if report else None


def browser_key(request: HttpRequest, network: str) -> str:
    """Counts one browser on one network: a whole village may share an address, so it never counts alone."""
    return f"{request.COOKIES.get(settings.CSRF_COOKIE_NAME, '')}|{network}"
