"""What every template may name."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Cheap facts only: base.html shows "Akun saya" by the cookie alone, so that no page asks the database for it."""
    return {
        "SITE_NAME": "Portal KIM",
        "IS_DEMO": not settings.PRODUCTION,
        "has_session": settings.SESSION_COOKIE_NAME in request.COOKIES,
    }
