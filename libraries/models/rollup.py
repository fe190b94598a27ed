"""The figures of a district's libraries in one month: kept by the action that changes them, summed on read."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Count, F, Q, Sum

from libraries.models.coverage import DistrictRowsQuerySet
from libraries.models.exposure import MediaExposure
from libraries.models.figures import COUNTED, MonthlyFigures
from regions.models import Area, Located

GROUPS = {"province": "province_code", "regency": "regency_code", "district": "area"}
SUMMED = ("reported", "accepted", *COUNTED, "exposures")


class DistrictMonthQuerySet(DistrictRowsQuerySet):
    def recount(self, district_code: str, month: date) -> None:
        """Add up one district's month anew from its raw rows, under the district's lock."""
        Area._base_manager.select_for_update(no_key=True).get(pk=district_code)
        row = DistrictMonth(area_id=district_code, month=month, **raw_sums(district_code, month))
        row.copy_codes()
        DistrictMonth._base_manager.bulk_create(
            [row], update_conflicts=True, update_fields=SUMMED, unique_fields=["area", "month"]
        )

    def between(self, first: date, last: date) -> Self:
        return self.filter(month__gte=first, month__lte=last)

    def sums(self, *fields: str, **renamed: Any) -> models.QuerySet[Any, dict[str, Any]]:
        """Sums of every figure, grouped by `fields`, for example ("month",)."""
        rows = self.values(*fields, **renamed).annotate(**{name: Sum(name) for name in SUMMED})
        return rows.order_by(*fields, *renamed)

    def by(self, level: str) -> models.QuerySet[Any, dict[str, Any]]:
        """Rows of {code, reported, ...} one level of the tree: "province", "regency" or "district"."""
        return self.sums(code=F(GROUPS[level]))


class DistrictMonth(Located):
    """What the libraries of one district reported of one month."""

    month = models.DateField()
    reported = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    visits_onsite = models.PositiveBigIntegerField(default=0)
    visits_online = models.PositiveBigIntegerField(default=0)
    activities = models.PositiveBigIntegerField(default=0)
    participants = models.PositiveBigIntegerField(default=0)
    exposures = models.PositiveIntegerField(default=0)

    objects = DistrictMonthQuerySet.as_manager()

    class Meta:
        verbose_name = "angka bulanan kecamatan"
        verbose_name_plural = "angka bulanan kecamatan"
        constraints = [
            models.UniqueConstraint(fields=["area", "month"], name="district_month_once"),
            models.CheckConstraint(condition=Q(accepted__lte=F("reported")), name="district_month_accepted"),
        ]
        indexes = [
            # The whole country's months are summed from this index alone: five times as fast as with the rows.
            models.Index(fields=["month", "province_code", *SUMMED], name="district_month_country_sums"),
            models.Index(fields=["province_code", "month"], name="district_month_province"),
            models.Index(fields=["regency_code", "month"], name="district_month_regency"),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.month:%Y-%m}"


def raw_sums(district_code: str, month: date) -> dict[str, int]:
    """The same figures from the libraries' own rows; libraries taken off the list count no more."""
    rows = MonthlyFigures.objects.within(district_code).filter(month=month, library__is_listed=True)
    sums = rows.aggregate(
        reported=Count("pk"),
        accepted=Count("pk", filter=Q(accepted_at__isnull=False)),
        **{name: Sum(name, default=0) for name in COUNTED},
    )
    clippings = MediaExposure.objects.within(district_code).filter(month=month, library__is_listed=True)
    return {**sums, "exposures": clippings.count()}
