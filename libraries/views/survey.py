"""The survey of a library: five questions for everybody, a sheet to print, and what came back on paper."""

from __future__ import annotations

import secrets
from datetime import date

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.limits import network_digest
from groups.views.desk import person
from libraries.forms.survey import PaperForm, SurveyForm
from libraries.models import Library, StaleMonth, SurveyTally
from libraries.models.figures import this_month
from libraries.models.survey import ANSWERS, DAY, QUESTIONS, Counts, Taken, counts_version, people_in
from libraries.months import parse, shift
from libraries.permissions import can_accept
from libraries.views.desk import own_library
from libraries.views.registry import visible_library

COOKIE = "survei"  # a number that says nothing about anybody; it only keeps one browser from answering twice a day


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def survey(request: HttpRequest, slug: str) -> HttpResponse:
    """Five questions, without an account and without a name."""
    library = visible_library(request, slug)
    browser = request.COOKIES.get(COOKIE, "")[:64] or secrets.token_urlsafe(16)
    form = SurveyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        take_answers(request, library, form.scores, browser)
        return redirect("libraries:library_detail", library.slug)
    response = render(
        request, "libraries/survey.html", {"library": library, "form": form}, status=422 if form.is_bound else 200
    )
    place = reverse("libraries:survey", args=[library.slug])
    response.set_cookie(
        COOKIE, browser, max_age=DAY, path=place, httponly=True, samesite="Lax", secure=settings.CSRF_COOKIE_SECURE
    )
    return response


def take_answers(request: HttpRequest, library: Library, scores: list[int], browser: str) -> None:
    """Take them once, and say what became of them."""
    taken = SurveyTally.answer(library, scores, browser=browser, network=network_digest(request))
    if taken == Taken.COUNTED:
        messages.success(request, "Terima kasih. Jawaban Anda sudah dihitung, tanpa nama.")
    elif taken == Taken.HELD:
        messages.success(
            request,
            "Terima kasih. Jawaban Anda tersimpan, tanpa nama. Hari ini jawaban lebih banyak dari biasanya, "
            "jadi Dinas memeriksa dulu sebelum dihitung.",
        )
    else:
        messages.info(request, "Peramban ini sudah mengisi survei hari ini. Jawaban pertama yang dihitung.")


@never_cache
@require_safe
def survey_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The five questions on paper, and a sheet of strokes to count them."""
    context = {"library": own_library(request, slug), "questions": QUESTIONS, "answers": ANSWERS}
    return render(request, "libraries/survey_sheet.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def survey_paper(request: HttpRequest, slug: str, month: str) -> HttpResponse:
    """The counts of one month's paper sheets."""
    library = own_library(request, slug)
    day = known_month(library, month)
    stored = SurveyTally.paper_counts(library, day)
    form = PaperForm(request.POST if request.method == "POST" else None, counts=stored)
    if not form.is_bound:
        return show_paper(request, library, day, form)
    if not form.is_valid():
        return show_paper(request, library, day, form, status=422)
    try:
        version = form.cleaned_data["version"]
        SurveyTally.enter_paper(library, day, form.counts, by=person(request), version=version)
    except StaleMonth:
        return after_stale(request, library, day, form.counts)
    messages.success(request, "Jawaban di kertas tersimpan.")
    return redirect("libraries:desk", library.slug)


@never_cache
@require_POST
def survey_count(request: HttpRequest, slug: str, month: str) -> HttpResponse:
    """The agency counts the answers that came in greater number than usual."""
    library = own_library(request, slug)
    if not can_accept(person(request), library):
        raise PermissionDenied
    day = known_month(library, month)
    try:
        SurveyTally.count_held(library, day, by=person(request), version=request.POST.get("version", ""))
    except StaleMonth:
        messages.error(request, "Jumlahnya baru saja berubah. Periksa lagi sebelum menghitungnya.")
    else:
        messages.success(request, "Jawaban itu sekarang ikut dihitung.")
    return redirect("libraries:survey_paper", library.slug, month)


def known_month(library: Library, month: str) -> date:
    try:
        day = parse(month)
    except ValueError:
        raise Http404 from None
    if day > this_month(library):
        raise Http404
    return day


def after_stale(request: HttpRequest, library: Library, day: date, typed: Counts) -> HttpResponse:
    """Pressed twice: it is stored. Typed by somebody else meanwhile: both, and what was typed stays in the boxes."""
    stored = SurveyTally.paper_counts(library, day)
    if stored == typed:
        messages.success(request, "Jawaban di kertas tersimpan.")
        return redirect("libraries:desk", library.slug)
    data = request.POST.copy()
    again = PaperForm(data, counts=stored)
    data["version"] = str(again.fields["version"].initial)
    again.is_valid()
    return show_paper(request, library, day, again, status=409, stored=list(zip(QUESTIONS, stored, strict=True)))


def show_paper(
    request: HttpRequest, library: Library, day: date, form: PaperForm, status: int = 200, stored: object = None
) -> HttpResponse:
    others = [month for month in (shift(day, -1), shift(day, 1)) if month <= this_month(library)]
    held = SurveyTally.held_counts(library, day)
    context = {
        "library": library,
        "month": day,
        "form": form,
        "stored": stored,
        "answers": ANSWERS,
        "others": others,
        "held": people_in(held),
        "held_version": counts_version(held),
        "can_accept": can_accept(person(request), library),
    }
    return render(request, "libraries/survey_paper.html", context, status=status)
