"""How many libraries a district has: a counter, kept by the actions, summed on read."""

from __future__ import annotations

from typing import Self

from django.db import models

from regions.models import Area, Located, LocatedQuerySet

DISTRICT_DIGITS = 8  # "13.07.11"


class DistrictRowsQuerySet(LocatedQuerySet):
    """Rows that belong to a district each: of one district they are found by it, with which their key begins."""

    def within(self, area: Area | str) -> Self:
        code = area if isinstance(area, str) else area.code
        return self.filter(area=code) if len(code) == DISTRICT_DIGITS else super().within(code)


class DistrictLibrariesQuerySet(DistrictRowsQuerySet):
    def recount(self, district_code: str) -> None:
        """Count one district anew, under its own lock: of two libraries that change at once none is missed."""
        from libraries.models.library import Library

        Area._base_manager.select_for_update(no_key=True).get(pk=district_code)
        row = DistrictLibraries(area_id=district_code, libraries=Library.objects.listed().within(district_code).count())
        row.copy_codes()
        DistrictLibraries._base_manager.bulk_create(
            [row], update_conflicts=True, update_fields=["libraries"], unique_fields=["area"]
        )


class DistrictLibraries(Located):
    """Listed libraries of one district."""

    libraries = models.PositiveIntegerField(default=0)

    objects = DistrictLibrariesQuerySet.as_manager()

    class Meta:
        verbose_name = "jumlah perpustakaan"
        verbose_name_plural = "jumlah perpustakaan"
        constraints = [models.UniqueConstraint(fields=["area"], name="libraries_once_a_district")]
        indexes = [
            models.Index(fields=["province_code"], name="libraries_province"),
            models.Index(fields=["regency_code"], name="libraries_regency"),
        ]

    def __str__(self) -> str:
        return f"{self.area_id}: {self.libraries}"
