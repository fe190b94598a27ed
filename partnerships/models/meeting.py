"""A meeting: who calls it, what about, when and where, what was shown and written down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Institution, User
from groups.gatherings import Gathering, GatheringQuerySet
from groups.models import Kim
from partnerships.models.experience import ONE_OWNER
from partnerships.models.record import OFFICERS, new_public_id
from regions.models import Located, LocatedQuerySet
from uploads.models import Document

if TYPE_CHECKING:
    from partnerships.models.meeting_event import MeetingEvent

MOST_SESSIONS = 30
MOST_MATERIALS = 30
MEETING_ORDER = ("-starts_at", "-id")


class MeetingKind(models.TextChoices):
    SYNERGY = "synergy", "Rapat sinergi"
    STAKEHOLDER = "stakeholder", "Rapat pemangku kepentingan"
    PEER_LEARNING = "peer_learning", "Belajar bersama"
    WORKSHOP = "workshop", "Workshop"
    SARASEHAN = "sarasehan", "Sarasehan"
    FORUM = "forum", "Forum"
    DELIBERATION = "deliberation", "Musyawarah"


class StaleMeeting(Exception):  # noqa: N818  it is a state of affairs that a page explains, not a fault
    """Somebody else changed the meeting after the form was made."""


class MeetingQuerySet(LocatedQuerySet):
    def listed(self) -> Self:
        return self.filter(is_public=True)

    def with_host(self) -> Self:
        return self.select_related("area", "kim", "institution__merged_into")

    def hosted_by(self, user: User) -> Self:
        """Those this person holds: as a KIM's admin, or for an institution."""
        institutions = Q(institution__in=user.institution_ids) if user.institution_ids else Q(pk__in=[])
        return self.filter(Q(kim__in=Kim.objects.managed_by(user).values("pk")) | institutions)

    def attended_by(self, user: User) -> Self:
        """Those to which an institution came that this person answers for."""
        if not user.institution_ids:
            return self.none()
        return self.filter(attendance__institution__in=user.institution_ids)

    def of(self, user: User) -> Self:
        return self.filter(Q(pk__in=self.hosted_by(user).values("pk")) | Q(pk__in=self.attended_by(user).values("pk")))

    def reviewed_by(self, user: User) -> Self:
        """What an officer of the area reads."""
        return self if user.is_superuser else self.filter(user.scope(OFFICERS))

    def visible_to(self, user: User | AnonymousUser) -> Self:
        if not isinstance(user, User) or not user.is_authenticated:
            return self.listed()
        mine = Q(pk__in=self.of(user).values("pk")) | Q(pk__in=self.reviewed_by(user).values("pk"))
        return self.filter(Q(is_public=True) | mine)


