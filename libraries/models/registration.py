"""A resident's place in a session: without an account, under a name of one's own choosing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.events import random_key
from accounts.models import Consent, Purpose, User
from accounts.models.privacy import ACTIVITY_CONSENT
from libraries import codes, notifications
from libraries.models.session import ActivitySession
from libraries.workflow import Seat, can_reseat

MOST_SEATED = 2000  # where seats are not counted
MOST_WAITING = 30
KEEP = timedelta(days=7)  # after the session: long enough to write down who came
FULL = "Kursi dan daftar tunggu sesi ini sudah penuh. Pilih sesi lain, atau tanyakan ke perpustakaan."


class OtherContent(Exception):  # noqa: N818  an answer to the sender (409), not a fault
    """The key was used before for a registration with other content."""


@dataclass(frozen=True)
class Entry:
    """A checked form. `is_held`: it looked automatic, so the librarian looks at it first."""

    submission_id: UUID
    name: str
    email: str = ""
    phone: str = ""
    user: User | None = None
    is_held: bool = False

    def digest(self, session: ActivitySession) -> str:
        return codes.body_digest(str(session.pk), self.name, self.email.lower(), self.phone)


@dataclass(frozen=True)
class Taken:
    """A stored registration with the code its owner gets; `is_new` is false for a replay."""

    row: Registration
    code: str
    is_new: bool

    @property
    def link(self) -> str:
        return f"{settings.SITE_URL}{reverse('libraries:registration_own', args=[codes.display(self.code)])}"


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def active(self) -> Self:
        return self.exclude(status=Seat.CANCELLED)

    def seated(self) -> Self:
        return self.filter(status=Seat.SEATED).order_by("created_at", "pk")

    def waiting(self) -> Self:
        """Who waits, longest first."""
        return self.filter(status=Seat.WAITING).order_by("created_at", "pk")

    def with_session(self) -> Self:
        return self.select_related("session__activity__library__institution")

    def of_person(self, user: User) -> Self:
        """Made while signed in, or with an address that is proven to be this person's."""
        return self.filter(Q(user=user) | Q(email__in=user.proven_addresses))

    def forget_ended(self) -> int:
        """Delete who had registered for sessions that ended KEEP ago, cancelled ones too; how many."""
        return self.filter(session__ends_at__lt=timezone.now() - KEEP).delete()[0]


