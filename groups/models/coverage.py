"""In how many villages is there an active KIM: a counter per district, kept by the actions, summed on read."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.db.models import Count, F, Q, Sum

from regions.models import Area, Level, Located, LocatedQuerySet

GROUPS = {"province": "province_code", "regency": "regency_code", "district": "area"}


class CoverageQuerySet(LocatedQuerySet):
    def recount(self, district_code: str) -> None:
        """Count one district's villages anew: called under the lock of the KIM that changed.

        The district is locked as well, else of two KIM that change at once the later would not count the earlier.
        """
        from groups.models.kim import Kim

        Area._base_manager.select_for_update(no_key=True).get(pk=district_code)
        active = Kim.objects.active().filter(district_code=district_code, area__retired_on__isnull=True)
        covered = active.values("area").distinct().count()
        villages = Area.objects.in_use().filter(parent=district_code, level=Level.VILLAGE).count()
        row = DistrictCoverage(area_id=district_code, villages=villages, covered=covered)
        row.copy_codes()
        DistrictCoverage._base_manager.bulk_create(
            [row], update_conflicts=True, update_fields=["villages", "covered"], unique_fields=["area"]
        )

    def by(self, level: str) -> models.QuerySet[Any, dict[str, Any]]:
        """Rows of {code, villages, covered} one level of the tree: "province", "regency" or "district"."""
        rows = self.values(code=F(GROUPS[level])).annotate(villages=Sum("villages"), covered=Sum("covered"))
        return rows.order_by("code")

    def total(self) -> dict[str, int]:
        """{"villages": m, "covered": n} of these districts."""
        sums = self.aggregate(villages=Sum("villages"), covered=Sum("covered"))
        return {name: value or 0 for name, value in sums.items()}

    def rebuild(self) -> int:
        """Count every district anew, after the area tree was loaded; the number of districts.

        All of them are locked as `recount` locks one: of a KIM that changes meanwhile nothing is lost.
        """
        with transaction.atomic():
            locked = Area.objects.in_use().filter(level=Level.DISTRICT).select_for_update(no_key=True)
            districts = list(locked.order_by("code").values_list("code", flat=True))
            DistrictCoverage._base_manager.exclude(area__in=Area.objects.in_use()).delete()
            return self._write(districts)

    def _write(self, districts: list[str]) -> int:
        villages = dict(
            Area.objects.in_use().filter(level=Level.VILLAGE).values_list("parent").annotate(number=Count("pk"))
        )
        covered = self._covered()
        rows = [
            DistrictCoverage(area_id=code, villages=villages.get(code, 0), covered=covered.get(code, 0))
            for code in districts
        ]
        for row in rows:
            row.copy_codes()
        DistrictCoverage._base_manager.bulk_create(
            rows, update_conflicts=True, update_fields=["villages", "covered"], unique_fields=["area"], batch_size=500
        )
        return len(rows)

    def _covered(self) -> dict[str, int]:
        from groups.models.kim import Kim

        active = Kim.objects.active().filter(area__retired_on__isnull=True)
        return dict(active.values_list("district_code").annotate(number=Count("area", distinct=True)))


class DistrictCoverage(Located):
    """n of m villages of one district have an active KIM."""

    villages = models.PositiveIntegerField(default=0)
    covered = models.PositiveIntegerField(default=0)

    objects = CoverageQuerySet.as_manager()

    class Meta:
        verbose_name = "cakupan KIM"
        verbose_name_plural = "cakupan KIM"
        constraints = [
            models.UniqueConstraint(fields=["area"], name="coverage_once_a_district"),
            models.CheckConstraint(condition=Q(covered__lte=F("villages")), name="coverage_within_villages"),
        ]
        indexes = [
            models.Index(fields=["province_code"], name="coverage_province"),
            models.Index(fields=["regency_code"], name="coverage_regency"),
        ]

    def __str__(self) -> str:
        return f"{self.covered} dari {self.villages}"
