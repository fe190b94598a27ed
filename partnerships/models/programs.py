"""What a workshop leaves behind: each attending KIM finds a draft of its work programme on its desk (seed 004)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from accounts.models import User
from groups.models import Kim, WorkProgram
from groups.workflow import Status as KimStatus
from partnerships.models.meeting import Meeting, MeetingKind
from regions.folding import fold

WORKSHOPS = frozenset({MeetingKind.WORKSHOP, MeetingKind.SARASEHAN, MeetingKind.FORUM})
NONE_CAME = "Tidak ada KIM ini di antara peserta rapat."


def attending_kims(meeting: Meeting, scope: Q) -> list[Kim]:
    """The KIM of this scope whose name stands on the attendance list, alone or before a comma or a bracket."""
    lines = meeting.attendance.values_list("line", flat=True)
    names = {fold(part) for line in lines for part in (line, line.split(",")[0], line.split("(")[0])} - {""}
    rows = Kim.objects.listed().filter(scope, folded__in=names).exclude(status=KimStatus.DISSOLVED)
    return list(rows.select_related("area").order_by("folded", "id"))


def shared_names(meeting: Meeting, kims: Sequence[Kim]) -> set[str]:
    """Names of these that a second KIM of the meeting's province bears too: the list does not say which one came."""
    rows = Kim.objects.listed().filter(province_code=meeting.province_code, folded__in={kim.folded for kim in kims})
    found = dict(rows.exclude(status=KimStatus.DISSOLVED).values_list("pk", "folded"))
    found |= {kim.pk: kim.folded for kim in kims}
    return {name for name, number in Counter(found.values()).items() if number > 1}


def give_programs(meeting: Meeting, kims: Sequence[Kim], year: int, *, by: User) -> int:
    """A draft programme of this year for each of these attending KIM; how many are new.

    Harmless twice: who has a programme keeps it as it is.
    """
    with transaction.atomic():
        meeting.lock()
        if meeting.kind not in WORKSHOPS or not meeting.is_begun or meeting.is_cancelled:
            raise ValidationError("Draf program kerja dibagikan sesudah workshop, sarasehan, atau forum diadakan.")
        keys = [kim.pk for kim in kims]
        if len(attending_kims(meeting, Q(pk__in=keys))) < len(set(keys)):
            raise ValidationError(NONE_CAME)
        has_one = set(WorkProgram.objects.filter(kim__in=keys, year=year).values_list("kim", flat=True))
        fresh = sorted((kim for kim in kims if kim.pk not in has_one), key=lambda kim: kim.pk)  # one order of locks
        for kim in fresh:
            WorkProgram.objects.start(kim, year, by=by, label=str(meeting.host)[:160])
        if fresh:
            meeting.record("programs_given", by, year=year, kims=[kim.pk for kim in fresh])
    return len(fresh)
