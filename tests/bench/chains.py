"""The history of one made-up object, sealed by the product's own functions."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any

from accounts.events import Event, EventText, as_moment, plain, random_key
from tests.bench.writing import Batch


class Chain:
    """The same rows as `Event.append`, one after the other, without asking the database for the end of the chain.

    One event object and one of its text are filled again and again: making five million of them takes minutes.
    """

    def __init__(self, model: type[Event], subject_key: int, batch: Batch) -> None:
        self.batch, self.head = batch, model.blank_head(subject_key)
        self.event, self.text = spare(model)
        self.event.subject_id, self.event.sequence, self.event.digest = subject_key, 0, ""

    def append(self, action: str, at: datetime | date, label: str, actor: int | None, text: str, **data: Any) -> None:
        event = self.event
        event.id, event.sequence, event.previous_digest = random_key(), event.sequence + 1, event.digest
        event.at, event.actor_key, event.actor_label = as_moment(at), actor, label
        event.action, event.data = action, plain(data)
        event.text_digest = event.digest_text(text) if text else ""
        event.digest = event.compute_digest()
        self.batch.add(event)
        if text:
            self.text.event_id, self.text.text = event.id, text
            self.batch.add(self.text)

    def close(self) -> None:
        self.head.sequence, self.head.digest = self.event.sequence, self.event.digest
        self.head.seal = self.head.compute_seal()
        self.batch.add(self.head)


@cache
def spare(model: type[Event]) -> tuple[Event, EventText]:
    return model(), model.text_model()()
