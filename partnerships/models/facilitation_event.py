"""Who recorded and corrected what a government did: append-only, chained."""

from __future__ import annotations

from django.db import models

from accounts.events import Event, EventText
from partnerships.models.facilitation import Facilitation

ACTION_LABELS = {
    "recorded": "Dicatat",
    "changed": "Diubah",
    "programs_started": "Draf program kerja dibagikan",
}


class FacilitationEvent(Event):
    """One step of one recorded activity."""

    subject = models.ForeignKey(Facilitation, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = "peristiwa fasilitasi"
        verbose_name_plural = "peristiwa fasilitasi"


class FacilitationEventText(EventText):
    """What was written at an event."""

    event = models.OneToOneField(FacilitationEvent, models.PROTECT, primary_key=True, related_name="text_row")

    class Meta:
        verbose_name = "teks peristiwa"
        verbose_name_plural = "teks peristiwa"
