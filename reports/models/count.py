"""Counters of reports, kept by the actions that change them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F

from regions.models import Located, LocatedQuerySet
from reports.codes import random_key
from reports.models.category import Category

if TYPE_CHECKING:
    from reports.models.report import Report


class ReportCountQuerySet(LocatedQuerySet):
    def add(self, report: Report, status: str, by: int) -> None:
        """Raise or lower one leaf in place. Leaves only: a counter of a province would make all its writers queue."""
        key = {
            "area_id": report.area_id,
            "category_id": report.category_id,
            "status": status,
            "month": report.created_on.replace(day=1),
        }
        if self.filter(**key).update(count=F("count") + by):
            return
        leaf = ReportCount(**key)
        leaf.copy_codes()
        ReportCount._base_manager.bulk_create(
            [leaf], ignore_conflicts=True
        )  # another writer may have made it meanwhile
        self.filter(**key).update(count=F("count") + by)

    def totals(self, *fields: str) -> models.QuerySet[Any, dict[str, Any]]:
        """Sums grouped by `fields`, for example ("status",) or ("month", "status")."""
        return self.values(*fields).annotate(total=models.Sum("count")).order_by(*fields)


class ReportCount(Located):
    """How many reports a village has in one category, state and month."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)  # leaves begin with a report
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    status = models.CharField(max_length=16)  # a state, or `workflow.SILENT`
    month = models.DateField()
    count = models.IntegerField(default=0)

    objects = ReportCountQuerySet.as_manager()

    class Meta:
        verbose_name = "jumlah laporan"
        verbose_name_plural = "jumlah laporan"
        constraints = [
            models.UniqueConstraint(fields=["area", "category", "status", "month"], name="report_count_leaf"),
        ]
        indexes = [
            models.Index(fields=["regency_code", "month"], name="report_count_regency"),
            models.Index(fields=["province_code", "month"], name="report_count_province"),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.category_id} {self.status}: {self.count}"
