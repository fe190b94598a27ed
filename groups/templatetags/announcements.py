"""Announcements in templates."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from groups.markdown import excerpt_of, render

register = template.Library()


@register.filter
def markdown(text: str) -> SafeString:
    """What somebody wrote in Markdown, as safe HTML."""
    return render(text or "")


@register.filter
def excerpt(text: str, length: int) -> str:
    """The first words of a Markdown text, without marks."""
    return excerpt_of(text or "", length)
