"""From a workshop's page: a draft work programme for each KIM that came."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from groups.forms.fields import add_errors
from groups.views.desk import person
from partnerships.forms.programs import ProgramsForm
from partnerships.models import Meeting
from partnerships.models.programs import attending_kims, give_programs, shared_names
from partnerships.permissions import can_give_programs, programs_scope
from partnerships.views.meetings import visible_meeting


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_programs(request: HttpRequest, public_id: str) -> HttpResponse:
    row, user = visible_meeting(request, public_id), person(request)
    if not can_give_programs(user, row):
        raise PermissionDenied
    kims = attending_kims(row, programs_scope(user, row))
    form = ProgramsForm(request.POST if request.method == "POST" else None, kims=kims, shared=shared_names(row, kims))
    if form.is_bound and form.is_valid() and (words := given(row, form, user)):
        messages.success(request, words)
        return redirect(row)
    context = {"row": row, "form": form, "has_kims": bool(kims)}
    return render(request, "partnerships/meeting_programs.html", context, status=422 if form.is_bound else 200)


def given(row: Meeting, form: ProgramsForm, by: User) -> str:
    """What was done, in a sentence; empty where the model refused and the form says why."""
    try:
        number = give_programs(row, form.chosen, form.cleaned_data["year"], by=by)
    except ValidationError as error:
        add_errors(form, error)
        return ""
    return f"{number} KIM mendapat draf program kerja." if number else "Semua KIM ini sudah punya program kerjanya."
