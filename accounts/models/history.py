"""What happened to institutions and to requests about personal data; the accounts' own events live in events.py."""

from __future__ import annotations

from django.db import models

from accounts.events import AccountEvent as AccountEvent
from accounts.events import AccountEventText as AccountEventText
from accounts.events import Event, EventText


class InstitutionEvent(Event):
    """What happened to an institution: corrected, merged."""

    subject = models.ForeignKey(
        "accounts.Institution", models.PROTECT, related_name="events", verbose_name="lembaga", editable=False
    )

    class Meta(Event.Meta):
        verbose_name = "peristiwa lembaga"
        verbose_name_plural = "peristiwa lembaga"


class InstitutionEventText(EventText):
    """The free text of an institution's event."""

    event = models.OneToOneField(InstitutionEvent, models.CASCADE, related_name="text_row", primary_key=True)


class DataRequestEvent(Event):
    """What happened to a request about personal data: filed, address proven, answered, blanked."""

    subject = models.ForeignKey(
        "accounts.DataRequest", models.PROTECT, related_name="events", verbose_name="permintaan", editable=False
    )

    class Meta(Event.Meta):
        verbose_name = "peristiwa permintaan data"
        verbose_name_plural = "peristiwa permintaan data"


class DataRequestEventText(EventText):
    """The free text of an event of a request."""

    event = models.OneToOneField(DataRequestEvent, models.CASCADE, related_name="text_row", primary_key=True)
