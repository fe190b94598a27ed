"""The library in the information cycle: a page that explains, with a picture."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from libraries.cycle import STAGES, arrows, boxes


@require_safe
@login_not_required
def information_cycle(request: HttpRequest) -> HttpResponse:
    context = {"stages": STAGES, "boxes": boxes(), "arrows": arrows()}
    return render(request, "libraries/information_cycle.html", context)
