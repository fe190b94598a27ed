"""Meetings as everybody may read them who sees them: the list, one meeting, its papers on paper."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import User
from groups.gatherings import Sheet
from groups.pdf import PAPER, can_make_pdf, make_pdf
from groups.views.posters import bounded_pdf
from partnerships.filters import MeetingFilter
from partnerships.models import Attendance, Commitment, Material, Meeting
from partnerships.models.commitment import MOST_CARRIED
from partnerships.models.meeting import MEETING_ORDER
from partnerships.models.programs import WORKSHOPS
from partnerships.permissions import can_give_programs, is_dissolved, speaks_for
from regions.paging import keyset_page
from uploads.serving import document_response

PAPERS = {"undangan": "Undangan", "daftar-hadir": "Daftar hadir", "notula": "Notula"}


def visible_meeting(request: HttpRequest, public_id: str) -> Meeting:
    rows = Meeting.objects.visible_to(request.user).with_host().select_related("count_row")
    return get_object_or_404(rows, public_id=public_id)


@require_safe
@login_not_required
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Public meetings, newest first. Without counting."""
    chosen = MeetingFilter(request.GET, queryset=Meeting.objects.listed().with_host())
    page = keyset_page(chosen.qs, request.GET.get("cursor"), order=MEETING_ORDER)
    context = {"filter": chosen, "form": chosen.form, "page": page, "area": chosen.chosen_area}
    return render(request, "partnerships/meeting_list.html", context)


@require_safe
@login_not_required
def meeting_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    row = visible_meeting(request, public_id)
    user = request.user if isinstance(request.user, User) else None
    speaks = user is not None and speaks_for(user, row.host)
    is_host = speaks and not is_dissolved(row)
    own = user.institution_ids if user else []
    commitments = list(Commitment.objects.filter(party__gathering=row).select_related("party", "evidence_file"))
    carried = Commitment.objects.visible_to(request.user).carried_to(row).with_party()  # meetings behind closed doors
    context = {
        "row": row,
        "is_host": is_host,
        "gives_programs": user is not None and can_give_programs(user, row),
        "sessions": sessions_of(row),
        "materials": row.materials.select_related("document"),
        "attendees": shown_attendees(row, speaks),
        "headcount": row.attendance.all().headcount(),
        "people": row.count_row.headcount if hasattr(row, "count_row") else None,
        "commitments": [(each, is_host or each.party.institution_id in own) for each in commitments],
        "carried": carried[:MOST_CARRIED],
        "agreements": row.agreements.told_to(request.user).with_sides().order_by("pk")[:20],
        "facilitations": row.facilitations.all()[:5] if row.kind in WORKSHOPS else [],
        "can_make_pdf": can_make_pdf(),
    }
    return render(request, "partnerships/meeting_detail.html", context)


def sessions_of(row: Meeting) -> list[Any]:
    """The sessions, each knowing its meeting without asking for it again."""
    rows = list(row.sessions.order_by("starts_at", "pk"))
    for each in rows:
        each.meeting = row
    return rows


def shown_attendees(row: Meeting, is_host: bool) -> list[Attendance]:
    """A line about one person is counted for everybody and read by the host alone, a dissolved one too."""
    return [each for each in row.attendance.select_related("institution") if is_host or not each.is_person]


@require_safe
@login_not_required
def material_file(request: HttpRequest, public_id: str, pk: int) -> HttpResponseBase:
    row = visible_meeting(request, public_id)
    material = get_object_or_404(Material.objects.select_related("document"), meeting=row, pk=pk)
    return document_response(material.document, public=row.is_public)


@require_safe
@login_not_required
def commitment_file(request: HttpRequest, public_id: str, pk: int) -> HttpResponseBase:
    """The evidence, for whoever sees the meeting."""
    row = visible_meeting(request, public_id)
    rows = Commitment.objects.filter(party__gathering=row, evidence_file__isnull=False).select_related("evidence_file")
    commitment = get_object_or_404(rows, pk=pk)
    assert commitment.evidence_file is not None  # the filter above
    return document_response(commitment.evidence_file, public=row.is_public)


# --- On paper --------------------------------------------------------------------------------------------------------
def paper_context(request: HttpRequest, public_id: str, paper: str) -> dict[str, Any]:
    """What one of the three papers says; 404 for any other, and for minutes that nobody has written."""
    row = visible_meeting(request, public_id)
    if paper not in PAPERS or (paper == "notula" and not row.minutes):
        raise Http404
    speaks = isinstance(request.user, User) and speaks_for(request.user, row.host)
    sessions, attendees = sessions_of(row), shown_attendees(row, speaks)
    commitments = Commitment.objects.filter(party__gathering=row).select_related("party") if paper == "notula" else ()
    return {
        "row": row,
        "paper": paper,
        "title": PAPERS[paper],
        "part": "groups/_attendance_sheet.html" if paper == "daftar-hadir" else f"partnerships/_paper_{paper}.html",
        "sheet": Sheet(row.title, str(row.host), sessions, [each.line for each in attendees]),
        "sessions": sessions,
        "attendees": attendees,
        "commitments": commitments,
        "pdf": reverse("partnerships:meeting_pdf", args=[public_id, paper]) if can_make_pdf() else "",
    }


@require_safe
@login_not_required
def meeting_paper(request: HttpRequest, public_id: str, paper: str) -> HttpResponse:
    return render(request, "partnerships/meeting_paper.html", paper_context(request, public_id, paper))


@require_safe
@login_not_required
def meeting_pdf(request: HttpRequest, public_id: str, paper: str) -> HttpResponse:
    """The same paper as PDF; where its libraries are missing there is no such page."""
    context = paper_context(request, public_id, paper)
    if not can_make_pdf():
        raise Http404
    html = render_to_string("partnerships/meeting_pdf.html", context)
    title = f"{context['title']}: {context['row'].title}"
    return bounded_pdf(request, lambda: make_pdf(html, title, PAPER), f"{paper}-{public_id}.pdf")
