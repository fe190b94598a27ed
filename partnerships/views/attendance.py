"""Who came: paste a list, look at each line, save. Nothing is stored before."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from groups.forms.counting import SheetCountForm
from groups.forms.fields import add_errors
from groups.views.desk import person
from partnerships.attendees import Parsed, parse
from partnerships.forms.attendance import SPARE, ConfirmForm, PasteForm
from partnerships.models import Attendance, Meeting, MeetingCount
from partnerships.models.attendance import MOST_ATTENDEES, as_known, known_to
from partnerships.views.meeting_desk import acted, own_meeting

TOO_MANY = f"Teks ini memuat lebih dari {MOST_ATTENDEES - SPARE} peserta. Tempel sebagian dulu."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attendance_create(request: HttpRequest, public_id: str) -> HttpResponse:
    row = own_meeting(request, public_id)
    if request.method == "POST" and request.POST.get("action") == "save":
        return save(request, row)
    if request.method == "POST" and request.POST.get("action") != "back":
        return confirm(request, row)
    form = PasteForm(initial={"text": request.POST.get("text", "").replace("\0", "")})
    return render(request, "partnerships/attendance_create.html", {"row": row, "form": form})


def confirm(request: HttpRequest, row: Meeting) -> HttpResponse:
    """Each line found in the text, and the words taken for none."""
    form = PasteForm(request.POST)
    parsed, institutions = Parsed(), known_to(row)
    if form.is_valid():
        parsed = parse(form.cleaned_data["text"], as_known(institutions))
        if len(parsed.lines) > MOST_ATTENDEES - SPARE:
            form.add_error("text", TOO_MANY)
        elif not parsed.lines:
            form.add_error("text", "Tidak ada nama lembaga atau kelompok dalam teks ini.")
    if form.errors:
        return render(request, "partnerships/attendance_create.html", {"row": row, "form": form}, status=422)
    present = set(row.attendance.values_list("key", flat=True))
    lines = ConfirmForm.of_lines(parsed.lines, form.cleaned_data["text"], institutions, present)
    context = {"row": row, "form": lines, "skipped": parsed.skipped, "found": len(parsed.lines)}
    return render(request, "partnerships/attendance_confirm.html", context)


def save(request: HttpRequest, row: Meeting) -> HttpResponse:
    form = ConfirmForm.of_post(request.POST, known_to(row))
    if form.is_valid():
        try:
            fresh = Attendance.record(row, form.chosen, by=person(request))
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{fresh} peserta dicatat." if fresh else "Semua peserta ini sudah tercatat.")
            return redirect(f"{row.get_absolute_url()}#peserta")
    return render(request, "partnerships/attendance_confirm.html", {"row": row, "form": form}, status=422)


@never_cache
@require_POST
def attendance_remove(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    row = own_meeting(request, public_id)
    attendee = get_object_or_404(Attendance.objects.select_related("gathering"), gathering=row, pk=pk)
    try:
        attendee.remove(by=person(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Peserta dihapus dari daftar.")
    return redirect(f"{row.get_absolute_url()}#peserta")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attendance_count(request: HttpRequest, public_id: str) -> HttpResponse:
    """How many people came, by the paper sheet: figures only."""
    row = own_meeting(request, public_id)
    count = MeetingCount.objects.filter(meeting=row).first()
    if request.method == "POST" and request.POST.get("action") == "clear":
        MeetingCount.clear(row, by=person(request))
        messages.success(request, "Angka dihapus.")
        return redirect(f"{row.get_absolute_url()}#peserta")
    form = SheetCountForm(request.POST if request.method == "POST" else None, model=MeetingCount, row=count)
    if form.is_bound and form.is_valid() and acted(form, MeetingCount.write, row, by=person(request), **form.figures):
        messages.success(request, "Angka peserta tersimpan.")
        return redirect(f"{row.get_absolute_url()}#peserta")
    context = {"row": row, "form": form, "count": count}
    return render(request, "partnerships/attendance_count.html", context, status=422 if form.is_bound else 200)
