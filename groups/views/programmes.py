"""Work programmes: a KIM's admins write them, everybody reads what was approved, on the screen and on paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.forms.fields import add_errors
from groups.forms.programme import ProgramForm, StartForm
from groups.models import Kim, StaleProgram, WorkProgram
from groups.pdf import PAPER, can_make_pdf, make_pdf
from groups.permissions import can_manage
from groups.views.desk import own_kim, person, sent
from groups.views.posters import bounded_pdf
from groups.views.registry import signed_in, visible_kim


# --- Reading ---------------------------------------------------------------------------------------------------------
@require_safe
@login_not_required
def programme_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The programmes of a KIM by year; drafts only for those who may see them."""
    kim = visible_kim(request, slug)
    rows = WorkProgram.objects.visible_to(request.user).filter(kim=kim)
    context = {"kim": kim, "programs": rows, "can_manage": manages(request, kim)}
    return render(request, "groups/programme_list.html", context)


@require_safe
@login_not_required
def programme_detail(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    program = visible_program(request, slug, year)
    context = {
        **sheet(program),
        "can_manage": manages(request, program.kim),
        "can_make_pdf": can_make_pdf(),
    }
    return render(request, "groups/programme_detail.html", context)


@require_safe
@login_not_required
def programme_pdf(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The same sheet as PDF; where its libraries are missing there is no such page."""
    program = visible_program(request, slug, year)
    if not can_make_pdf():
        raise Http404
    html = render_to_string("groups/programme_sheet.html", sheet(program))
    name = f"program-kerja-{program.year}.pdf"
    return bounded_pdf(request, lambda: make_pdf(html, f"{program} {program.kim}", PAPER), name)


def visible_program(request: HttpRequest, slug: str, year: int) -> WorkProgram:
    rows = WorkProgram.objects.visible_to(request.user).select_related("kim__area").prefetch_related("items")
    return get_object_or_404(rows, kim__slug=slug, year=year)


def sheet(program: WorkProgram) -> dict[str, Any]:
    return {"program": program, "kim": program.kim, "items": program.items.all(), "funding": program.funding}


def manages(request: HttpRequest, kim: Kim) -> bool:
    user = signed_in(request)
    return user is not None and can_manage(user, kim)


# --- Writing ---------------------------------------------------------------------------------------------------------
def own_program(request: HttpRequest, slug: str, year: int) -> WorkProgram:
    kim = own_kim(request, slug, to_change=True)
    return get_object_or_404(kim.programs.select_related("kim__area").prefetch_related("items"), year=year)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def programme_desk(request: HttpRequest, slug: str) -> HttpResponse:
    """The KIM's programmes, and the beginning of another one."""
    kim = own_kim(request, slug, to_change=request.method == "POST")
    form = StartForm(sent(request)[0])
    if request.method == "POST" and form.is_valid():
        program = WorkProgram.objects.start(kim, form.cleaned_data["year"], by=person(request))
        return redirect(edit_path(program) if program.is_editable else program)
    context = {"kim": kim, "form": form, "programs": kim.programs.all()}
    return render(request, "groups/programme_desk.html", context, status=422 if form.is_bound else 200)


def edit_path(program: WorkProgram) -> str:
    return reverse("groups:programme_edit", args=[program.kim.slug, program.year])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def programme_edit(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    program = own_program(request, slug, year)
    if not program.is_editable:
        messages.info(request, "Program kerja ini sudah ditetapkan. Isinya tidak dapat diubah lagi.")
        return redirect(program)
    form = ProgramForm(sent(request)[0], program=program)
    if request.method != "POST":
        return show(request, program, form)
    if not form.is_valid():
        return show(request, program, form, status=422)
    return store(request, program, form)


def show(request: HttpRequest, program: WorkProgram, form: ProgramForm, status: int = 200, **more: Any) -> HttpResponse:
    context = {"program": program, "kim": program.kim, "form": form, "funding": program.funding, **more}
    return render(request, "groups/programme_edit.html", context, status=status)


def store(request: HttpRequest, program: WorkProgram, form: ProgramForm) -> HttpResponse:
    """Keep the items; saving goes on to the sheet, or back to the form for more rows."""
    try:
        program.keep(form.items, version=form.cleaned_data["version"])
    except StaleProgram:
        if program.answers != form.items:  # the same button pressed twice has done its work
            return conflict(request, program)
    except ValidationError as error:
        add_errors(form, error)
        return show(request, program, form, status=422)
    messages.success(request, "Program kerja tersimpan.")
    return redirect(edit_path(program) if request.POST.get("action") == "more" else program)


def conflict(request: HttpRequest, program: WorkProgram) -> HttpResponse:
    """What somebody else stored, above what was typed; a second press stores it knowingly."""
    data = request.POST.copy()
    data["version"] = str(program.version)
    return show(request, program, ProgramForm(data, program=program), status=409, stored=program.items.all())


@never_cache
@require_POST
def programme_approve(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Approve what was on the sheet; a programme that changed meanwhile is shown again first."""
    program = own_program(request, slug, year)
    seen = request.POST.get("version", "")
    try:
        program.approve(by=person(request), version=int(seen) if seen.isdecimal() and len(seen) < 10 else 0)
    except StaleProgram:
        messages.error(request, "Program kerja ini baru saja berubah. Periksa lagi, lalu tetapkan.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"{program} ditetapkan dan tampil untuk umum.")
    return redirect(program)
