"""Outgoing mail: a row in the transaction of the action that causes it, sent later by the worker.

Sent at least once: a worker killed between the mail server's answer and our commit sends that one mail again, with the
same Message-ID and Date, which mail programs show once. An outage repeats none and loses none.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.utils import format_datetime, getaddresses
from typing import Any, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db import connection, models, transaction
from django.db.models import Q
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone

logger = logging.getLogger("kimportal.outbox")

LEASE = timedelta(minutes=5)  # how long a worker may hold a mail before another one takes it
MAX_TRIES = 12  # with the pauses below: about two and a half days
LONGEST_PAUSE = timedelta(hours=8)
KEEP_SENT = timedelta(days=7)
KEEP_FAILED = timedelta(days=30)  # somebody may still correct the cause and send again


def new_message_id() -> str:
    """Made once a mail; Django's own would be new at each try and would name this machine."""
    return f"<{secrets.token_hex(16)}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"


def one_line(text: str) -> str:
    """A header's value; a line break in it would be a header of somebody else's choosing."""
    if any(character in text for character in "\r\n\0"):
        raise BadHeaderError("A mail header cannot hold a line break.")
    return text


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def waiting(self) -> Self:
        return self.filter(state=OutgoingMail.State.QUEUED)

    def due(self) -> Self:
        return self.waiting().filter(due_at__lte=timezone.now()).order_by("due_at", "pk")

    def claim(self) -> OutgoingMail | None:
        """Take one due mail for LEASE. Two workers never take the same one."""
        with transaction.atomic():
            skip_locked = connection.features.has_select_for_update_skip_locked
            mail = self.due().select_for_update(skip_locked=skip_locked).first()
            if mail is None:
                return None
            mail.tries, mail.due_at = mail.tries + 1, timezone.now() + LEASE
            mail.save(update_fields=["tries", "due_at"])
            return mail

    def blank_sent(self) -> int:
        """Forget whom we wrote what, once it is long done (quality.md C5); returns how many."""
        now = timezone.now()
        done = Q(state=OutgoingMail.State.SENT, ended_at__lt=now - KEEP_SENT)
        given_up = Q(state=OutgoingMail.State.FAILED, ended_at__lt=now - KEEP_FAILED)
        return self.filter(done | given_up).exclude(to="").update(to="", sender="", subject="", body="", last_error="")

    def oldest_waiting(self) -> datetime | None:
        """When the mail that waits longest was written: the sign of an outage."""
        return self.waiting().order_by("due_at").aggregate(oldest=models.Min("created_at"))["oldest"]


class OutgoingMail(models.Model):
    """One mail to one address."""

    class State(models.TextChoices):
        QUEUED = "queued", "Menunggu"
        SENT = "sent", "Terkirim"
        FAILED = "failed", "Gagal, tidak dicoba lagi"

    message_id = models.CharField(max_length=120, unique=True, default=new_message_id, editable=False)
    to = models.CharField("kepada", max_length=254, blank=True, editable=False)
    sender = models.CharField("dari", max_length=254, blank=True, editable=False)
    subject = models.CharField("judul", max_length=400, blank=True, editable=False)
    body = models.TextField("isi", blank=True, editable=False)
    template = models.CharField("jenis", max_length=120, blank=True, editable=False)
    state = models.CharField("keadaan", max_length=10, choices=State.choices, default=State.QUEUED, editable=False)
    tries = models.PositiveSmallIntegerField("percobaan", default=0, editable=False)
    last_error = models.CharField("kesalahan terakhir", max_length=200, blank=True, editable=False)
    created_at = models.DateTimeField("dibuat", default=timezone.now, editable=False)
    due_at = models.DateTimeField("dicoba lagi", default=timezone.now, editable=False)
    ended_at = models.DateTimeField("selesai", null=True, blank=True, editable=False)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = "surat keluar"
        verbose_name_plural = "surat keluar"
        indexes = [
            models.Index(fields=["due_at"], name="mail_waiting", condition=Q(state="queued")),
            models.Index(fields=["state", "-id"], name="mail_state"),
            models.Index(fields=["ended_at"], name="mail_to_blank", condition=~Q(to="")),
        ]

    def __str__(self) -> str:
        return f"Surat {self.pk} ({self.get_state_display()})"  # neither address nor subject: this ends up in logs

    def as_message(self, channel: BaseEmailBackend) -> EmailMessage:
        headers = {
            "Message-ID": self.message_id,
            "Date": format_datetime(self.created_at),
            "Auto-Submitted": "auto-generated",  # keeps holiday replies from answering
        }
        return EmailMessage(self.subject, self.body, self.sender, [self.to], headers=headers, connection=channel)

    def mark_sent(self) -> None:
        self.state, self.ended_at, self.last_error = self.State.SENT, timezone.now(), ""
        self.save(update_fields=["state", "ended_at", "last_error"])

    def mark_failed(self, error: Exception) -> None:
        """Try again after 1, 2, 4 ... minutes, at most 8 hours; give up after MAX_TRIES, visibly."""
        self.last_error = describe(error)
        self.due_at = timezone.now() + min(timedelta(minutes=2 ** (self.tries - 1)), LONGEST_PAUSE)
        if self.tries >= MAX_TRIES:
            self.state, self.ended_at = self.State.FAILED, timezone.now()
            logger.error("Surat %s tidak dapat dikirim setelah %s percobaan: %s", self.pk, self.tries, self.last_error)
        self.save(update_fields=["last_error", "due_at", "state", "ended_at"])

    def send_again(self) -> bool:
        """Queue a mail that was given up; False where nothing is left to send."""
        chosen = OutgoingMail.objects.filter(pk=self.pk, state=self.State.FAILED).exclude(to="")
        return bool(chosen.update(state=self.State.QUEUED, tries=0, due_at=timezone.now(), ended_at=None))


