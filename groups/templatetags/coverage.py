"""Numbers in the coverage pages."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def thousands(number: int) -> str:
    """83762 as people here write it: "83.762"."""
    return f"{number:,}".replace(",", ".")
