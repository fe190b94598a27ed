"""A library's desk: what is missing, the months of the last year, the profile, the targets. Strangers get 404."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from groups.views.desk import person, sent
from libraries.forms.profile import ProfileForm, TargetForm
from libraries.models import Library, MonthlyFigures, StaleLibrary, SurveyTally, Target
from libraries.models.figures import this_month
from libraries.models.survey import EMPTY
from libraries.months import run_of
from libraries.permissions import can_open_queue
from regions.paging import keyset_page

YEAR = 12


def own_library(request: HttpRequest, slug: str) -> Library:
    """The library at this address, for its librarian and the agency's officers."""
    libraries = Library.objects.select_related("area", "institution", "agency", "customary_village")
    return get_object_or_404(libraries.run_by(person(request)), slug=slug)


@never_cache
@require_safe
def own_libraries(request: HttpRequest) -> HttpResponse:
    """The libraries this person keeps."""
    libraries = Library.objects.kept_by(person(request)).as_cards().order_by("folded", "id")[:100]
    return render(request, "libraries/own_libraries.html", {"libraries": libraries})


@never_cache
@require_safe
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    library = own_library(request, slug)
    months = run_of(this_month(library), YEAR + 1)
    rows = {row.month: row for row in MonthlyFigures.objects.of(library).between(months[0], months[-1])}
    gaps = [month for month in months[:-1] if month not in rows]
    held = SurveyTally.objects.of(library).held().between(months[0], months[-1]).exclude(EMPTY)
    context = {
        "library": library,
        "months": [(month, rows.get(month)) for month in reversed(months)],
        "gaps": gaps,
        "next_month": gaps[-1] if gaps else None,  # the newest that is finished and missing
        "held_months": sorted(set(held.values_list("month", flat=True))),
        "can_open_queue": can_open_queue(person(request)),
    }
    return render(request, "libraries/desk.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def library_edit(request: HttpRequest, slug: str) -> HttpResponse:
    library = own_library(request, slug)
    form = ProfileForm(*sent(request), instance=library, initial={"version": library.version})
    if request.method != "POST":
        return show_profile(request, library, form)
    if not form.is_valid():
        return show_profile(request, library, form, status=422)
    try:
        library.change(by=person(request), version=form.cleaned_data["version"], **form.values())
    except StaleLibrary:
        return show_conflict(request, slug, form)
    messages.success(request, "Profil tersimpan.")
    return redirect("libraries:desk", library.slug)


def show_profile(request: HttpRequest, library: Library, form: ProfileForm, status: int = 200, **more: Any) -> Any:
    return render(request, "libraries/library_edit.html", {"library": library, "form": form, **more}, status=status)


def show_conflict(request: HttpRequest, slug: str, form: ProfileForm) -> HttpResponse:
    """Both versions side by side; what was typed stays in the form, and a second press stores it knowingly."""
    stored = own_library(request, slug)
    data = request.POST.copy()
    data["version"] = str(stored.version)
    again = ProfileForm(data, instance=stored)
    again.is_valid()
    return show_profile(request, stored, again, status=409, differences=form.differences(own_library(request, slug)))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def target_edit(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The baseline and target of each indicator in one year."""
    library = own_library(request, slug)
    year = within_reach(year)
    targets = {row.indicator: row for row in Target.objects.filter(library=library, year=year)}
    form = TargetForm(request.POST if request.method == "POST" else None, targets=targets)
    if form.is_bound and form.is_valid():
        Target.set_for(library, year, by=person(request), targets=form.targets())
        messages.success(request, f"Target {year} tersimpan.")
        return redirect("libraries:desk", library.slug)
    context = {"library": library, "year": year, "form": form}
    return render(request, "libraries/target_edit.html", context, status=422 if form.is_bound else 200)


def within_reach(year: int) -> int:
    """Targets are set for a year near to this one; another address is no page."""
    if abs(year - timezone.localdate().year) > 5:
        raise Http404
    return year


@never_cache
@require_safe
def library_history(request: HttpRequest, slug: str) -> HttpResponse:
    library = own_library(request, slug)
    events = library.events.select_related("text_row")
    page = keyset_page(events, request.GET.get("cursor"), size=50, order=("-sequence", "-id"))
    return render(request, "libraries/library_history.html", {"library": library, "page": page})
