"""What a KIM passed up to the government: the figure beside what it passed on."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.models import User
from groups.models import Kim
from reports.models import Report
from reports.permissions import kim_in_charge
from reports.statistics import SMALLEST
from reports.workflow import Status

ANSWERED = (Status.ANSWERED, Status.CLOSED)


@require_safe
@login_not_required
def kim_reports(request: HttpRequest, slug: str) -> HttpResponse:
    """How many matters this KIM wrote down for people, and how many were answered."""
    kim = get_object_or_404(Kim.objects.listed().select_related("area"), slug=slug)
    rows = Report.objects.passed_up_by(kim)
    context = {
        "kim": kim,
        "passed_up": in_words(rows.count()),
        "answered": in_words(rows.filter(status__in=ANSWERED).count()),
        "may_file": isinstance(request.user, User) and kim_in_charge(request.user).filter(pk=kim.pk).exists(),
    }
    return render(request, "reports/kim_reports.html", context)


def in_words(number: int) -> str:
    """A number below five may tell who it was."""
    return str(number) if number == 0 or number >= SMALLEST else f"kurang dari {SMALLEST}"
