"""Append-only events: who did what to which object, when and why, chained with a key outside the database.

Each app has one table of its own (`class ReportEvent(Event)` with a foreign key `subject`) and one for the texts
(`class ReportEventText(EventText)` with a one-to-one `event`, related_name "text_row"). Free text may hold personal
data: it can be erased, the event keeps its digest. The digest is keyed, so that nobody can guess an erased text.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from accounts.triggers import AppendOnly as AppendOnly
from accounts.triggers import RefuseWhen as RefuseWhen
from accounts.triggers import expected_triggers as expected_triggers
from accounts.triggers import installed_triggers as installed_triggers
from accounts.triggers import permit as permit

if TYPE_CHECKING:
    from accounts.models import User

BATCH = 500  # chains verified with one query for their heads


def random_key() -> int:
    """A 63-bit primary key: a counting one would order anonymous reports in time, and with it tell the hour."""
    return secrets.randbits(63) or 1


def keyed_digest(*parts: object) -> str:
    """HMAC of the parts under EVENT_KEY, 64 hexadecimal characters. Sorted keys make equal data equal text."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(settings.EVENT_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def plain(value: Any) -> Any:
    """`value` if it comes back from both databases as it went in; a float, a date or a model does not."""
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str(value)  # a member of TextChoices becomes its code
    raise TypeError(f"{value!r} cannot stand in an event: use text, whole numbers, lists and dictionaries")


def as_moment(at: datetime | date | None) -> datetime:
    """A bare date becomes midnight UTC, which is the same day everywhere in Indonesia (07.00 to 09.00)."""
    if at is None:
        return timezone.now()
    if isinstance(at, datetime):
        return at
    return datetime.combine(at, time.min, UTC)


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


