"""What a report holds and which rules the database keeps. Who filed it stands in `reporter.py`."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Institution
from groups.models import Kim
from regions.models import Located
from reports.codes import new_public_id, random_key
from reports.models.category import Category
from reports.models.queries import ReportQuerySet
from reports.workflow import PENDING, SILENT, CloseReason, HoldReason, Status

MAX_DESCRIPTION = 4000  # Open311 GeoReport v2 allows as much


class Source(models.TextChoices):
    WEB = "web", "Situs ini"
    IN_PERSON = "in_person", "Tatap muka"
    PAPER = "paper", "Formulir kertas"
    PHONE = "phone", "Telepon"


@lru_cache
def root() -> str:
    """Where the public reports are."""
    return reverse("reports:report_list")


PLACES = ["", "province_code", "regency_code", "district_code"]


def indexes(purpose: str, fields: list[str], order: list[str], condition: Q | None = None) -> list[models.Index]:
    """One index for each field that a list is filtered by ("" for the whole table), ending in the list's order."""
    return [
        models.Index(
            fields=[field, *order] if field else order, condition=condition, name=f"report_{purpose}_{field or 'all'}"
        )
        for field in fields
    ]


class ReportRecord(Located):
    """The columns, constraints and indexes of `Report`."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    submission_digest = models.CharField(max_length=64, unique=True, editable=False)
    body_digest = models.CharField(max_length=64, editable=False)
    code_digest = models.CharField(max_length=64, unique=True, editable=False)

    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name="kategori")
    description = models.TextField(
        "isi laporan", max_length=MAX_DESCRIPTION, validators=[MaxLengthValidator(MAX_DESCRIPTION)]
    )
    place = models.CharField("tempat atau patokan", max_length=200, blank=True)
    latitude = models.DecimalField("lintang", max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("bujur", max_digits=9, decimal_places=6, null=True, blank=True)
    is_anonymous = models.BooleanField("anonim", default=False)
    is_secret = models.BooleanField("rahasia", default=False)
    hide_contact = models.BooleanField("sembunyikan kontak", default=False)
    is_held = models.BooleanField("perlu diperiksa: mungkin kiriman otomatis", default=False)
    source = models.CharField("cara masuk", max_length=10, choices=Source.choices, default=Source.WEB)

    status = models.CharField(max_length=16, choices=Status.choices, default=Status.SUBMITTED)
    is_pending = models.BooleanField("menunggu petugas", default=True, editable=False)
    hold_reason = models.CharField(max_length=10, choices=HoldReason.choices, blank=True)
    close_reason = models.CharField(max_length=10, choices=CloseReason.choices, blank=True)
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lembaga"
    )
    # The KIM that passed the matter up; of the link between people and government, the way upward.
    kim = models.ForeignKey(Kim, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lewat KIM")
    due_at = models.DateTimeField("tenggat", null=True, blank=True)
    created_at = models.DateTimeField("masuk pada", default=timezone.now, editable=False)
    closed_at = models.DateTimeField("selesai pada", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    is_published = models.BooleanField("tampil untuk umum", default=False)
    published_at = models.DateTimeField("tampil sejak", null=True, blank=True)
    public_text = models.TextField("isi yang tampil", blank=True, max_length=MAX_DESCRIPTION)
    public_place = models.CharField("tempat yang tampil", blank=True, max_length=200)

    was_published = False  # when its row was locked last

    objects = ReportQuerySet.as_manager()

    class Meta:
        abstract = True
        verbose_name = "laporan"
        verbose_name_plural = "laporan"
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="report_status_known"),
            models.CheckConstraint(
                condition=Q(is_pending=True, status__in=sorted(PENDING))
                | (Q(is_pending=False) & ~Q(status__in=sorted(PENDING))),
                name="report_pending_matches_status",
            ),
            models.CheckConstraint(
                condition=Q(is_published=False) | Q(is_secret=False),
                name="report_secret_never_public",
                violation_error_message="Laporan rahasia tidak pernah tampil untuk umum.",
            ),
            models.CheckConstraint(
                condition=Q(is_published=False, published_at__isnull=True, public_text="", public_place="")
                | (Q(is_published=True, published_at__isnull=False) & ~Q(public_text="")),
                name="report_public_text_only_if_published",
                violation_error_message="Tulis isi yang boleh dibaca umum.",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.FORWARDED) | Q(institution__isnull=False),
                name="report_forwarded_to_institution",
                violation_error_message="Pilih lembaga yang menerima laporan.",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                # BETWEEN on NULL is unknown, and a CHECK lets the unknown pass: both must be said to be there.
                | Q(latitude__isnull=False, longitude__isnull=False)
                & Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="report_coordinates_whole",
                violation_error_message="Lintang dan bujur harus lengkap.",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.ON_HOLD, hold_reason__in=HoldReason.values)
                | (~Q(status=Status.ON_HOLD) & Q(hold_reason="")),
                name="report_hold_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.CLOSED, close_reason__in=CloseReason.values, closed_at__isnull=False)
                | (~Q(status=Status.CLOSED) & Q(close_reason="")),
                name="report_closed_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(description=""),
                name="report_has_text",
                violation_error_message="Tulis isi laporan.",
            ),
        ]
        indexes = [
            # Public lists: one equality, newest first. Partial, so that what is not public costs nothing.
            *indexes("public", [*PLACES, "area", "category", "status"], ["-published_at", "-id"], Q(is_published=True)),
            # Officers' queues: nearest deadline first; and everything of an area, newest first.
            *indexes("queue", [*PLACES, "institution"], ["is_held", "due_at", "id"], Q(is_pending=True)),
            *indexes("newest", [*PLACES, "institution"], ["-created_at", "-id"]),
            models.Index(fields=["status", "due_at"], name="report_status_due"),
        ]

    def __str__(self) -> str:
        return f"Laporan {self.public_id}"

    @property
    def state_label(self) -> str:
        """The state in words; on hold says which of its two kinds, and closing by silence that nobody answered."""
        if self.close_reason == CloseReason.SILENCE:
            return str(CloseReason.SILENCE.label)
        return str(HoldReason(self.hold_reason).label if self.hold_reason else Status(self.status).label)

    @property
    def path(self) -> str:
        """The address of its public page, as `reverse` would give it, cheap enough for every row of a list."""
        return f"{root()}{self.public_id}/"

    @property
    def counted_as(self) -> str:
        """The state as the counters know it: closed by silence is counted apart, it is not the same as solved."""
        return SILENT if self.close_reason == CloseReason.SILENCE else self.status

    @property
    def created_on(self) -> date:
        """The day of filing on a clock in the report's area."""
        return self.area.local(self.created_at).date()

    def start_of_day(self, moment: datetime) -> datetime:
        """Midnight before `moment` in the report's area."""
        return datetime.combine(self.area.local(moment).date(), time.min, self.area.tzinfo)
