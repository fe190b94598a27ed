"""What is near a library: KIM of its village and district, internet in its village, students in its village."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db.models import BooleanField, CharField, ExpressionWrapper, Q, Value

from groups.models import Kim
from libraries.models import InternetPoint, Library, StudentPlacement
from libraries.workflow import PointStatus

MOST = 5


def kims_near(library: Library) -> list[Kim]:
    """At most five, the own village first (one query)."""
    is_here = ExpressionWrapper(Q(area=library.area_id), output_field=BooleanField())
    rows = Kim.objects.listed().within(library.district_code).select_related("area")
    return list(rows.annotate(is_here=is_here).order_by("-is_here", "folded", "id")[:MOST])


class Support(NamedTuple):
    """One line of what stakeholders gave: an internet point with its state, or students with their university."""

    kind: str
    words: str
    more: str
    first: date | None
    last: date | None

    @property
    def is_point(self) -> bool:
        return self.kind == "point"

    @property
    def status_label(self) -> str:
        return PointStatus(self.more).label


def support_near(library: Library) -> list[Support]:
    """Internet points of the library and its village, and students placed in its village (one query)."""
    points = InternetPoint.objects.filter(Q(library=library) | Q(area=library.area_id)).order_by()
    students = StudentPlacement.objects.filter(villages=library.area_id).order_by()
    rows = points.values_list(named("point"), "place", "status", "due_on", "installed_on").union(
        students.values_list(named("students"), "programme", "university__name", "starts_on", "ends_on")
    )
    return [Support(*row) for row in rows[: 2 * MOST]]


def named(kind: str) -> Value:
    return Value(kind, output_field=CharField())
