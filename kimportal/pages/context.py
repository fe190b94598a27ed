"""What every template may name."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    return {"SITE_NAME": "Portal KIM", "IS_DEMO": not settings.PRODUCTION}
