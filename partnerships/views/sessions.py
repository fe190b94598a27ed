"""The meetings of a forum: the sheet to print, a meeting that was held, and who came, for both sides alone."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.gatherings import Sheet
from partnerships.forms.running import AttendeesForm, SessionForm
from partnerships.models import ForumSession, Partnership
from partnerships.models.session import ForumAttendee
from partnerships.views.running import carried_out
from partnerships.views.sides import bound, form_page, own, person
from regions.calendar import zone_of

USUAL_LENGTH = timedelta(hours=2)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def session_create(request: HttpRequest, public_id: str) -> HttpResponse:
    row, side = own(request, public_id)
    if row.forum is None:
        raise Http404
    form = SessionForm(bound(request)[0], initial={"place": row.forum.place, "begins_at": row.forum.begins_at})
    if request.method == "POST" and form.is_valid():
        values = form.values(row.area_id)
        if carried_out(form, lambda: ForumSession.hold(row, side, by=person(request), **values)):
            messages.success(request, "Pertemuan tercatat.")
            return redirect(row)
    return form_page(
        request, form, row=row, title="Catat pertemuan", button="Simpan pertemuan", back=row.get_absolute_url()
    )


@never_cache
@require_safe
def forum_sheet(request: HttpRequest, public_id: str) -> HttpResponse:
    """The attendance sheet of the next meeting, to print and sign."""
    row, _ = own(request, public_id)
    if row.forum is None:
        raise Http404
    sheet = Sheet(row.forum.name, f"{row.first} dan {row.second}", next_session(row))
    return render(request, "groups/attendance_sheet.html", {"sheet": sheet, "back": row.get_absolute_url()})


def next_session(row: Partnership) -> list[ForumSession]:
    """The next day of the schedule, as a session that is not stored; none where nothing is to come."""
    assert row.forum is not None
    days = row.forum.next_dates(row.area.local(timezone.now()), 1)
    starts = [datetime.combine(day, row.forum.begins_at, zone_of(row.area_id)) for day in days]
    return [
        ForumSession(partnership=row, place=row.forum.place, starts_at=start, ends_at=start + USUAL_LENGTH)
        for start in starts
    ]


@never_cache
@require_safe
def session_detail(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """Who came, by name, with a way to erase each; and on to the meeting before it."""
    row, _ = own(request, public_id)
    session = get_object_or_404(row.sessions, pk=pk)
    session.partnership = row
    context = {
        "row": row,
        "session": session,
        "attendees": session.attendees.order_by("pk"),
        "before": row.sessions.filter(starts_at__lt=session.starts_at).first(),
    }
    return render(request, "partnerships/session_detail.html", context)


@never_cache
@require_POST
def attendee_remove(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    row, side = own(request, public_id)
    rows = ForumAttendee.objects.filter(gathering__partnership=row).select_related("gathering__partnership")
    attendee = get_object_or_404(rows, pk=pk)
    attendee.remove(side, by=person(request))
    messages.success(request, "Nama dihapus dari daftar hadir.")
    return redirect("partnerships:session_detail", row.public_id, attendee.gathering_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attendees_edit(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """The whole list in one field: mend a name, take one off, add one, while the list is open."""
    row, side = own(request, public_id)
    session = get_object_or_404(row.sessions, pk=pk)
    session.partnership = row
    lines = session.attendees.order_by("pk").values_list("line", flat=True)
    form = AttendeesForm(bound(request)[0], initial={"attendees": "\n".join(lines)})
    back = reverse("partnerships:session_detail", args=[row.public_id, pk])
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["attendees"].splitlines()
        if carried_out(form, lambda: session.change_attendees(typed, side, by=person(request))):
            messages.success(request, "Daftar hadir tersimpan.")
            return redirect(back)
    return form_page(request, form, row=row, title="Ubah daftar hadir", button="Simpan", back=back)
