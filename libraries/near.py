"""What is near a library: KIM of its village and district, internet in its village, students in its village."""

from __future__ import annotations

from django.db.models import BooleanField, ExpressionWrapper, Q

from groups.models import Kim
from libraries.models import InternetPoint, Library, StudentPlacement

MOST = 5


def kims_near(library: Library) -> list[Kim]:
    """At most five, the own village first (one query)."""
    is_here = ExpressionWrapper(Q(area=library.area_id), output_field=BooleanField())
    rows = Kim.objects.listed().within(library.district_code).select_related("area")
    return list(rows.annotate(is_here=is_here).order_by("-is_here", "folded", "id")[:MOST])


def points_near(library: Library) -> list[InternetPoint]:
    """The internet points of the library and of its village (one query)."""
    rows = InternetPoint.objects.filter(Q(library=library) | Q(area=library.area_id))
    return list(rows.order_by("-status", "id")[:MOST])


def placements_near(library: Library) -> list[StudentPlacement]:
    """The newest student placements in the library's village (one query)."""
    rows = StudentPlacement.objects.filter(villages=library.area_id).select_related("university")
    return list(rows.order_by("-starts_on", "-id")[:MOST])
