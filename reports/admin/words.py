"""Age and deadline as an officer says them: "masuk 3 hari lalu", "lewat tenggat 2 hari", "sisa 1 hari kerja"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from regions.calendar import is_usually_working
from regions.models import CalendarOverride
from reports.models import Report

ONE_DAY = timedelta(days=1)
Exceptions = dict[tuple[str, date], bool]


def age_words(report: Report) -> str:
    """Whole days: an anonymous report knows no hour, and none should stand out by that."""
    days = (today(report) - report.created_on).days
    return f"masuk {days} hari lalu" if days > 0 else "masuk hari ini"


def today(report: Report) -> date:
    return report.area.local(timezone.now()).date()


def exceptions_for(reports: Iterable[Report]) -> Exceptions:
    """The local days off and on that touch the deadlines of these reports, in one query however many they are."""
    rows = [report for report in reports if report.is_pending and report.due_at]
    if not rows:
        return {}
    codes = {code for report in rows for code in report.area_codes}
    last = max(report.due_at for report in rows if report.due_at).date() + ONE_DAY
    days = CalendarOverride.objects.filter(
        Q(area__in=codes) | Q(area__isnull=True), date__gte=timezone.now().date() - ONE_DAY, date__lte=last
    )
    return {(code or "", day): is_working for code, day, is_working in days.values_list("area", "date", "is_working")}


def is_working(day: date, report: Report, exceptions: Exceptions) -> bool:
    """The row of the nearest area upward holds, then the nation's, then the usual calendar."""
    for code in [*reversed(report.area_codes), ""]:
        if (code, day) in exceptions:
            return exceptions[code, day]
    return is_usually_working(day)


def deadline_words(report: Report, exceptions: Exceptions) -> str:
    """How far the deadline of the next step is; empty where nobody has to act."""
    if not report.is_pending or report.due_at is None:
        return ""
    now, due = today(report), report.area.local(report.due_at).date()
    if due < now:
        return f"lewat tenggat {(now - due).days} hari"
    days = (now + ONE_DAY * ahead for ahead in range(1, (due - now).days + 1))
    left = sum(is_working(day, report, exceptions) for day in days)
    return f"sisa {left} hari kerja" if left else "tenggat hari ini"


def is_late(report: Report) -> bool:
    return report.is_pending and report.due_at is not None and report.due_at < timezone.now()
