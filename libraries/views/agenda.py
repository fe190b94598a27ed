"""The agenda as everybody reads it: of all libraries, of one, and one activity."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from groups.views.registry import signed_in
from libraries.filters import AgendaFilter
from libraries.models import Activity, ActivitySession, SpaceHour
from libraries.models.attendance import headcount_of
from libraries.models.session import AGENDA_ORDER
from libraries.permissions import can_open_desk
from libraries.views.registry import visible_library
from regions.paging import keyset_page
from uploads.serving import document_response


@require_safe
@login_not_required
def agenda(request: HttpRequest) -> HttpResponse:
    """What is to come in all libraries, soonest first. Without counting."""
    coming = ActivitySession.objects.listed().coming().with_activity()
    chosen = AgendaFilter(request.GET, queryset=coming)
    page = keyset_page(chosen.qs, request.GET.get("cursor"), order=AGENDA_ORDER)
    context = {"filter": chosen, "form": chosen.form, "page": page, "area": chosen.chosen_area}
    return render(request, "libraries/agenda.html", context)


@require_safe
@login_not_required
def library_agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """One library: what is to come, the week in its three spaces, and what was."""
    library, user = visible_library(request, slug), signed_in(request)
    sessions = ActivitySession.objects.of(library).with_activity()
    context = {
        "library": library,
        "page": keyset_page(sessions.coming(), request.GET.get("cursor"), order=AGENDA_ORDER),
        "past": sessions.standing().over().order_by("-starts_at", "-pk")[:10],
        "timetable": SpaceHour.objects.of(library).by_space(),
        "can_open_desk": user is not None and can_open_desk(user, library),
    }
    return render(request, "libraries/library_agenda.html", context)


def visible_activity(request: HttpRequest, slug: str, public_id: str) -> Activity:
    """The activity at this address, knowing its library without asking again."""
    library = visible_library(request, slug)
    row = get_object_or_404(Activity.objects.of(library).select_related("goal__plan", "planned"), public_id=public_id)
    row.library = library
    return row


def sessions_of(row: Activity) -> list[ActivitySession]:
    """All sessions with their taken seats, each knowing its activity without asking for it again."""
    sessions = list(row.sessions.with_taken().order_by(*AGENDA_ORDER))
    for session in sessions:
        session.activity = row
    return sessions


@require_safe
@login_not_required
def activity_detail(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    row, user = visible_activity(request, slug, public_id), signed_in(request)
    audience, values = row.tag_labels
    sessions = sessions_of(row)
    context = {
        "row": row,
        "library": row.library,
        "sessions": sessions,
        "takes_registrations": any(session.takes_registrations for session in sessions),
        "audience": audience,
        "values": values,
        "materials": row.materials.select_related("document"),
        "headcount": headcount_of(row),
        "can_open_desk": user is not None and can_open_desk(user, row.library),
    }
    return render(request, "libraries/activity_detail.html", context)


@require_safe
@login_not_required
def activity_material(request: HttpRequest, slug: str, public_id: str, pk: int) -> HttpResponseBase:
    row = visible_activity(request, slug, public_id)
    material = get_object_or_404(row.materials.select_related("document"), pk=pk)
    if material.document is None:
        raise Http404
    return document_response(material.document, public=row.library.is_listed)
