"""What a side does with a partnership: yes, no, another time or place, a meeting held, a word on the year."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from groups.forms.fields import add_errors
from partnerships.forms.running import EvaluationForm, ReasonForm, VersionForm
from partnerships.forms.terms import ForumMoveForm, stored_terms
from partnerships.models import Evaluation, StalePartnership
from partnerships.quotas import counted
from partnerships.views.directory import show
from partnerships.views.sides import bound, form_page, own, person
from partnerships.workflow import Status


def carried_out(form: forms.BaseForm, run: Callable[[], Any]) -> bool:
    """Whether the action went through; what it refused stands in the form."""
    try:
        run()
    except ValidationError as error:
        add_errors(form, error)
        return False
    return True


@never_cache
@require_POST
def partnership_confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """Yes to the terms on the page it was pressed on; to other terms it is no yes."""
    row, side = own(request, public_id)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return show(request, row, is_stale=True, status=409)
    try:
        row.confirm(side, by=person(request), terms_version=form.cleaned_data["terms_version"])
    except StalePartnership:
        return show(request, row, is_stale=True, status=409)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Disetujui. Kemitraan ini sekarang aktif." if row.is_listed else "Disetujui.")
    return redirect(row)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def partnership_end(request: HttpRequest, public_id: str) -> HttpResponse:
    """No to a proposal, or the end of what runs; the other side reads why."""
    row, side = own(request, public_id)
    form = ReasonForm(bound(request)[0])
    run = row.cancel if row.status == Status.PROPOSED else row.end
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        if carried_out(form, lambda: run(side, by=person(request), text=text)):
            messages.success(request, "Tercatat. Pihak lain dikabari.")
            return redirect(row)
    title = "Tolak atau batalkan usulan" if row.status == Status.PROPOSED else "Akhiri kemitraan"
    return form_page(request, form, row=row, title=title, button=title, back=row.get_absolute_url())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forum_move(request: HttpRequest, public_id: str) -> HttpResponse:
    row, side = own(request, public_id)
    if row.forum is None:
        raise Http404
    initial = {name: value for name, value in stored_terms(row).items() if name in ForumMoveForm.base_fields}
    page: dict[str, Any] = {"row": row, "title": "Ubah waktu, tempat, atau narahubung", "button": "Simpan dan kabari"}
    page["back"] = row.get_absolute_url()
    form = ForumMoveForm(bound(request)[0], initial=initial)
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, **page)
    version = form.cleaned_data["terms_version"]
    try:
        with counted("partnership_proposal", person(request)):
            row.move_forum(side, by=person(request), terms_version=version, **form.values())
    except StalePartnership:
        return show(request, row, is_stale=True, status=409)
    except ValidationError as error:
        add_errors(form, error)
        return form_page(request, form, **page)
    messages.success(request, "Tersimpan. Kedua pihak dikabari lewat e-mail.")
    return redirect(row)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_create(request: HttpRequest, public_id: str) -> HttpResponse:
    row, side = own(request, public_id)
    form = EvaluationForm(bound(request)[0])
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        if carried_out(form, lambda: Evaluation.give(row, side, by=person(request), **values)):
            messages.success(request, "Evaluasi tersimpan. Pihak lain dapat membacanya.")
            return redirect(row)
    title = f"Evaluasi tahun {timezone.localdate().year}"
    return form_page(request, form, row=row, title=title, button="Simpan evaluasi", back=row.get_absolute_url())
