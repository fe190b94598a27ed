"""Append-only events: who did what to which object, when and why, chained with a key outside the database.

Each app has one table of its own (`class ReportEvent(Event)` with a foreign key `subject`) and one for the texts
(`class ReportEventText(EventText)` with a one-to-one `event`, related_name "text_row"). Free text may hold personal
data: it can be erased, the event keeps its digest. The digest is keyed, so that nobody can guess an erased text.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from accounts.chains import EventHead as EventHead
from accounts.chains import broken_chains as broken_chains
from accounts.chains import chain_problems, head_problems, keyed_digest, table_of
from accounts.page_cache import pages_changed
from accounts.triggers import AppendOnly as AppendOnly
from accounts.triggers import RefuseWhen as RefuseWhen
from accounts.triggers import expected_triggers as expected_triggers
from accounts.triggers import installed_triggers as installed_triggers
from accounts.triggers import permit as permit

if TYPE_CHECKING:
    from accounts.models import User


def random_key() -> int:
    """A 63-bit primary key: a counting one would order anonymous reports in time, and with it tell the hour."""
    return secrets.randbits(63) or 1


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
        event.write(text)
        cls.move_head(head, event)
        return event

    @classmethod
    def begin_all(
        cls, subjects: Iterable[models.Model], action: str, *, actor: User, actor_label: str, **data: Any
    ) -> None:
        """The first event of each of many objects made in this transaction, without a text: two statements a batch."""
        events, heads = [], []
        facts: dict[str, Any] = {
            "sequence": 1,
            "at": timezone.now(),
            "action": action,
            "actor_key": actor.pk,
            "actor_label": actor_label,
            "data": plain(data),
        }
        for subject in subjects:
            head = cls.blank_head(subject.pk)
            event = cls(**{**facts, "subject": subject})
            event.digest = event.compute_digest()
            head.sequence, head.digest = 1, event.digest
            head.seal = head.compute_seal()
            events.append(event)
            heads.append(head)
        table_of(cls).bulk_create(events, batch_size=500)
        EventHead.objects.bulk_create(heads, batch_size=500)

    def write(self, text: str) -> None:
        """Seal this event and insert it with its text; `append` has put it at the end of its chain."""
        if not transaction.get_connection().in_atomic_block:
            raise transaction.TransactionManagementError("An event is written in the transaction of its action.")
        self.text_digest = self.digest_text(text) if text else ""
        self.digest = self.compute_digest()
        self.save(force_insert=True)
        if text:
            model: Any = self.text_model()
            self.text_row = model(event=self, text=text)
            self.text_row.save(force_insert=True)

    @classmethod
    def text_model(cls) -> type[EventText]:
        model: Any = cls._meta.get_field("text_row").related_model
        return model

    @classmethod
    def head_of(cls, subject_key: object) -> EventHead:
        """The end of this object's chain; an unsaved one where nothing happened yet."""
        empty = cls.blank_head(subject_key)
        return EventHead.objects.filter(pk=empty.key).first() or empty

    @classmethod
    def blank_head(cls, subject_key: object) -> EventHead:
        table = cls._meta.db_table
        key = EventHead.key_of(table, subject_key)
        return EventHead(key=key, table=table, subject_key=str(subject_key), sequence=0, digest="")

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
            events = table_of(cls).filter(subject=subject)
            number: int = events.count()
            table_of(cls.text_model()).filter(event__in=events).delete()
            events.delete()
            EventHead.objects.filter(pk=EventHead.key_of(cls._meta.db_table, subject.pk)).delete()
        return number

    def erase_text(self) -> bool:
        """Delete the free text (UU 27/2022 art. 8, in an extreme case art. 43); the event and its digest stay."""
        number, _ = table_of(self.text_model()).filter(event=self).delete()
        pages_changed()
        return bool(number)

    @classmethod
    def problems(cls, subject: models.Model) -> list[str]:
        """What is wrong with the chain of one object; empty when it is whole."""
        rows = table_of(cls).filter(subject=subject).select_related("text_row").order_by("sequence")
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
