"""Entering a month, and what the agency does with it."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from groups.forms.fields import add_errors
from groups.views.desk import person
from libraries.forms.month import (
    ClippingForm,
    ClippingFormSet,
    ClippingFormSetOf,
    CorrectionForm,
    MonthForm,
    VersionForm,
)
from libraries.models import MediaExposure, MonthlyFigures, StaleMonth, involvement
from libraries.models.figures import this_month
from libraries.months import parse, shift
from libraries.permissions import can_accept, can_open_queue
from libraries.templatetags.libraries import month_words
from libraries.views.desk import own_library
from partnerships.quotas import within_day
from uploads.models import Document
from uploads.serving import document_response

CLIPPINGS = 60, "Hari ini Anda sudah mencatat {} kliping. Simpan tautannya; lanjutkan besok."


def month_row(request: HttpRequest, slug: str, month: str) -> MonthlyFigures:
    """The month at this address; 404 for what is no month, or has not come."""
    library = own_library(request, slug)
    try:
        day = parse(month)
    except ValueError:
        raise Http404 from None
    if day > this_month(library):
        raise Http404
    return MonthlyFigures.of_month(library, day)


def clippings_of(row: MonthlyFigures) -> Any:
    return MediaExposure.objects.of(row.library).in_month(row.month).select_related("scan")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def month_edit(request: HttpRequest, slug: str, month: str) -> HttpResponse:
    """Four numbers and the month's clippings, on one page."""
    row = month_row(request, slug, month)
    if row.is_locked:
        return month_correct(request, row)
    if request.method != "POST":
        return show(request, row, MonthForm.blank(row, involvement(row.library, row.month)), lines(row))
    form, clippings = MonthForm(request.POST), lines(row, request)
    if not all([form.is_valid(), clippings.is_valid()]):
        return show(request, row, form, clippings, status=422)
    known: list[str] = []
    try:
        known = store(request, row, form, clippings)
    except StaleMonth:
        return show_stale(request, row, form, clippings)
    except ValidationError as error:
        add_errors(form, error)
    if form.errors or not clippings.is_valid():
        return show(request, row, form, clippings, status=422)
    messages.success(request, f"Angka {month_words(row.month)} tersimpan.")
    if known:
        names = "; ".join(known)
        messages.info(request, f"Sudah tercatat sebelumnya, tidak dihitung lagi: {names}.")
    return redirect("libraries:desk", slug)


def lines(row: MonthlyFigures, request: HttpRequest | None = None) -> ClippingFormSet:
    options: dict[str, Any] = {"prefix": "kliping", "form_kwargs": {"month": row.month}}
    if request:
        options |= {"data": request.POST, "files": request.FILES}
    return cast("ClippingFormSet", ClippingFormSetOf(**options))


def store(request: HttpRequest, row: MonthlyFigures, form: MonthForm, clippings: ClippingFormSet) -> list[str]:
    """All of the page or nothing of it; a clipping that is there already, word for word, is only named."""
    by, known = person(request), []
    with transaction.atomic():
        row.enter(by=by, version=form.cleaned_data["version"], **form.numbers)
        dropped = {value for value in request.POST.getlist("drop") if value.isascii() and value.isdigit()}
        for clipping in clippings_of(row):
            if str(clipping.pk) in dropped:
                clipping.remove(by=by)
        for line in clippings.filled:
            if twin := line.clipping(row).twin():
                known.append(twin.title)
            else:
                keep_clipping(line, row, by)
        if any(line.errors for line in clippings.filled):
            transaction.set_rollback(True)
    return known


def keep_clipping(line: ClippingForm, row: MonthlyFigures, by: User) -> None:
    """Store one clipping; what the model refuses stands beside the line."""
    clipping = line.clipping(row)
    try:
        with within_day("clipping", by, *CLIPPINGS), transaction.atomic():
            if safe := line.cleaned_data["scan_file"]:
                clipping.scan = Document.store(safe)
            clipping.keep(by=by)
    except ValidationError as error:
        add_errors(line, error)


def show(
    request: HttpRequest, row: MonthlyFigures, form: MonthForm, clippings: Any, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "library": row.library,
        "row": row,
        "form": form,
        "clippings": clippings,
        "known": clippings_of(row),
        "before": shift(row.month, -1),
        "can_accept": can_accept(person(request), row.library),
        "involvement": involvement(row.library, row.month),
        **more,
    }
    return render(request, "libraries/month_edit.html", context, status=status)


def show_stale(request: HttpRequest, row: MonthlyFigures, form: MonthForm, clippings: Any) -> HttpResponse:
    """Somebody wrote the month meanwhile, or the button was pressed twice: both versions side by side."""
    stored = MonthlyFigures.of_month(row.library, row.month)
    differences = form.differences(stored)
    if not differences and all(line.clipping(row).twin() for line in clippings.filled):
        messages.success(request, f"Angka {month_words(row.month)} tersimpan.")
        return redirect("libraries:desk", row.library.slug)
    data = request.POST.copy()
    data["version"] = str(stored.version)
    again = MonthForm(data)
    again.is_valid()
    return show(request, stored, again, clippings, status=409, differences=differences, is_stale=True)


def month_correct(request: HttpRequest, row: MonthlyFigures) -> HttpResponse:
    """A locked month: the library reads it, the agency corrects it and says why."""
    may = can_accept(person(request), row.library)
    if request.method == "POST" and not may:
        raise PermissionDenied
    form = CorrectionForm(
        request.POST if request.method == "POST" else None, initial={"version": row.version, **row.numbers}
    )
    if form.is_bound and form.is_valid() and corrected(row, form, person(request)):
        messages.success(request, "Koreksi tersimpan dan tercatat di riwayat.")
        return redirect("libraries:desk", row.library.slug)
    context = {"library": row.library, "row": row, "form": form, "known": clippings_of(row), "can_accept": may}
    return render(request, "libraries/month_locked.html", context, status=422 if form.is_bound else 200)


def corrected(row: MonthlyFigures, form: CorrectionForm, by: User) -> bool:
    data = form.cleaned_data
    try:
        row.correct(by=by, version=data["version"], text=data["text"], **form.numbers)
    except StaleMonth:
        form.add_error(None, "Orang lain baru saja mengoreksi bulan ini. Muat ulang halaman, lalu periksa lagi.")
    except ValidationError as error:
        add_errors(form, error)
    return not form.errors


@never_cache
@require_POST
def month_accept(request: HttpRequest, slug: str, month: str) -> HttpResponse:
    """The agency has checked the month."""
    row = month_row(request, slug, month)
    if not can_accept(person(request), row.library):
        raise PermissionDenied
    if not row.pk:
        raise Http404
    form = VersionForm(request.POST)
    try:
        row.accept(by=person(request), version=form.cleaned_data["version"] if form.is_valid() else -1)
    except StaleMonth:
        messages.error(request, "Angka bulan ini baru saja diubah. Periksa lagi sebelum menerima.")
        return redirect("libraries:month_edit", slug, month)
    messages.success(request, f"{row.library.name}: {month_words(row.month)} diterima dan dikunci.")
    if can_open_queue(person(request)):
        return redirect("admin:libraries_monthlyfigures_changelist")  # the next month that waits
    return redirect("libraries:desk", slug)


@never_cache
@require_safe
def clipping_scan(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """The scan of a clipping, for those who keep or oversee the library: a newspaper page is not ours to publish."""
    row = get_object_or_404(MediaExposure.objects.of(own_library(request, slug)).select_related("scan"), pk=pk)
    if row.scan is None:
        raise Http404
    return document_response(row.scan, public=False)
