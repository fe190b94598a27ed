"""What a library counts each month. A month that was not entered has no row: it is a gap, not a zero."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from libraries.models.library import Library
from libraries.months import FIRST, first_day
from regions.calendar import zone_of
from regions.models import Located, LocatedQuerySet

COUNTED = ("visits_onsite", "visits_online", "activities", "participants")
MOST = 1_000_000  # a month of any village library; more is a slip of the finger


class StaleMonth(Exception):  # noqa: N818  it is a state of affairs that a page explains, not a fault
    """Somebody else wrote this month after the form was made."""


class MonthlyFiguresQuerySet(LocatedQuerySet):
    def of(self, library: Library) -> Self:
        return self.filter(library=library)

    def between(self, first: date, last: date) -> Self:
        return self.filter(month__gte=first, month__lte=last)


class MonthlyFigures(Located):
    """Visits and involvement of one library in one month. Once the agency accepts it, only the agency corrects it."""

    library = models.ForeignKey(Library, models.PROTECT, related_name="figures", editable=False)
    month = models.DateField("bulan", editable=False)
    visits_onsite = models.PositiveIntegerField("kunjungan di tempat", default=0)
    visits_online = models.PositiveIntegerField("kunjungan daring", default=0)
    activities = models.PositiveIntegerField("kegiatan", default=0)
    participants = models.PositiveIntegerField("peserta kegiatan", default=0)
    entered_at = models.DateTimeField("dicatat pada", default=timezone.now, editable=False)
    accepted_at = models.DateTimeField("diterima pada", null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MonthlyFiguresQuerySet.as_manager()

    class Meta:
        verbose_name = "angka bulanan"
        verbose_name_plural = "angka bulanan"
        ordering = ["-month", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["library", "month"],
                name="figures_once_a_month",
                violation_error_message="Bulan ini sudah dicatat.",
            ),
            models.CheckConstraint(condition=Q(month__day=1, month__gte=FIRST), name="figures_first_day"),
            models.CheckConstraint(
                condition=Q(activities__gt=0) | Q(participants=0),
                name="figures_participants_need_activity",
                violation_error_message="Ada peserta tetapi tidak ada kegiatan. Isi jumlah kegiatan.",
            ),
            models.CheckConstraint(
                condition=Q(**{f"{name}__lte": MOST for name in COUNTED}),
                name="figures_believable",
                violation_error_message="Salah satu angka terlalu besar untuk satu bulan.",
            ),
        ]
        indexes = [
            models.Index(fields=["district_code", "month"], name="figures_district"),
            models.Index(fields=["regency_code", "month", "accepted_at"], name="figures_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

    @property
    def visits(self) -> int:
        return self.visits_onsite + self.visits_online

    @property
    def is_locked(self) -> bool:
        return self.accepted_at is not None

    @property
    def numbers(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in COUNTED}

    @classmethod
    def of_month(cls, library: Library, month: date) -> MonthlyFigures:
        """The row of that month, or a new one that is not stored yet."""
        row = cls.objects.of(library).filter(month=month).first()
        return row or cls(library=library, area_id=library.area_id, month=month, version=0)

    # --- Actions: each under the library's lock, so that two people cannot write one month at once --------------------
    def enter(self, *, by: User, version: int, **numbers: int) -> None:
        """Write the month. `version` is 0 for one not written yet; StaleMonth when somebody else was faster."""
        with transaction.atomic():
            self._lock(version)
            if self.is_locked:
                raise ValidationError("Bulan ini sudah diterima Dinas. Minta petugas Dinas mengoreksinya.")
            self._write(by, "month_entered" if not version else "month_changed", numbers)

    def correct(self, *, by: User, version: int, text: str, **numbers: int) -> None:
        """Change a month after it was accepted: by the agency, with the reason."""
        if not text.strip():
            raise ValidationError({"text": "Tulis alasan koreksi."})
        with transaction.atomic():
            self._lock(version)
            self._write(by, "month_corrected", numbers, text)

    def accept(self, *, by: User, version: int) -> None:
        """The agency has checked the month: from now on it is locked."""
        with transaction.atomic():
            self._lock(version)
            if self.is_locked:
                return
            self.accepted_at = timezone.now()
            self.version += 1
            self.save()
            self.library.record("month_accepted", by, month=f"{self.month:%Y-%m}")
            self._recount()

    def _lock(self, version: int) -> None:
        self.library.lock()
        stored = MonthlyFigures.of_month(self.library, self.month)
        if stored.version != version:
            raise StaleMonth
        if stored.pk:
            self.pk = stored.pk
            self.refresh_from_db()

    def _write(self, by: User, action: str, numbers: dict[str, int], text: str = "") -> None:
        if self.month > this_month(self.library):
            raise ValidationError("Bulan ini belum tiba.")
        before = self.numbers if self.pk else {}
        for name in COUNTED:
            setattr(self, name, numbers[name])
        self.version += 1
        self.entered_at = timezone.now()
        self.copy_codes()
        self.full_clean()
        self.save()
        data: dict[str, Any] = {"month": f"{self.month:%Y-%m}", "before": before, "after": self.numbers}
        self.library.record(action, by, text, **data)
        self._recount()

    def _recount(self) -> None:
        from libraries.models.rollup import DistrictMonth

        DistrictMonth.objects.recount(self.district_code, self.month)


def this_month(library: Library) -> date:
    """The month it is in the library's village."""
    return first_day(timezone.now().astimezone(zone_of(library.area_id)).date())
