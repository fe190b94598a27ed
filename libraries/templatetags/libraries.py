"""What templates ask of libraries."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template

from libraries.growth import Light, grouped
from libraries.workflow import ItemState, PointStatus, Stage, StoryStatus
from regions.templatetags.regions import MONTHS

register = template.Library()

STAGE_CLASSES = {Stage.PROPOSED: "wait", Stage.SELECTED: "go", Stage.RUNNING: "go", Stage.GRADUATED: "done"}
LIGHT_CLASSES = {Light.GREEN: "done", Light.YELLOW: "wait", Light.RED: "stop", Light.NONE: "none"}
ITEM_CLASSES = {ItemState.PLANNED: "wait", ItemState.RUNNING: "go", ItemState.DONE: "done", ItemState.DROPPED: "stop"}
POINT_CLASSES = {
    PointStatus.NOT_SERVED: "stop",
    PointStatus.PROPOSED: "wait",
    PointStatus.SCHEDULED: "go",
    PointStatus.INSTALLED: "done",
}
STORY_CLASSES = {
    StoryStatus.DRAFT: "wait",
    StoryStatus.SUBMITTED: "go",
    StoryStatus.REVISION: "stop",
    StoryStatus.PUBLISHED: "done",
    StoryStatus.WITHDRAWN: "none",
}


@register.filter
def month_name(number: int | None) -> str:
    """ "Maret" for 3."""
    return MONTHS[number - 1] if number else ""


@register.filter
def cell_words(value: Any) -> str:
    """A value of a list as the preview shows it."""
    if isinstance(value, date):
        return month_words(value)
    return grouped(value) if isinstance(value, int) else str(value or "–")


@register.filter
def item_class(state: str) -> str:
    return ITEM_CLASSES[ItemState(state)]


@register.filter
def fund_words(label: str) -> str:
    """A source of money within a sentence: "dana desa", "swadaya", "APBD"."""
    return label if label.isupper() else label.lower()


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
def story_class(status: str) -> str:
    return STORY_CLASSES[StoryStatus(status)]


@register.filter
def point_class(status: str) -> str:
    return POINT_CLASSES[PointStatus(status)]


@register.filter
def light_class(light: Light) -> str:
    return LIGHT_CLASSES[light]
