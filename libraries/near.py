"""The KIM near a library: those of its village, then those of its district."""

from __future__ import annotations

from django.db.models import BooleanField, ExpressionWrapper, Q

from groups.models import Kim
from libraries.models import Library

MOST = 5


def kims_near(library: Library) -> list[Kim]:
    """At most five, the own village first (one query)."""
    is_here = ExpressionWrapper(Q(area=library.area_id), output_field=BooleanField())
    rows = Kim.objects.listed().within(library.district_code).select_related("area")
    return list(rows.annotate(is_here=is_here).order_by("-is_here", "folded", "id")[:MOST])