class Registration(models.Model):
    """One resident at one session. Nobody but the library's own people reads it; soon after the session it is gone."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    session = models.ForeignKey(ActivitySession, models.PROTECT, related_name="registrations", editable=False)
    user = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+", editable=False)
    name = models.CharField("nama atau alias", max_length=80, blank=True)
    email = models.EmailField("e-mail", blank=True)
    phone = models.CharField("telepon", max_length=20, blank=True)
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    status = models.CharField("keadaan", max_length=9, choices=Seat.choices, editable=False)
    is_held = models.BooleanField("diperiksa dulu", default=False, editable=False)
    submission_digest = models.CharField(max_length=64, unique=True, editable=False)
    body_digest = models.CharField(max_length=64, editable=False)
    code_digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = "pendaftaran"
        verbose_name_plural = "pendaftaran"
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Seat.values), name="registration_status_known"),
            models.CheckConstraint(
                condition=Q(status=Seat.CANCELLED, name="") | (~Q(status=Seat.CANCELLED) & ~Q(name="")),
                name="registration_named_until_cancelled",
                violation_error_message="Tulis nama atau alias.",
            ),
            models.CheckConstraint(
                condition=Q(email="", phone="") | Q(consent__isnull=False),
                name="registration_contact_by_consent",
                violation_error_message="Kontak disimpan hanya dengan persetujuan.",
            ),
            models.CheckConstraint(
                condition=~Q(status=Seat.SEATED) | Q(is_held=False), name="registration_held_has_no_seat"
            ),
        ]
        indexes = [
            models.Index(fields=["session", "status", "created_at"], name="registration_of_session"),
            models.Index(fields=["email"], condition=~Q(email=""), name="registration_email"),
        ]

    def __str__(self) -> str:
        return "Pendaftaran"  # never a name: this text reaches logs

    @property
    def is_waiting(self) -> bool:
        return self.status == Seat.WAITING

    @property
    def is_active(self) -> bool:
        return self.status != Seat.CANCELLED

    @property
    def place_in_queue(self) -> int:
        """1 for who waits longest."""
        before = Q(created_at__lt=self.created_at) | Q(created_at=self.created_at, pk__lt=self.pk)
        return self.session.registrations.waiting().filter(before).count() + 1

    # --- Actions: each under the library's lock, so that a seat is never given twice ----------------------------------
    @classmethod
    def take(cls, session: ActivitySession, entry: Entry, *, by: User | None = None) -> Taken:
        """A seat, or a place in the queue; ValidationError where neither is left. `by`: who writes down a neighbour."""
        with transaction.atomic():
            session.lock()
            if before := cls._before(session, entry):
                return before
            cls._check_open(session, by)
            row = cls._new(session, entry, cls._status_left(session, entry))
            row.full_clean()
            row.save(force_insert=True)
            row._record("registered", by, status=row.status)
            taken = Taken(row, codes.code_for(entry.submission_id), is_new=True)
            notifications.registered(row, taken.link)
        return taken

    def seat(self, session: ActivitySession, *, by: User | None = None) -> None:
        """Give who waits a seat; the caller holds the lock and knows that one is free."""
        if not can_reseat(self.status, Seat.SEATED):
            raise ValidationError("Pendaftaran ini tidak sedang menunggu.")
        self.session, self.status, self.is_held = session, Seat.SEATED, False
        self.full_clean()
        self.save()
        self._record("seat_given", by)
        notifications.seat_given(self)

    def admit(self, *, by: User) -> None:
        """The librarian gives this one a seat now, whoever else waits."""
        with transaction.atomic():
            session = self._lock()
            if self.status == Seat.SEATED:
                return
            if session.seats_left == 0:
                raise ValidationError("Semua kursi sudah terisi. Tambah jumlah kursi sesi ini dulu.")
            self.seat(session, by=by)

    def cancel(self, *, by: User | None = None) -> None:
        """Give the place back. Name and contact go at once; the next in the queue gets the seat."""
        with transaction.atomic():
            session = self._lock()
            if not can_reseat(self.status, Seat.CANCELLED):
                return
            self.status, self.is_held = Seat.CANCELLED, False
            self.name = self.email = self.phone = ""
            self.user = None
            self.full_clean()
            self.save()
            self._end_consent()
            self._record("registration_cancelled", by)
            if not session.has_begun:
                session.fill_seats()

    def drop_contact(self) -> None:
        """Withdraw the consent to be reached: the contact goes, the place stays."""
        with transaction.atomic():
            self._lock()
            if not self.email and not self.phone:
                return
            self.email = self.phone = ""
            self.save()
            self._end_consent()
            self._record("contact_erased", None)

    # --- Parts --------------------------------------------------------------------------------------------------------
    @classmethod
    def _before(cls, session: ActivitySession, entry: Entry) -> Taken | None:
        """What this form stored when it was sent first. OtherContent when it said something else."""
        digest = codes.submission_digest(entry.submission_id)
        row = cls.objects.filter(submission_digest=digest).select_related("session").first()
        if row is None:
            return None
        if row.body_digest != entry.digest(session):
            raise OtherContent
        return Taken(row, codes.code_for(entry.submission_id), is_new=False)

    @staticmethod
    def _check_open(session: ActivitySession, by: User | None) -> None:
        if session.is_off:
            raise ValidationError("Sesi ini dibatalkan, jadi pendaftarannya ditutup.")
        if session.is_over or (by is None and session.has_begun):
            raise ValidationError("Sesi ini sudah dimulai, jadi pendaftarannya ditutup.")
        if by is None and not session.activity.takes_registrations:
            raise ValidationError("Kegiatan ini tanpa pendaftaran. Datang saja langsung.")

    @staticmethod
    def _status_left(session: ActivitySession, entry: Entry) -> Seat:
        left = session.seats_left
        if left is None:
            left = MOST_SEATED - session.registrations.seated().count()
        if left > 0 and not entry.is_held:
            return Seat.SEATED
        # Apart for what looks automatic: a flood of it neither fills the queue of people nor is shut out by them.
        if session.registrations.waiting().filter(is_held=entry.is_held).count() >= MOST_WAITING:
            raise ValidationError(FULL)
        return Seat.WAITING

    @classmethod
    def _new(cls, session: ActivitySession, entry: Entry, status: Seat) -> Self:
        row = cls(
            session=session,
            user=entry.user,
            name=" ".join(entry.name.split()),
            email=entry.email.lower(),
            phone=entry.phone,
            status=status,
            is_held=entry.is_held,
            submission_digest=codes.submission_digest(entry.submission_id),
            body_digest=entry.digest(session),
            code_digest=codes.code_digest(codes.code_for(entry.submission_id)),
        )
        if row.email or row.phone:
            row.consent = Consent.objects.create(
                user=entry.user, purpose=Purpose.ACTIVITY, text_version=ACTIVITY_CONSENT
            )
        return row

    def _lock(self) -> ActivitySession:
        """The consent first: who withdraws it holds it already, and then wants the library."""
        session = self.session
        if self.consent_id:
            Consent.objects.select_for_update(of=("self",)).get(pk=self.consent_id)
        session.lock()
        self.refresh_from_db()
        self.session = session
        return session

    def _end_consent(self) -> None:
        if self.consent_id:
            rows = Consent.objects.filter(pk=self.consent_id, withdrawn_at__isnull=True)
            rows.update(withdrawn_at=timezone.now())

    def _record(self, action: str, by: User | None, **data: Any) -> None:
        """An event that names nobody; a resident stands in it as one."""
        library = self.session.activity.library
        label = by.label if by else "Warga"
        library.events.model.append(library, action, actor=by, actor_label=label, session=self.session_id, **data)
