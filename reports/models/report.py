"""What can be done to a report. Every action locks the row, checks the table, writes the event, queues the mail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from accounts.page_cache import pages_changed
from regions.calendar import add_working_days
from reports import notifications
from reports.models.actor import Actor, Audience
from reports.models.count import ReportCount
from reports.models.policy import ReportPolicy
from reports.models.record import ReportRecord
from reports.workflow import (
    FINISHED,
    INSTITUTION_REQUIRED,
    PENDING,
    TEXT_REQUIRED,
    CloseReason,
    HoldReason,
    Status,
    can_move,
)
from uploads.images import SafeImage

if TYPE_CHECKING:
    from accounts.models import Institution
    from reports.models.event import ReportEvent
    from reports.models.reporter import Reporter


class StaleReport(Exception):  # noqa: N818  it is a state of affairs that a page explains, not a fault
    """Somebody else changed the report after the form was made."""


HELD_BY_DATABASE = frozenset({"area", "category", "institution"})  # foreign keys: no query each to see that they exist


def refuse(sentence: str) -> ValidationError:
    return ValidationError(sentence, code="refused")


class Report(ReportRecord):
    """A community report, from filing to an accepted or disputed answer. Nobody else assigns `status`."""

    # --- The frame of every action -----------------------------------------------------------------------------------
    def _lock(self, expected_version: int | None) -> None:
        """Read the row again under its lock; a form made from an older version is told so."""
        self.refresh_from_db(from_queryset=type(self)._base_manager.select_for_update())
        self.was_published = self.is_published
        if expected_version is not None and self.version != expected_version:
            raise StaleReport

    def _moment(self, by: Actor) -> datetime:
        now = timezone.now()
        return self.start_of_day(now) if self.is_day_only(by) else now

    def is_day_only(self, by: Actor, action: str = "") -> bool:
        """An anonymous reporter's acts, also through an officer's hand, carry no time of day: it could point at one."""
        return self.is_anonymous and (by.is_reporter or action == "filed_for")

    def record(
        self, action: str, by: Actor, text: str = "", audience: Audience = Audience.PRIVATE, **data: Any
    ) -> ReportEvent:
        """Write one event. The caller holds the row's lock."""
        moment = self._moment(by)
        at = self.area.local(moment).date() if self.is_day_only(by, action) else moment
        return self.events.model.append(
            self, action, actor=by.user, actor_label=by.label, text=text, at=at, audience=audience, **data
        )

    def _store(self) -> None:
        """Save a step. The database checks the constraints once; asking for each beforehand costs ten queries."""
        self.version += 1
        self.check_values()
        try:
            with transaction.atomic():
                self.save()
        except IntegrityError as error:
            raise refuse(sentence_of(self, error)) from error
        if self.was_published or self.is_published:
            pages_changed()

    def check_values(self) -> None:
        """Lengths, choices and numbers; what the database holds by itself is left to it."""
        self.full_clean(exclude=HELD_BY_DATABASE, validate_unique=False, validate_constraints=False)

    def change_status(
        self, to: Status, *, by: Actor, text: str = "", version: int | None = None, **changes: Any
    ) -> ReportEvent:
        """Move to another state. ValidationError when the table, a missing text or institution forbids it."""
        with transaction.atomic():
            self._lock(version)
            check_move(self, to, text, changes.get("institution", self.institution_id))
            previous, counted_as = self.status, self.counted_as
            self.hold_reason = self.close_reason = ""
            for name, value in changes.items():
                setattr(self, name, value)
            if to in {Status.SUBMITTED, Status.ARCHIVED}:
                self._hide()  # what waits for a verifier, or was set aside, is not for everybody
            self.status, self.is_pending = to, to in PENDING
            self.due_at = self.due_after(to)
            self._store()
            ReportCount.objects.all().add(self, counted_as, -1)
            ReportCount.objects.all().add(self, self.counted_as, +1)
            audience = Audience.PUBLIC if to not in {Status.ARCHIVED, Status.ON_HOLD} else Audience.REPORTER
            event = self.record(to.value, by, text, audience, previous=previous, hold_reason=self.hold_reason)
            notifications.status_changed(self, text, by)
        return event

    def due_after(self, status: Status) -> datetime | None:
        """When the next step is due: working days of the policy that holds in the report's area."""
        policy = ReportPolicy.for_area(self.area_id)
        days = {
            Status.SUBMITTED: policy.verify_days,
            Status.ON_HOLD: policy.reply_days,
            Status.ANSWERED: policy.reply_days,
        }.get(status, policy.follow_up_days)
        return None if status in FINISHED else add_working_days(timezone.now(), days, self.area_id)

    # --- What officers and institutions do ---------------------------------------------------------------------------
    def verify(self, *, by: Actor, text: str = "", version: int | None = None) -> ReportEvent:
        return self.change_status(Status.VERIFIED, by=by, text=text, version=version)

    def ask(self, *, by: Actor, text: str, version: int | None = None) -> ReportEvent:
        """Ask the reporter; the answer brings the report back by itself."""
        return self.change_status(Status.ON_HOLD, by=by, text=text, version=version, hold_reason=HoldReason.QUESTION)

    def postpone(self, *, by: Actor, text: str, version: int | None = None) -> ReportEvent:
        return self.change_status(Status.ON_HOLD, by=by, text=text, version=version, hold_reason=HoldReason.POSTPONED)

    def refer_elsewhere(
        self, *, by: Actor, text: str, institution: Institution, version: int | None = None
    ) -> ReportEvent:
        """Not ours: the reporter learns which institution is."""
        return self.change_status(Status.NOT_AUTHORIZED, by=by, text=text, version=version, institution=institution)

    def archive(self, *, by: Actor, text: str, version: int | None = None) -> ReportEvent:
        return self.change_status(Status.ARCHIVED, by=by, text=text, version=version)

    def forward(self, *, by: Actor, text: str, institution: Institution, version: int | None = None) -> ReportEvent:
        """Put an institution in charge and write to it, without the reporter's identity."""
        with transaction.atomic():
            event = self.change_status(Status.FORWARDED, by=by, text=text, version=version, institution=institution)
            notifications.forwarded(self, institution, text)
        return event

    def start_follow_up(self, *, by: Actor, text: str = "", version: int | None = None) -> ReportEvent:
        return self.change_status(Status.IN_FOLLOW_UP, by=by, text=text, version=version)

    def answer(self, *, by: Actor, text: str, version: int | None = None) -> ReportEvent:
        return self.change_status(Status.ANSWERED, by=by, text=text, version=version)

    def close(
        self, *, by: Actor, text: str, reason: CloseReason = CloseReason.OFFICER, version: int | None = None
    ) -> ReportEvent:
        return self.change_status(
            Status.CLOSED, by=by, text=text, version=version, close_reason=reason, closed_at=self._moment(by)
        )

    def give_back(self, *, by: Actor, text: str, version: int | None = None) -> ReportEvent:
        """Not this institution's affair: back to the coordinator, and the institution no longer sees it."""
        return self.change_status(Status.VERIFIED, by=by, text=text, version=version, institution=None)

    def reopen(self, *, by: Actor, text: str, version: int | None = None) -> ReportEvent:
        """Back to the start, from on hold, archived or not authorized; nobody is in charge yet."""
        return self.change_status(Status.SUBMITTED, by=by, text=text, version=version, institution=None)

    def add_note(self, *, by: Actor, text: str) -> ReportEvent:
        """A note that only officers read."""
        with transaction.atomic():
            self._lock(None)
            return self.record("note_added", by, text)

    # --- What the reporter does --------------------------------------------------------------------------------------
    def add_information(self, *, text: str) -> ReportEvent:
        """More from the reporter; where a question waits, this is its answer."""
        by = Actor.reporter()
        with transaction.atomic():
            self._lock(None)
            if repeated := self._repeated(text):
                return repeated
            event = self.record("information_added", by, text, Audience.REPORTER)
            if self.hold_reason == HoldReason.QUESTION:
                self.change_status(Status.SUBMITTED, by=by)
        return event

    def _repeated(self, text: str) -> ReportEvent | None:
        """The reporter's own last words where they are these and nobody acted since: a button pressed twice."""
        latest = self.events.select_related("text_row").order_by("-sequence")[:2]
        own = takewhile(lambda event: event.actor_label == Actor.reporter().label, latest)
        return next((event for event in own if (event.action, event.text) == ("information_added", text)), None)

    def confirm(self) -> ReportEvent:
        return self.close(by=Actor.reporter(), text="Pelapor menyatakan selesai.", reason=CloseReason.CONFIRMED)

    def dispute(self, *, text: str) -> ReportEvent:
        """Not done, look again: within the policy's days after closing."""
        if self.status == Status.CLOSED and timezone.now() > self.dispute_until:
            raise refuse("Masa untuk menyanggah sudah lewat. Silakan buat laporan baru.")
        return self.change_status(Status.DISPUTED, by=Actor.reporter(), text=text)

    # --- Who may see it ----------------------------------------------------------------------------------------------
    def publish(
        self, *, by: Actor, text: str, place: str, photo_ids: Iterable[int], version: int | None = None
    ) -> ReportEvent:
        """Show to everybody what a verifier approved: this text, this place, these photos and nothing else."""
        with transaction.atomic():
            self._lock(version)
            if self.is_secret:
                raise refuse("Laporan rahasia tidak dapat ditampilkan untuk umum.")
            if self.status in {Status.SUBMITTED, Status.ARCHIVED}:
                raise refuse("Verifikasi laporan lebih dulu, baru tampilkan untuk umum.")
            self.public_text, self.public_place = text, place
            self.published_at = self.published_at or timezone.now()
            self.is_published = True
            self._store()
            shown = self.show_photos(photo_ids)
            return self.record("published", by, photos=shown)

    def unpublish(self, *, by: Actor, text: str, version: int | None = None) -> ReportEvent:
        with transaction.atomic():
            self._lock(version)
            self._hide()
            self._store()
            return self.record("unpublished", by, text)

    def raise_secrecy(self, *, by: Actor, text: str = "", version: int | None = None) -> ReportEvent:
        """Anyone on the path may raise it; from then on nothing of the report is public."""
        with transaction.atomic():
            self._lock(version)
            self.is_secret = True
            self._hide()
            self._store()
            return self.record("secrecy_raised", by, text, Audience.REPORTER)

    def lower_secrecy(self, *, by: Actor, text: str, version: int | None = None) -> ReportEvent:
        """Only the reporter or the holder of the right, with a reason. Publishing stays a step of its own."""
        with transaction.atomic():
            self._lock(version)
            if not self.is_secret:  # its event hides what was written before it from the public
                raise refuse("Laporan ini tidak rahasia.")
            self.is_secret = False
            self._store()
            return self.record("secrecy_lowered", by, text, Audience.REPORTER)

    @property
    def dispute_until(self) -> datetime:
        """The last moment at which the reporter may still say that a closed report is not done."""
        days = ReportPolicy.for_area(self.area_id).dispute_days
        return add_working_days(self.closed_at or timezone.now(), days, self.area_id)

    def add_photos(self, photos: Iterable[SafeImage]) -> int:
        """Keep more photos of the reporter; how many are new."""
        return self.photos.model.objects.keep(self.submission_digest, photos, report=self)

    def show_photos(self, ids: Iterable[int]) -> int:
        """Tick exactly these photos as public; how many."""
        wanted = set(ids)
        self.photos.exclude(pk__in=wanted).update(is_public=False)
        return self.photos.filter(pk__in=wanted).update(is_public=True)

    def _hide(self) -> None:
        self.is_published, self.published_at, self.public_text, self.public_place = False, None, "", ""
        self.show_photos([])

    def view_identity(self, *, by: Actor, reason: str) -> Reporter | None:
        """The reporter's name and contact, once, against a reason that is kept."""
        if len(reason.strip()) < 10:
            raise refuse("Tulis alasan membuka identitas, paling sedikit 10 huruf.")
        with transaction.atomic():
            self._lock(None)
            self.record("identity_viewed", by, reason)
        return getattr(self, "reporter", None)


def sentence_of(row: models.Model, error: IntegrityError) -> str:
    """The words of the constraint that the database named; an unknown one is a fault and goes on as it is."""
    named = (rule for rule in row._meta.constraints if rule.name in str(error))
    if (rule := next(named, None)) is None:
        raise error
    return str(rule.get_violation_error_message())


def check_move(report: Report, to: Status, text: str, institution: object) -> None:
    """Raise the sentence that says why this change is not possible."""
    if not can_move(report.status, to):
        raise refuse(f"Laporan berstatus “{report.get_status_display()}” tidak dapat menjadi “{to.label}”.")
    if to in TEXT_REQUIRED and not text.strip():
        raise refuse(f"Tulis keterangan untuk langkah “{to.label}”.")
    if to in INSTITUTION_REQUIRED and not institution:
        raise refuse(f"Pilih lembaga untuk langkah “{to.label}”.")
