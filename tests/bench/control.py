"""The control: the portal with a slow list planted in it. A bench that does not mind it measures nothing."""

from __future__ import annotations

from functools import cache
from typing import Any

from regions.paging import Page, keyset_page


def slow_page(queryset: Any, cursor: str | None, size: int = 20, order: Any = ("-created_at", "-id")) -> Page:
    """Counts the whole table, and asks for the photos of each row."""
    queryset.model._base_manager.filter(is_published=True).count()
    page = keyset_page(queryset, cursor, size, order)
    for row in page.rows:
        row.photos.count()
    return page


def sabotage() -> None:
    from reports.views import public

    public.keyset_page = slow_page


@cache
def sabotaged_portal() -> Any:
    from kimportal.wsgi import application as portal

    sabotage()
    return portal


def application(environ: Any, start_response: Any) -> Any:
    """What gunicorn loads instead of the portal."""
    return sabotaged_portal()(environ, start_response)
