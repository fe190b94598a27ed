"""Times as people in the area read them: Indonesian words, the area's own clock."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone

from regions.calendar import zone_of
from regions.models import TimeZone

register = template.Library()

MONTHS = (
    "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()  # noqa: SIM905  shorter to read
)
STEPS = (
    (365 * 86400, "tahun"),
    (30 * 86400, "bulan"),
    (7 * 86400, "minggu"),
    (86400, "hari"),
    (3600, "jam"),
    (60, "menit"),
)


def area_code(place: Any) -> str:
    """The code of an area, of something located in one, or the code itself; "" where there is none."""
    return str(getattr(place, "area_id", None) or getattr(place, "code", None) or place or "")


def in_words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@register.filter
def local_date(moment: date | datetime | None, place: Any = "") -> str:
    """The day, as "21 November 2026"; for a moment, by the clock of the place: an area, a code or what has an area."""
    if moment is None or moment == "":
        return ""
    if isinstance(moment, datetime):
        moment = moment.astimezone(zone_of(area_code(place))).date()
    return in_words(moment)


@register.filter
def local_time(moment: datetime | None, place: Any = "") -> str:
    """The moment by the clock of the place, as "21 November 2026 pukul 14.05 WITA"."""
    if not moment:
        return ""
    zone = zone_of(area_code(place))
    local = moment.astimezone(zone)
    return f"{in_words(local.date())} pukul {local:%H.%M} {TimeZone(zone.key).label}"


@register.filter
def since_words(moment: datetime | None) -> str:
    """How long ago or ahead: "3 hari lalu", "2 jam lagi", "baru saja"."""
    if not moment:
        return ""
    seconds = (timezone.now() - moment).total_seconds()
    for length, unit in STEPS:
        if abs(seconds) >= length:
            return f"{int(abs(seconds) // length)} {unit} {'lalu' if seconds > 0 else 'lagi'}"
    return "baru saja" if seconds >= 0 else "sebentar lagi"