class Event(models.Model):
    """One thing that happened to one object. Never changed: a database trigger refuses it."""

    if TYPE_CHECKING:
        subject: models.ForeignKey[Any, Any]
        subject_id: Any
        text_row: EventText
        objects: models.Manager[Self]

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    sequence = models.PositiveIntegerField("urutan", editable=False)
    at = models.DateTimeField("waktu", editable=False)
    # A plain number: a foreign key with SET_NULL would have to change a row that cannot be changed.
    actor_key = models.BigIntegerField(null=True, editable=False)
    actor_label = models.CharField("oleh", max_length=160, editable=False)
    action = models.CharField("tindakan", max_length=40, editable=False)
    data = models.JSONField(default=dict, editable=False)
    text_digest = models.CharField(max_length=64, blank=True, editable=False)
    previous_digest = models.CharField(max_length=64, blank=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)

    class Meta:
        abstract = True
        ordering = ["subject", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "sequence"], name="%(app_label)s_%(class)s_sequence"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence}. {self.action}"

    @property
    def text(self) -> str:
        """The free text; empty where there was none or it was erased. Lists use select_related("text_row")."""
        return self.text_row.text if self.text_digest and hasattr(self, "text_row") else ""

    @property
    def is_text_erased(self) -> bool:
        return bool(self.text_digest) and not hasattr(self, "text_row")

    @property
    def is_day_only(self) -> bool:
        """Whether only the day is known: an anonymous reporter's own acts carry no time (quality.md A5)."""
        return self.at.astimezone(UTC).time() == time.min

    @classmethod
    def append(
        cls,
        subject: models.Model,
        action: str,
        *,
        actor: User | None,
        actor_label: str,
        text: str = "",
        at: datetime | date | None = None,
        **data: Any,
    ) -> Self:
        """Write what happened to `subject`. The caller's transaction already holds the lock on its row.

        `data` never holds personal data; `text` may, and can be erased. `at` may be a day without a time.
        """
        if not transaction.get_connection().in_atomic_block:
            raise transaction.TransactionManagementError("An event is written in the transaction of its action.")
        head = cls.head_of(subject.pk)
        event = cls(
            subject=subject,
            sequence=head.sequence + 1,
            at=as_moment(at),
            actor_key=actor.pk if actor else None,
            actor_label=actor_label,
            action=action,
            data=plain(data),
            previous_digest=head.digest,
        )
        event.text_digest = event.digest_text(text) if text else ""
        event.digest = event.compute_digest()
        event.save(force_insert=True)
        if text:
            event.text_row = cls.text_model()(event=event, text=text)
            event.text_row.save(force_insert=True)
        cls.move_head(head, event)
        return event

    @classmethod
    def text_model(cls) -> type[EventText]:
        model: Any = cls._meta.get_field("text_row").related_model
        return model

    @classmethod
    def head_of(cls, subject_key: object) -> EventHead:
        """The end of this object's chain; an unsaved one where nothing happened yet."""
        table = cls._meta.db_table
        key = EventHead.key_of(table, subject_key)
        empty = EventHead(key=key, table=table, subject_key=str(subject_key), sequence=0, digest="")
        return EventHead.objects.filter(pk=key).first() or empty

    @classmethod
    def move_head(cls, head: EventHead, event: Event) -> None:
        head.sequence, head.digest = event.sequence, event.digest
        head.seal = head.compute_seal()
        head.save(force_insert=event.sequence == 1, force_update=event.sequence > 1)

    def digest_text(self, text: str) -> str:
        return keyed_digest("text", self._meta.db_table, self.pk, text)

    def compute_digest(self) -> str:
        facts = [self.at.astimezone(UTC).isoformat(), self.actor_key, self.actor_label, self.action, self.data]
        place = [self._meta.db_table, self.pk, str(self.subject_id), self.sequence]
        return keyed_digest(*place, *facts, self.text_digest, self.previous_digest)

    @classmethod
    def erase(cls, subject: models.Model) -> int:
        """Delete the whole chain of an object whose retention has ended; returns the number of events."""
        with permit():
            events = cls._default_manager.filter(subject=subject)
            number = events.count()
            cls.text_model()._default_manager.filter(event__in=events).delete()
            events.delete()
            EventHead.objects.filter(pk=EventHead.key_of(cls._meta.db_table, subject.pk)).delete()
        return number

    def erase_text(self) -> bool:
        """Delete the free text (UU 27/2022 art. 8, in an extreme case art. 43); the event and its digest stay."""
        number, _ = self.text_model()._default_manager.filter(event=self).delete()
        return number > 0

    @classmethod
    def problems(cls, subject: models.Model) -> list[str]:
        """What is wrong with the chain of one object; empty when it is whole."""
        rows = cls._default_manager.filter(subject=subject).select_related("text_row").order_by("sequence")
        return [*chain_problems(rows), *head_problems(cls.head_of(subject.pk), list(rows)[-1:])]

    @classmethod
    def verify_chain(cls, subject: models.Model) -> bool:
        return not cls.problems(subject)


class EventText(models.Model):
    """The free text of one event, the only part of it that can be erased."""

    if TYPE_CHECKING:
        event: models.OneToOneField[Any, Any]
        objects: models.Manager[Self]

    text = models.TextField("keterangan")

    class Meta:
        abstract = True


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
    rows = model._default_manager.select_related("text_row").order_by("subject_id", "sequence")
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
        found = model._default_manager.filter(subject__in=batch).values_list("subject_id", flat=True).distinct()
        yield from ((key, "semua peristiwa hilang") for key in set(batch) - {str(key) for key in found})


class AccountEvent(Event):
    """What happened to an account: rights given and ended, consent, requests about one's own data."""

    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="events", verbose_name="akun", editable=False
    )

    class Meta(Event.Meta):
        verbose_name = "peristiwa akun"
        verbose_name_plural = "peristiwa akun"


class AccountEventText(EventText):
    """The reason a person or an officer gave."""

    event = models.OneToOneField(AccountEvent, models.CASCADE, primary_key=True, related_name="text_row")
