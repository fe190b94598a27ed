"""What lives in an area."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q

from regions.models.area import Area
from regions.models.codes import code_prefixes


def within(area: Area | str, prefix: str = "") -> Q:
    """The condition "lies in `area` or below it" on a `Located` model; `prefix` walks a relation ("report__")."""
    code = area if isinstance(area, str) else area.code
    field = {2: "province_code", 5: "regency_code", 8: "district_code"}.get(len(code), "area_id")
    return Q(**{f"{prefix}{field}": code})


def copied_codes(code: str) -> dict[str, str]:
    """The codes a row keeps beside its area; a regency's own row has no district, and so on."""
    return {
        "province_code": code[:2],
        "regency_code": code[:5] if len(code) >= 5 else "",
        "district_code": code[:8] if len(code) >= 8 else "",
    }


class LocatedQuerySet(models.QuerySet):
    def within(self, area: Area | str) -> Self:
        """Rows in the area or below it, by an equality on a copied code (never a prefix search)."""
        return self.filter(within(area))


class Located(models.Model):
    """Something that lives in an area. The codes above it are copied so that every list is one indexed equality."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="wilayah")
    province_code = models.CharField(max_length=2, editable=False)
    regency_code = models.CharField(max_length=5, editable=False, blank=True)
    district_code = models.CharField(max_length=8, editable=False, blank=True)

    class Meta:
        abstract = True

    def copy_codes(self) -> None:
        """Set the copied codes from `area_id`; a row of the whole country has none."""
        for field, code in copied_codes(self.area_id or "").items():
            setattr(self, field, code)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.copy_codes()
        if (fields := kwargs.get("update_fields")) is not None and {"area", "area_id"} & set(fields):
            kwargs["update_fields"] = {*fields, "province_code", "regency_code", "district_code"}
        super().save(*args, **kwargs)

    @property
    def area_codes(self) -> list[str]:
        """The codes of this row's area and all above it, province first; none for the whole country."""
        return code_prefixes(self.area_id) if self.area_id else []
