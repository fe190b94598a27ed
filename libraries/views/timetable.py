"""The week in the three spaces, as the librarian keeps it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from groups.forms.fields import add_errors
from groups.views.desk import person
from libraries.forms.space import SpaceHourForm
from libraries.models import Library, SpaceHour, StaleHour
from libraries.views.desk import own_library

STALE = "Orang lain baru saja mengubah baris ini menjadi: {row}. Isian Anda masih ada; tekan Simpan untuk memakainya."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def space_hours(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole week, and a form for one more line."""
    library = own_library(request, slug)
    form = SpaceHourForm(request.POST if request.method == "POST" else None, initial={"version": 0})
    if form.is_bound and form.is_valid() and kept(SpaceHour(library=library, **form.facts), form, request):
        messages.success(request, "Jadwal tersimpan.")
        return redirect("libraries:space_hours", library.slug)
    return show(request, library, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def space_hour_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    library = own_library(request, slug)
    row = get_object_or_404(SpaceHour.objects.of(library), pk=pk)
    row.library = library
    form = SpaceHourForm(request.POST if request.method == "POST" else None, initial=SpaceHourForm.initial_of(row))
    if form.is_bound and form.is_valid() and kept(row, form, request):
        messages.success(request, "Jadwal tersimpan.")
        return redirect("libraries:space_hours", library.slug)
    return show(request, library, form, row=row)


def kept(row: SpaceHour, form: SpaceHourForm, request: HttpRequest) -> bool:
    for name, value in form.facts.items():
        setattr(row, name, value)
    try:
        row.keep(by=person(request), version=form.cleaned_data["version"])
    except StaleHour:
        stored = SpaceHour.objects.filter(pk=row.pk).first()
        form.add_error(None, STALE.format(row=stored or "(dihapus)"))
        form.data = {**form.data.dict(), "version": str(stored.version if stored else 0)}  # type: ignore[attr-defined]  # a QueryDict
    except ValidationError as error:
        add_errors(form, error)
    return not form.errors


def show(request: HttpRequest, library: Library, form: SpaceHourForm, row: SpaceHour | None = None) -> HttpResponse:
    timetable = [] if row else SpaceHour.objects.of(library).by_space()
    context = {"library": library, "form": form, "row": row, "timetable": timetable}
    return render(request, "libraries/space_hours.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_POST
def space_hour_drop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    library = own_library(request, slug)
    row = get_object_or_404(SpaceHour.objects.of(library), pk=pk)
    row.library = library
    row.drop(by=person(request))
    messages.success(request, "Baris jadwal dihapus.")
    return redirect("libraries:space_hours", library.slug)
