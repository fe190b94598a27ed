"""The history of an agreement that stands in no partnership: append-only, chained, its texts erasable."""

from __future__ import annotations

from django.db import models

from accounts.events import Event, EventText
from partnerships.models.agreement import Agreement
from partnerships.models.event import ACTION_LABELS


class AgreementEvent(Event):
    """One step of one agreement."""

    subject = models.ForeignKey(Agreement, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = "peristiwa perjanjian"
        verbose_name_plural = "peristiwa perjanjian"

    @property
    def label(self) -> str:
        return ACTION_LABELS.get(self.action, self.action)


class AgreementEventText(EventText):
    """What was written at an event, for example why it was ended."""

    event = models.OneToOneField(AgreementEvent, models.PROTECT, primary_key=True, related_name="text_row")

    class Meta:
        verbose_name = "teks peristiwa perjanjian"
        verbose_name_plural = "teks peristiwa perjanjian"
