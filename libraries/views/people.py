"""Who registered and who came: read and written by the library's own people alone (the agency reads figures)."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from groups.forms.fields import add_errors
from groups.gatherings import Sheet
from groups.views.desk import person
from libraries.forms.attendance import AttendanceFormSet, AttendanceFormSetOf, SessionCountForm, initial_lines
from libraries.forms.registration import NeighbourForm
from libraries.models import ActivityAttendee, ActivitySession, OtherContent, Registration, SessionCount
from libraries.permissions import can_see_people
from libraries.views.activities import acted, own_session

SENT_BEFORE = "Formulir ini sudah pernah terkirim dengan nama lain. Muat ulang halaman, lalu tulis lagi."


def session_with_people(request: HttpRequest, slug: str, public_id: str, pk: int) -> ActivitySession:
    """A session of one's library; 403 for the agency, which sees the desk and not the people."""
    session = own_session(request, slug, public_id, pk)
    if not can_see_people(person(request), session.activity.library):
        raise PermissionDenied
    return session


def context_of(session: ActivitySession, **more: Any) -> dict[str, Any]:
    return {"session": session, "row": session.activity, "library": session.activity.library, **more}


def address(name: str, session: ActivitySession) -> str:
    activity = session.activity
    return reverse(f"libraries:{name}", args=[activity.library.slug, activity.public_id, session.pk])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def participant_list(request: HttpRequest, slug: str, public_id: str, pk: int) -> HttpResponse:
    """Who has a seat, who waits, and a form to write down a neighbour."""
    session = session_with_people(request, slug, public_id, pk)
    form = NeighbourForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and (row := register(session, form, person(request))):
        messages.success(request, "Masuk daftar tunggu: kursi sudah penuh." if row.is_waiting else "Terdaftar.")
        return redirect(address("participant_list", session))
    rows = list(session.registrations.active().order_by("created_at", "pk"))
    context = context_of(
        session,
        form=form,
        seated=[row for row in rows if not row.is_waiting],
        waiting=[r for r in rows if r.is_waiting],
    )
    return render(request, "libraries/participant_list.html", context, status=422 if form.is_bound else 200)


def register(session: ActivitySession, form: NeighbourForm, by: User) -> Registration | None:
    try:
        return Registration.take(session, form.entry(), by=by).row
    except OtherContent:
        form.add_error(None, SENT_BEFORE)
    except ValidationError as error:
        add_errors(form, error)
    return None


@never_cache
@require_POST
def participant_act(request: HttpRequest, slug: str, public_id: str, pk: int, registration: int) -> HttpResponse:
    """Two buttons: give a seat, take off the list."""
    session = session_with_people(request, slug, public_id, pk)
    row = get_object_or_404(session.registrations.all(), pk=registration)
    row.session, by = session, person(request)
    try:
        if request.POST.get("action") == "admit":
            row.admit(by=by)
            messages.success(request, "Kursi diberikan.")
        elif request.POST.get("action") == "drop":
            row.cancel(by=by)
            messages.success(request, "Dihapus dari daftar.")
        else:
            messages.error(request, "Tidak ada yang diubah. Tekan salah satu tombol di daftar.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(address("participant_list", session))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attendance_edit(request: HttpRequest, slug: str, public_id: str, pk: int) -> HttpResponse:
    """Tick who came; write who came without registering."""
    session = session_with_people(request, slug, public_id, pk)
    names = session.registrations.seated().values_list("name", flat=True)
    initial = initial_lines(list(session.attendees.all()), list(names))
    data = request.POST if request.method == "POST" else None
    lines = cast("AttendanceFormSet", AttendanceFormSetOf(data, prefix="hadir", initial=initial))
    if lines.is_bound and lines.is_valid() and recorded(request, session, lines):
        return redirect("libraries:activity_desk", slug, public_id)
    status = 422 if lines.is_bound else 200
    return render(request, "libraries/attendance_edit.html", context_of(session, lines=lines), status=status)


def recorded(request: HttpRequest, session: ActivitySession, lines: AttendanceFormSet) -> bool:
    try:
        number = ActivityAttendee.record(session, lines.lines, by=person(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    messages.success(request, f"{number} orang tercatat hadir.")
    return True


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attendance_count(request: HttpRequest, slug: str, public_id: str, pk: int) -> HttpResponse:
    """The sums of the paper sheet. Figures name nobody, so the agency may type them too."""
    session = own_session(request, slug, public_id, pk)
    row = SessionCount.objects.filter(session=session).first()
    if request.method == "POST" and request.POST.get("action") == "clear":
        SessionCount.clear(session, by=person(request))
        messages.success(request, "Angka dihapus. Yang dihitung sekarang daftar nama.")
        return redirect("libraries:activity_desk", slug, public_id)
    form = SessionCountForm(request.POST if request.method == "POST" else None, row=row)
    by = person(request)
    if form.is_bound and form.is_valid() and acted(form, SessionCount.write, session, by=by, **form.figures):
        messages.success(request, "Angka kehadiran tersimpan.")
        return redirect("libraries:activity_desk", slug, public_id)
    context = context_of(session, form=form, count=row)
    return render(request, "libraries/attendance_count.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_safe
def attendance_sheet(request: HttpRequest, slug: str, public_id: str, pk: int) -> HttpResponse:
    """The sheet to print and sign, with who registered on it."""
    session = session_with_people(request, slug, public_id, pk)
    names = list(session.registrations.seated().values_list("name", flat=True))
    activity = session.activity
    sheet = Sheet(activity.title, activity.library.name, [session], names, is_of_people=True)
    back = reverse("libraries:activity_desk", args=[slug, public_id])
    return render(request, "groups/attendance_sheet.html", {"sheet": sheet, "back": back})
