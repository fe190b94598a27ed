"""A library's year in the programme: who pays, how far it is, on which decree."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from accounts.models import User
from libraries.models.library import Library
from libraries.workflow import Stage, can_move


class Source(models.TextChoices):
    """Who brings a library into the programme: the state's budget, or the region on its own."""

    APBN = "apbn", "APBN"
    SELF = "self_replication", "Replikasi mandiri"


class Participation(models.Model):
    """One year of one library in the programme (TPBIS)."""

    library = models.ForeignKey(Library, models.PROTECT, related_name="participations")
    year = models.PositiveSmallIntegerField("tahun")
    source = models.CharField("jalur", max_length=16, choices=Source.choices)
    stage = models.CharField("tahap", max_length=9, choices=Stage.choices, default=Stage.PROPOSED, editable=False)
    decree_number = models.CharField("nomor SK", max_length=80, blank=True)
    decided_on = models.DateField("tanggal SK", null=True, blank=True)

    class Meta:
        verbose_name = "keikutsertaan"
        verbose_name_plural = "keikutsertaan"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["library", "year"],
                name="participation_once_a_year",
                violation_error_message="Perpustakaan ini sudah tercatat pada tahun tersebut.",
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.PROPOSED) | (~Q(decree_number="") & Q(decided_on__isnull=False)),
                name="participation_selected_by_decree",
                violation_error_message="Perpustakaan terpilih dengan SK: isi nomor dan tanggalnya.",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=2018, year__lte=2100),  # the programme began in 2018
                name="participation_year",
                violation_error_message="Program ini dimulai tahun 2018.",
            ),
        ]
        indexes = [models.Index(fields=["year", "stage"], name="participation_stage")]

    def __str__(self) -> str:
        return f"{self.library} {self.year}: {self.get_stage_display()}"

    def propose(self, *, by: User) -> None:
        with transaction.atomic():
            self.library.lock()
            self.full_clean()
            self.save()
            self._told(by)

    def move(self, to: Stage, *, by: User) -> None:
        """The next step of the table; ValidationError for any other, or where the decree is missing."""
        with transaction.atomic():
            self.library.lock()
            if not can_move(type(self).objects.get(pk=self.pk).stage, to):
                raise ValidationError(f"Tahap “{self.get_stage_display()}” tidak dapat menjadi “{to.label}”.")
            self.stage = to
            self.full_clean()
            self.save()
            self._told(by)

    def _told(self, by: User) -> None:
        latest = self.library.participations.order_by("-year").first()
        self.library.stage = latest.stage if latest else ""
        self.library.version += 1
        self.library.save(update_fields=["stage", "version"])
        self.library.record("stage", by, year=self.year, stage=str(self.stage))
