"""What templates ask of libraries."""

from __future__ import annotations

from datetime import date

from django import template

from libraries.growth import Light
from libraries.workflow import Stage
from regions.templatetags.regions import MONTHS

register = template.Library()

STAGE_CLASSES = {Stage.PROPOSED: "wait", Stage.SELECTED: "go", Stage.RUNNING: "go", Stage.GRADUATED: "done"}
LIGHT_CLASSES = {Light.GREEN: "done", Light.YELLOW: "wait", Light.RED: "stop", Light.NONE: "none"}


@register.filter
def month_words(month: date | None) -> str:
    """ "Maret 2026"."""
    return f"{MONTHS[month.month - 1]} {month.year}" if month else ""


@register.filter
def month_code(month: date) -> str:
    """ "2026-03", as it stands in addresses."""
    return f"{month:%Y-%m}"


@register.filter
def stage_class(stage: str) -> str:
    """The badge's class in the stylesheet; the words beside it say the same."""
    return STAGE_CLASSES[Stage(stage)]


@register.filter
def light_class(light: Light) -> str:
    return LIGHT_CLASSES[light]
