"""The chain that events form: each carries the digest of the one before, under a key outside the database.

An altered, removed, inserted or moved event breaks it; the sealed head tells when the last ones are missing. Whoever
holds the key and the database can still forge everything: keep `EVENT_KEY` elsewhere.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from accounts.events import Event

BATCH = 500  # chains verified with one query for their heads


def keyed_digest(*parts: object) -> str:
    """HMAC of the parts under EVENT_KEY, 64 hexadecimal characters. Sorted keys make equal data equal text."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(settings.EVENT_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


class EventHead(models.Model):
    """The end of a chain, sealed: without it nobody would notice that the last events are missing."""

    # Derived from the object, so that the order of the rows tells nothing about the order of reports.
    key = models.BigIntegerField(primary_key=True)
    table = models.CharField(max_length=63)
    subject_key = models.CharField(max_length=40)
    sequence = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["table", "key"], name="event_head_table")]

    @staticmethod
    def key_of(table: str, subject_key: object) -> int:
        return int(keyed_digest("head", table, str(subject_key))[:15], 16)

    def compute_seal(self) -> str:
        return keyed_digest("seal", self.table, self.subject_key, self.sequence, self.digest)


def table_of(model: type[models.Model]) -> Any:
    """The rows of a concrete table. `Any`: the abstract models know neither `subject` nor `event` and `text_row`."""
    return model._default_manager


def chain_problems(events: Iterable[Event]) -> Iterator[str]:
    """Sequence, links, digests and texts of one chain, in order. One sentence a fault, without any content."""
    previous = ""
    for place, event in enumerate(events, start=1):
        if event.sequence != place:
            yield f"peristiwa {place} hilang atau terselip"
            return
        if event.previous_digest != previous or event.compute_digest() != event.digest:
            yield f"peristiwa {place} diubah"
        if event.text and event.digest_text(event.text) != event.text_digest:
            yield f"keterangan peristiwa {place} diubah"
        previous = event.digest


def head_problems(head: EventHead, last: list[Event]) -> Iterator[str]:
    """Whether the sealed end is the last event that is there."""
    sequence, digest = (last[0].sequence, last[0].digest) if last else (0, "")
    if head.sequence and head.seal != head.compute_seal():
        yield "segel rantai diubah"
    elif (head.sequence, head.digest) != (sequence, digest):
        yield "akhir rantai hilang atau ditambah"


def broken_chains(model: type[Event]) -> Iterator[tuple[object, str]]:
    """Every fault in a table of events, as (key of the object, sentence). Reads the table once, in batches."""
    rows = table_of(model).select_related("text_row").order_by("subject_id", "sequence")
    chains = groupby(rows.iterator(chunk_size=2000), key=lambda event: event.subject_id)
    whole = ((subject, list(events)) for subject, events in chains)
    while batch := list(islice(whole, BATCH)):
        heads = model_heads(model, [subject for subject, _ in batch])
        for subject, events in batch:
            faults = [
                *chain_problems(events),
                *head_problems(heads.get(subject) or model.head_of(subject), events[-1:]),
            ]
            yield from ((subject, fault) for fault in faults)
    yield from lost_chains(model)


def model_heads(model: type[Event], subjects: list[object]) -> dict[object, EventHead]:
    table = model._meta.db_table
    keys = {EventHead.key_of(table, subject): subject for subject in subjects}
    return {keys[key]: head for key, head in EventHead.objects.in_bulk(list(keys)).items()}


def lost_chains(model: type[Event]) -> Iterator[tuple[object, str]]:
    """Objects whose events are all gone while the sealed end still tells of them."""
    heads = iter(EventHead.objects.filter(table=model._meta.db_table).order_by("key").iterator())
    while batch := [head.subject_key for head in islice(heads, BATCH)]:
        found = table_of(model).filter(subject__in=batch).values_list("subject_id", flat=True).distinct()
        yield from ((key, "semua peristiwa hilang") for key in set(batch) - {str(key) for key in found})
