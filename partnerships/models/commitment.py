"""What somebody promised at a meeting, until it is done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from accounts.models import User
from partnerships import notifications
from partnerships.models.attendance import Attendance
from partnerships.models.meeting import Meeting
from partnerships.workflow import COMMITMENT_BEGINS, COMMITMENT_OPEN, CommitmentStatus, can_move_commitment
from uploads.models import Document

SOON = timedelta(days=7)
MOST_CARRIED = 50
BATCH = 200
FASTER = "Orang lain baru saja mengubahnya; sekarang {}. Periksa, lalu simpan lagi bila tetap perlu."
OPEN_Q = Q(status__in=sorted(COMMITMENT_OPEN))


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def open(self) -> Self:
        return self.filter(OPEN_Q)

    def overdue(self) -> Self:
        return self.open().filter(due_on__lt=timezone.localdate())

    def with_party(self) -> Self:
        return self.select_related("party__institution__merged_into", "party__gathering__area", "evidence_file")

    def of_meetings(self, meetings: models.QuerySet[Meeting]) -> Self:
        return self.filter(party__gathering__in=meetings.values("pk"))

    def of(self, user: User) -> Self:
        """What this person may be asked about: as a host, or as the party."""
        hosted = Q(party__gathering__in=Meeting.objects.hosted_by(user).values("pk"))
        own = Q(party__institution__in=user.institution_ids) if user.institution_ids else Q(pk__in=[])
        return self.filter(hosted | own)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.of_meetings(Meeting.objects.visible_to(user))

    def carried_to(self, meeting: Meeting) -> Self:
        """What is still open from the same host's earlier meetings: the next one opens with it."""
        host = Q(party__gathering__kim=meeting.kim_id, party__gathering__institution=meeting.institution_id)
        return self.open().filter(host, party__gathering__starts_at__lt=meeting.starts_at)

    def figures(self) -> dict[str, int]:
        """How many there are, how many are done, how many are late (one query)."""
        late = OPEN_Q & Q(due_on__lt=timezone.localdate())
        return self.aggregate(
            total=Count("pk", filter=~Q(status=CommitmentStatus.DROPPED)),
            done=Count("pk", filter=Q(status=CommitmentStatus.DONE)),
            late=Count("pk", filter=late),
        )

    def by_party(self) -> models.QuerySet[Any, dict[str, Any]]:
        """Done, due and late of each party, the latest first; who is written alike is one."""
        late = OPEN_Q & Q(due_on__lt=timezone.localdate())
        rows = self.exclude(status=CommitmentStatus.DROPPED).values("party__line")
        counted = rows.annotate(
            total=Count("pk"), done=Count("pk", filter=Q(status=CommitmentStatus.DONE)), late=Count("pk", filter=late)
        )
        return counted.order_by("-late", "party__line")

    def remind_due(self) -> int:
        """Write about what is due within a week and about what is late, once each; how many letters.

        It looks for all that is due by now, so that a missed night loses none; another due date asks anew.
        """
        today = timezone.localdate()
        soon = Q(due_on__gte=today, due_on__lte=today + SOON) & ~Q(soon_told_for=F("due_on"))
        late = Q(due_on__lt=today) & ~Q(late_told_for=F("due_on"))
        keys = self.open().filter(soon | late).values_list("pk", flat=True)
        rows: Any = self.model._base_manager.filter(pk__in=list(keys)).select_related("party__gathering")
        return sum(row.remind() for row in rows.iterator(BATCH))


