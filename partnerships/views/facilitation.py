"""What governments did for KIM: the nine roles by tiers, the seven principles, each activity; on screen and paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from groups.models import Kim
from groups.pdf import PAPER, can_make_pdf, make_pdf
from groups.views.posters import bounded_pdf
from partnerships.forms.facilitation import FacilitationFilterForm
from partnerships.models import Facilitation, FacilitationCount, Meeting, Principle
from partnerships.models.facilitation import ORDER, evidence_name
from regions.models import Area
from regions.paging import keyset_page
from regions.tables import csv_response

LATEST = 10
ON_PAPER = 100  # activities listed below the tables of a printed report
BATCH = 500
HEADER = (
    *("tanggal", "kegiatan", "peran", "tingkat", "kode wilayah", "wilayah", "penyelenggara", "jumlah KIM"),
    *("anggaran", "hasil angka", "satuan", "hasil kata"),
    *(f"bukti {principle.label.lower()}" for principle in Principle),
)


@require_safe
@login_not_required
def facilitation_list(request: HttpRequest) -> HttpResponse:
    """The grid and the newest activities of an area and year. Nothing is counted here."""
    form = FacilitationFilterForm(request.GET)
    area, year = form.area_chosen, form.year_chosen
    rows = Facilitation.objects.visible_to(request.user).as_cards().in_year(year)
    own = rows.within(area) if area else rows
    context = {
        **tables(area, year),
        "form": form,
        "page": keyset_page(own if form.is_valid() else rows.none(), request.GET.get("cursor"), order=ORDER),
        "above": rows.above(area).order_by(*ORDER)[:LATEST] if area else [],
    }
    return render(request, "partnerships/facilitation_list.html", context)


def tables(area: Area | None, year: int | None) -> dict[str, Any]:
    return {"area": area, "year": year, "grid": FacilitationCount.objects.all().grid(area, year)}


@require_safe
@login_not_required
def facilitation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Facilitation.objects.visible_to(request.user).select_related("area", "agency", "follows")
    row = get_object_or_404(rows, pk=pk)
    meetings = Meeting.objects.visible_to(request.user)
    context = {
        "row": row,
        "kims": Kim.objects.listed().filter(facilitations=row).as_cards().order_by("folded", "id"),
        "meeting": meetings.filter(pk=row.meeting_id).first() if row.meeting_id else None,
        "next_steps": row.followed_by.order_by(*ORDER),
    }
    return render(request, "partnerships/facilitation_detail.html", context)


# --- On paper and as a table -----------------------------------------------------------------------------------------
def chosen(request: HttpRequest) -> FacilitationFilterForm:
    """A checked choice of area and year; there is no report of a wrong one."""
    form = FacilitationFilterForm(request.GET)
    if not form.is_valid():
        raise Http404
    return form


def report(request: HttpRequest) -> dict[str, Any]:
    form = chosen(request)
    area, year = form.area_chosen, form.year_chosen
    rows = Facilitation.objects.visible_to(request.user).as_cards().in_year(year).reaching(area)
    found = list(rows.order_by(*ORDER)[: ON_PAPER + 1])
    return {**tables(area, year), "form": form, "rows": found[:ON_PAPER], "has_more": len(found) > ON_PAPER}


@require_safe
@login_not_required
def facilitation_report(request: HttpRequest) -> HttpResponse:
    context = {**report(request), "can_make_pdf": can_make_pdf()}
    return render(request, "partnerships/facilitation_report.html", context)


@require_safe
@login_not_required
def facilitation_pdf(request: HttpRequest) -> HttpResponse:
    """The same report as PDF; where its libraries are missing there is no such page."""
    context = report(request)
    if not can_make_pdf():
        raise Http404
    html = render_to_string("partnerships/facilitation_sheet.html", context)
    title = "Peran pemerintah dalam pemberdayaan KIM"
    return bounded_pdf(request, lambda: make_pdf(html, title, PAPER), "peran-pemerintah.pdf")


@require_safe
@login_not_required
def facilitation_download(request: HttpRequest) -> HttpResponseBase:
    """Every activity of the chosen area and year as CSV."""
    form = chosen(request)
    rows = Facilitation.objects.visible_to(request.user).in_year(form.year_chosen).reaching(form.area_chosen)
    return csv_response("fasilitasi-kim.csv", HEADER, table(rows))


def table(rows: Any) -> Iterator[list[Any]]:
    found = rows.select_related("area", "agency").prefetch_related("kims").order_by("pk")
    return (line(row) for row in found.iterator(BATCH))


def line(row: Facilitation) -> list[Any]:
    return [
        *(row.held_on, row.title, row.get_role_display(), row.get_tier_display(), row.area_id, row.place),
        *(row.agency.name, len(row.kims.all()), row.budget, row.result_number, row.result_unit, row.result_words),
        *(getattr(row, evidence_name(principle)) for principle in Principle),
    ]
