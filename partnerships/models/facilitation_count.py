"""How many activities there are in each role and tier: a counter per area and year, kept by the action, summed on read.

No page counts the activities themselves. The grid of an area counts what was for the area, for a part of it, and for an
area above it: a course for a whole province reaches its towns as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Self

from django.db import models
from django.db.models import Count, Q, Sum

from partnerships.models.facilitation import MEANINGS, Facilitation, GovernmentRole, Principle, Tier, evidence_name
from regions.models import Area, Located, LocatedQuerySet, code_prefixes
from regions.models.located import within

LOCK_OF_THE_COUNTRY = "11"  # the first province's row stands for the country, which has none


class GridRow(NamedTuple):
    """One role: how many activities each tier did, and all of them."""

    label: str
    cells: list[tuple[str, int]]
    total: int


class PrincipleRow(NamedTuple):
    """One principle: in how many of all activities there is a line of evidence for it."""

    label: str
    meaning: str
    number: int


@dataclass(frozen=True)
class Grid:
    """The nine roles by the tiers, and the seven principles, of one area and year."""

    rows: list[GridRow]
    principles: list[PrincipleRow]
    total: int

    @property
    def cells(self) -> int:
        return len(GovernmentRole) * len(Tier)

    @property
    def filled(self) -> int:
        return sum(1 for row in self.rows for _, number in row.cells if number)


class FacilitationCountQuerySet(LocatedQuerySet):
    def recount(self, area: str | None, year: int) -> None:
        """Count one area's activities of one year anew: called by the action that changed one of them.

        The area is locked first, else of two officers who store at once the later would not count the earlier.
        """
        Area._base_manager.select_for_update(no_key=True).filter(pk=area or LOCK_OF_THE_COUNTRY).first()
        mine = Q(area=area) if area else Q(area__isnull=True)
        evidence = {each.value: Count("pk", filter=~Q(**{evidence_name(each): ""})) for each in Principle}
        found = Facilitation.objects.filter(mine, held_on__year=year).order_by()
        cells = found.values("role", "tier").annotate(number=Count("pk"), **evidence)
        rows = [FacilitationCount(area_id=area, year=year, **cell) for cell in cells]
        for row in rows:
            row.copy_codes()
        FacilitationCount._base_manager.filter(mine, year=year).delete()
        FacilitationCount._base_manager.bulk_create(rows)

    def reaching(self, area: Area | None) -> Self:
        """Of an area, its parts and the areas above it; of the whole country without one."""
        if area is None:
            return self
        above = Q(area__in=code_prefixes(area.code)[:-1]) | Q(area__isnull=True)
        return self.filter(within(area) | above)

    def grid(self, area: Area | None, year: int | None) -> Grid:
        """One query, however many activities there are."""
        chosen = self.reaching(area).filter(year=year) if year else self.reaching(area)
        sums = {name: Sum(name) for name in ("number", *Principle.values)}
        # Not the counter's own name: it would read the sum of a sum.
        cells = (
            chosen.order_by().values("role", "tier").annotate(**{f"sum_{name}": each for name, each in sums.items()})
        )
        return grid_of([dict(cell) for cell in cells])


def grid_of(cells: list[dict[str, int | str]]) -> Grid:
    numbers = {(cell["role"], cell["tier"]): int(cell["sum_number"]) for cell in cells}
    rows = []
    for role in GovernmentRole:
        tiers = [(tier.label, numbers.get((role, tier), 0)) for tier in Tier]
        rows.append(GridRow(role.label, tiers, sum(number for _, number in tiers)))
    principles = [
        PrincipleRow(each.label, MEANINGS[each], sum(int(cell[f"sum_{each}"]) for cell in cells)) for each in Principle
    ]
    return Grid(rows, principles, sum(numbers.values()))


class FacilitationCount(Located):
    """The activities of one area, year, role and tier, and how many of them show each principle."""

    area = models.ForeignKey(  # type: ignore[assignment]  # a row of the whole country has none
        Area, models.PROTECT, null=True, related_name="+", verbose_name="wilayah"
    )
    year = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=11, choices=GovernmentRole.choices)
    tier = models.CharField(max_length=8, choices=Tier.choices)
    number = models.PositiveIntegerField()
    synergy = models.PositiveIntegerField()
    structured = models.PositiveIntegerField()
    measurable = models.PositiveIntegerField()
    integrated = models.PositiveIntegerField()
    participatory = models.PositiveIntegerField()
    sustainable = models.PositiveIntegerField()
    partnership = models.PositiveIntegerField()

    objects = FacilitationCountQuerySet.as_manager()

    class Meta:
        verbose_name = "hitungan fasilitasi"
        verbose_name_plural = "hitungan fasilitasi"
        constraints = [
            models.UniqueConstraint(fields=["area", "year", "role", "tier"], name="facilitation_counted_once"),
            models.UniqueConstraint(
                fields=["year", "role", "tier"],
                condition=Q(area__isnull=True),
                name="facilitation_country_counted_once",
            ),
        ]
        indexes = [
            models.Index(fields=[*fields, "year"], name=f"facilitation_count_{fields[0] if fields else 'all'}"[:30])
            for fields in ([], ["province_code"], ["regency_code"], ["district_code"])
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.get_tier_display()}, {self.year}: {self.number}"