class Commitment(models.Model):
    """One promise of one party: an attendee, or a unit of one. It belongs to the meeting its party came to."""

    submission_id = models.UUIDField(unique=True, null=True, editable=False)  # one form makes one commitment
    party = models.ForeignKey(Attendance, models.PROTECT, related_name="commitments", verbose_name="pihak")
    unit = models.CharField("bagian atau unit", max_length=120, blank=True)
    what = models.CharField("yang akan dilakukan", max_length=500)
    due_on = models.DateField("tenggat", null=True, blank=True)
    status = models.CharField(
        max_length=11, choices=CommitmentStatus.choices, default=CommitmentStatus.PLANNED, editable=False
    )
    evidence = models.TextField("bukti", max_length=2000, blank=True)
    evidence_file = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    soon_told_for = models.DateField(null=True, editable=False)  # the due date a reminder was sent for
    late_told_for = models.DateField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = "tindak lanjut"
        verbose_name_plural = "tindak lanjut"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=CommitmentStatus.values), name="commitment_status_known"),
            models.CheckConstraint(
                condition=~Q(what=""),
                name="commitment_says_what",
                violation_error_message="Tulis apa yang akan dilakukan.",
            ),
            models.CheckConstraint(
                condition=~Q(status=CommitmentStatus.DONE) | ~Q(evidence="") | Q(evidence_file__isnull=False),
                name="commitment_done_has_evidence",
                violation_error_message="Yang selesai memerlukan bukti: tulis hasilnya atau unggah berkas.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, status__in=sorted(COMMITMENT_OPEN))
                | (Q(ended_at__isnull=False) & ~Q(status__in=sorted(COMMITMENT_OPEN))),
                name="commitment_ended_matches_status",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "due_on"], name="commitment_status_due"),
            models.Index(fields=["due_on", "id"], condition=OPEN_Q, name="commitment_open_due"),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def meeting(self) -> Meeting:
        return self.party.gathering

    @property
    def party_name(self) -> str:
        return f"{self.unit} ({self.party})" if self.unit else str(self.party)

    @property
    def is_open(self) -> bool:
        return self.status in COMMITMENT_OPEN

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < timezone.localdate()

    # --- Actions -----------------------------------------------------------------------------------------------------
    @classmethod
    def make(cls, party: Attendance, *, by: User, status: str = CommitmentStatus.PLANNED, **values: Any) -> Commitment:
        """Write a promise down as the meeting heard it: planned, or ready."""
        if status not in COMMITMENT_BEGINS:
            raise ValidationError({"status": "Tindak lanjut baru berstatus direncanakan atau siap."})
        with transaction.atomic():
            meeting = party.gathering
            meeting.lock()
            row = cls(party=party, status=status, **values)
            row.full_clean()
            row.save()
            meeting.record("commitment_made", by, commitment=row.pk, party=party.pk)
            notifications.commitment_made(row)
        return row

    def move(
        self,
        to: str,
        *,
        by: User,
        text: str = "",
        due_on: date | None = None,
        version: int | None = None,
        **evidence: Any,
    ) -> None:
        """Another state, with its evidence when done and its reason when dropped; or the same with another due date."""
        with transaction.atomic():
            meeting = self.meeting
            meeting.lock()
            self.refresh_from_db(from_queryset=type(self)._base_manager.select_for_update())
            if version is not None and version != self.version:
                raise ValidationError(FASTER.format(self.get_status_display().lower()))
            if to != self.status and not can_move_commitment(self.status, to):
                labels = self.get_status_display(), CommitmentStatus(to).label
                raise ValidationError("Tindak lanjut “{}” tidak dapat menjadi “{}”.".format(*labels))
            if not self.is_open:
                raise ValidationError("Tindak lanjut ini sudah berakhir.")
            if to == CommitmentStatus.DROPPED and not text.strip():
                raise ValidationError({"text": "Tulis alasan pembatalan."})
            action = f"commitment_{to}" if to != self.status else "commitment_changed"
            self._write(to, due_on, evidence)
            meeting.record(action, by, text, commitment=self.pk)

    def _write(self, to: str, due_on: date | None, evidence: dict[str, Any]) -> None:
        self.status, self.due_on = to, due_on
        self.ended_at = None if to in COMMITMENT_OPEN else timezone.now()
        for name, value in evidence.items():
            setattr(self, name, value)
        self.version += 1
        self.full_clean()
        self.save()

    def remind(self) -> bool:
        """Write to the party and to the host, once for each due date; False where that was done meanwhile."""
        with transaction.atomic():
            self.party.gathering.lock()
            self.refresh_from_db(from_queryset=type(self)._base_manager.select_for_update())
            told = "late_told_for" if self.is_late else "soon_told_for"
            if not self.is_open or self.due_on is None or getattr(self, told) == self.due_on:
                return False
            type(self).objects.filter(pk=self.pk).update(**{told: self.due_on})
            self.meeting.record("commitment_reminded", None, commitment=self.pk, due_on=f"{self.due_on:%Y-%m-%d}")
            notifications.commitment_due(self)
        return True
