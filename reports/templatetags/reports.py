"""What templates ask of reports."""

from __future__ import annotations

import base64

from django import template

from reports.models import ReportPhoto
from reports.workflow import Status
from uploads.files import photo_path

register = template.Library()

STATE_CLASSES = {
    Status.ANSWERED: "done",
    Status.CLOSED: "done",
    Status.NOT_AUTHORIZED: "stop",
    Status.ARCHIVED: "stop",
    Status.FORWARDED: "go",
    Status.IN_FOLLOW_UP: "go",
    Status.VERIFIED: "go",
}


@register.filter
def state_class(status: str) -> str:
    """The badge's class in the stylesheet; the words beside it say the same."""
    return STATE_CLASSES.get(Status(status), "wait")


@register.filter
def draft_source(photo: ReportPhoto) -> str:
    """A draft's small picture inside the page itself: an address for it would have to hold the form's key."""
    try:
        content = photo_path(photo.image_id, "small").read_bytes()
    except OSError:
        return ""
    return f"data:image/jpeg;base64,{base64.b64encode(content).decode()}"