class Meeting(Located):
    """Called by a KIM or an institution, chaired by somebody in an office. It lies where its host is."""

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    submission_id = models.UUIDField(unique=True, null=True, editable=False)  # one form makes one meeting
    kim = models.ForeignKey(Kim, models.PROTECT, null=True, blank=True, related_name="meetings", editable=False)
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="meetings", editable=False
    )
    kind = models.CharField("jenis rapat", max_length=13, choices=MeetingKind.choices)
    title = models.CharField("nama rapat", max_length=160)
    chair_position = models.CharField("dipimpin oleh (jabatan)", max_length=160)
    chair_name = models.CharField("nama pimpinan rapat", max_length=120, blank=True)
    agenda = models.TextField("acara", max_length=4000)
    minutes = models.TextField("notula", max_length=20_000, blank=True)
    is_public = models.BooleanField("terbuka untuk umum", default=False)
    is_cancelled = models.BooleanField("dibatalkan", default=False, editable=False)
    starts_at = models.DateTimeField(editable=False)  # of the first session, copied for the lists
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "rapat"
        verbose_name_plural = "rapat"
        constraints = [
            models.CheckConstraint(condition=ONE_OWNER, name="meeting_one_host"),
            models.CheckConstraint(condition=Q(kind__in=MeetingKind.values), name="meeting_kind_known"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(chair_position="") & ~Q(agenda=""),
                name="meeting_says_what",
                violation_error_message="Tulis nama rapat, pimpinan, dan acaranya.",
            ),
        ]
        indexes = [
            *(
                models.Index(
                    fields=[*fields, "-starts_at", "-id"],
                    condition=Q(is_public=True),
                    name=f"meeting_{fields[0] if fields else 'all'}",
                )
                for fields in ([], ["province_code"], ["regency_code"], ["district_code"], ["area"], ["kind"])
            ),
            *(
                models.Index(fields=[field, "-starts_at", "-id"], name=f"meeting_of_{field}"[:30])
                for field in ("kim", "institution", "province_code", "regency_code", "district_code")
            ),
            models.Index(fields=["-starts_at", "-id"], name="meeting_newest"),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        for name in ("title", "chair_position", "chair_name"):  # a line break would end a mail's subject
            setattr(self, name, " ".join(getattr(self, name).split()))

    def get_absolute_url(self) -> str:
        return reverse("partnerships:meeting_detail", args=[self.public_id])

    @property
    def host(self) -> Kim | Institution:
        """The KIM, or the institution that stands for the host today."""
        owner = self.kim or (self.institution.resolved if self.institution else None)
        assert owner is not None  # meeting_one_host
        return owner

    @property
    def chair(self) -> str:
        return ", ".join(filter(None, [self.chair_name, self.chair_position]))

    @property
    def is_begun(self) -> bool:
        return self.starts_at <= timezone.now()

    # --- Actions -----------------------------------------------------------------------------------------------------
    @classmethod
    def call(cls, host: Kim | Institution, *, by: User, session: dict[str, Any], **values: Any) -> Meeting:
        """A new meeting with its first session."""
        own = {"kim": host} if isinstance(host, Kim) else {"institution": host.resolved}
        row = cls(area_id=host.area_id, starts_at=session["starts_at"], **own, **values)
        with transaction.atomic():
            row.copy_codes()
            row.full_clean()
            row.save()
            row.record("called", by)
            row.keep_session(MeetingSession(meeting=row, **session), by=by)
        return row

    def change(self, *, by: User, version: int | None, **values: Any) -> None:
        """Other words, or the minutes. StaleMeeting when somebody else was faster."""
        with transaction.atomic():
            self.lock()
            if version is not None and version != self.version:
                raise StaleMeeting
            changed = sorted(name for name, value in values.items() if getattr(self, name) != value)
            if not changed:
                return
            for name in changed:
                setattr(self, name, values[name])
            self.store()
            self.record("minutes_written" if changed == ["minutes"] else "changed", by, fields=changed)

    def cancel(self, *, by: User, reason: str) -> None:
        """It will not be held. What is over stays as it was."""
        with transaction.atomic():
            self.lock()
            if self.is_cancelled or self.is_begun:
                raise ValidationError("Rapat yang sudah dimulai atau dibatalkan tidak dapat dibatalkan.")
            if not reason.strip():
                raise ValidationError({"reason": "Tulis alasannya."})
            self.is_cancelled = True
            self.store()
            self.record("cancelled", by, text=reason)

    def keep_session(self, session: MeetingSession, *, by: User) -> None:
        """Store one session, new or changed; the lists follow its hour."""
        with transaction.atomic():
            self.lock()
            is_new = session.pk is None
            if is_new and self.sessions.count() >= MOST_SESSIONS:
                raise ValidationError(f"Paling banyak {MOST_SESSIONS} sesi.")
            session.full_clean()
            session.save()
            self._follow_sessions()
            self.record("session_added" if is_new else "session_changed", by, session=session.pk)

    def drop_session(self, session: MeetingSession, *, by: User) -> None:
        with transaction.atomic():
            self.lock()
            if self.sessions.exclude(pk=session.pk).count() == 0:
                raise ValidationError("Rapat memerlukan sedikitnya satu sesi.")
            self.sessions.filter(pk=session.pk).delete()
            self._follow_sessions()
            self.record("session_dropped", by, session=session.pk)

    def add_material(self, title: str, document: Document, *, by: User) -> Material:
        with transaction.atomic():
            self.lock()
            if self.materials.count() >= MOST_MATERIALS:
                raise ValidationError(f"Paling banyak {MOST_MATERIALS} bahan.")
            row = Material(meeting=self, title=title, document=document)
            row.full_clean()
            row.save()
            self.record("material_added", by, material=row.pk)
        return row

    def drop_material(self, row: Material, *, by: User) -> None:
        with transaction.atomic():
            self.lock()
            document = row.document
            row.delete()
            document.erase()
            self.record("material_dropped", by)

    # --- The frame of every action -----------------------------------------------------------------------------------
    def lock(self) -> None:
        self.refresh_from_db(from_queryset=type(self)._base_manager.select_for_update())

    def store(self) -> None:
        self.version += 1
        self.copy_codes()
        self.full_clean()
        self.save()

    def record(self, action: str, by: User | None, text: str = "", **data: Any) -> MeetingEvent:
        """Write one event under the lock that the caller holds; people stand in it by office, never by name."""
        label = str(self.host)[:160] if by else "Sistem"
        return self.events.model.append(self, action, actor=by, actor_label=label, text=text, **data)

    def _follow_sessions(self) -> None:
        first = self.sessions.order_by("starts_at").values_list("starts_at", flat=True)[0]
        if first != self.starts_at:
            self.starts_at = first
            self.store()


class MeetingSession(Gathering):
    """One session of a meeting, with its own subject where there are several."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="sessions", editable=False)
    topic = models.CharField("pokok bahasan", max_length=160, blank=True)

    objects = GatheringQuerySet.as_manager()

    class Meta(Gathering.Meta):
        verbose_name = "sesi rapat"
        verbose_name_plural = "sesi rapat"
        ordering = ["starts_at", "pk"]

    def __str__(self) -> str:
        return self.topic or self.when

    @property
    def area_id(self) -> str:  # type: ignore[override]  # Gathering knows it as an attribute
        return self.meeting.area_id


class Material(models.Model):
    """A paper that was shown or handed out."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="materials", editable=False)
    title = models.CharField("judul bahan", max_length=160)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "bahan rapat"
        verbose_name_plural = "bahan rapat"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title