def describe(error: Exception) -> str:
    """The kind of error and the server's number, never its text: servers repeat the address in it."""
    code = getattr(error, "smtp_code", None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__


def queue_mail(to: str, template: str, context: dict[str, Any]) -> OutgoingMail:
    """Write a mail to the outbox, in the transaction of the action that causes it.

    `template` is a text file: the subject on its first line, an empty line, the body. Raises ValidationError or
    BadHeaderError for an address that is none.
    """
    context = {"SITE_URL": settings.SITE_URL, "SITE_NAME": "Portal KIM", **context}
    loaded: Any = get_template(template)
    text = loaded.template.render(Context(context, autoescape=False))  # plain text: no &amp; in it
    subject, _, body = text.strip().partition("\n")
    return write(to, " ".join(subject.split()), body.strip() + "\n", template=template)


def write(to: str, subject: str, body: str, *, sender: str = "", template: str = "") -> OutgoingMail:
    """One row, checked now: a mail that can never be sent is an error of whoever wrote it."""
    found = getaddresses([one_line(to)])
    address = found[0][1] if len(found) == 1 else ""
    validate_email(address)
    return OutgoingMail.objects.create(
        to=address,
        sender=one_line(sender or settings.DEFAULT_FROM_EMAIL),
        subject=one_line(subject)[:400],
        body=body.replace("\0", ""),
        template=template,
    )


class OutboxBackend(BaseEmailBackend):
    """Django's door for mail: whatever the framework or allauth sends becomes outbox rows, one for each address."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        with transaction.atomic():
            for message in email_messages:
                self.store(message)
        return len(email_messages)

    def store(self, message: EmailMessage) -> None:
        if message.attachments:
            raise ValueError("The outbox carries plain text only: link to the file instead.")
        for address in message.recipients():
            write(address, str(message.subject), str(message.body), sender=message.from_email)


def send_due(limit: int = 50) -> int:
    """Send up to `limit` due mails; returns how many went out. Called by the worker, outside any transaction."""
    if not OutgoingMail.objects.due().exists():
        return 0
    channel = get_connection(settings.OUTBOX_BACKEND)
    sent = 0
    try:
        for _ in range(limit):
            channel.open()  # fails before a mail is taken: an outage, however long, uses up nobody's tries
            if (mail := OutgoingMail.objects.claim()) is None:
                break
            sent += deliver(mail, channel)
    except OSError as error:  # SMTPException is one as well
        logger.warning("Server surat tidak terjangkau: %s", describe(error))
    finally:
        close(channel)
    return sent


def deliver(mail: OutgoingMail, channel: BaseEmailBackend) -> bool:
    try:
        mail.as_message(channel).send()
    except Exception as error:  # whatever it is, the mail stays and says so
        mail.mark_failed(error)
        close(channel)  # the next mail starts on a fresh connection
        return False
    mail.mark_sent()
    return True


def close(channel: BaseEmailBackend) -> None:
    try:
        channel.close()
    except OSError as error:
        logger.info("Sambungan surat tidak tertutup rapi: %s", describe(error))


def blank_sent() -> int:
    """The worker's daily task: see OutgoingMailQuerySet.blank_sent."""
    return OutgoingMail.objects.blank_sent()
