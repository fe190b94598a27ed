"""What was promised: written down by the host, moved by the host or the party, followed by both."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from groups.forms.fields import add_errors
from groups.views.desk import person, sent
from partnerships.forms.meeting import CommitmentEditForm, CommitmentForm
from partnerships.models import Commitment, Meeting
from partnerships.permissions import can_follow_up
from partnerships.quotas import counted, status_of
from partnerships.views.meeting_desk import acted, own_meeting
from partnerships.views.meetings import visible_meeting
from regions.paging import keyset_page
from uploads.models import Document

MOST_PARTIES = 50


@never_cache
@require_safe
def commitment_list(request: HttpRequest) -> HttpResponse:
    """All one has to do with, as host or party: done and late by party, then each."""
    rows = Commitment.objects.of(person(request))
    context = {
        "figures": rows.figures(),
        "parties": rows.by_party()[:MOST_PARTIES],
        "page": keyset_page(rows.with_party(), request.GET.get("cursor"), order=("-id",)),
    }
    return render(request, "partnerships/commitment_list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def commitment_create(request: HttpRequest, public_id: str) -> HttpResponse:
    row = own_meeting(request, public_id)
    form = CommitmentForm(sent(request)[0], meeting=row)
    if form.is_bound and form.is_valid() and make(row, form, person(request)):
        messages.success(request, "Tindak lanjut tercatat. Pihaknya diberi tahu bila punya akun di portal.")
        return redirect(f"{row.get_absolute_url()}#tindak-lanjut")
    context = {"row": row, "form": form, "has_parties": row.attendance.exists()}
    return render(request, "partnerships/commitment_create.html", context, status=status_of(form))


def make(row: Meeting, form: CommitmentForm, by: User) -> bool:
    """Write it down; a second press of the same button finds its work done."""
    values = dict(form.cleaned_data)
    made = Commitment.objects.filter(party__gathering=row, submission_id=values["submission_id"])
    if made.exists():
        return True
    try:
        with counted("commitment", by):
            Commitment.make(values.pop("party"), by=by, **values)
    except ValidationError as error:
        if made.exists():
            return True
        add_errors(form, error)
        return False
    return True


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def commitment_edit(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """How far it is. Whoever sees the meeting and is neither host nor party gets 403."""
    row = visible_meeting(request, public_id)
    commitment = get_object_or_404(Commitment.objects.with_party(), party__gathering=row, pk=pk)
    commitment.party.gathering = row
    if not can_follow_up(person(request), commitment):
        raise PermissionDenied
    data, files = sent(request)
    form = CommitmentEditForm(data, files, row=commitment)
    if form.is_bound and form.is_valid() and move(form, commitment, person(request)):
        messages.success(request, "Tindak lanjut diperbarui.")
        return redirect(f"{row.get_absolute_url()}#tindak-lanjut")
    context = {"row": row, "form": form, "commitment": commitment}
    return render(request, "partnerships/commitment_edit.html", context, status=status_of(form))


def scanned(file: Any, by: User) -> Document | None:
    """What was uploaded, stored where the day leaves room for it."""
    if not file:
        return None
    with counted("scan", by):
        return Document.store(file)


def move(form: CommitmentEditForm, commitment: Commitment, by: User) -> bool:
    data = form.cleaned_data
    evidence = {"evidence": data["evidence"]}
    try:
        document = scanned(data["evidence_file"], by)
    except ValidationError as error:
        add_errors(form, error)
        return False
    before = commitment.evidence_file
    if document:
        evidence["evidence_file"] = document
    is_kept = acted(
        form,
        commitment.move,
        data["status"],
        by=by,
        text=data["text"],
        due_on=data["due_on"],
        version=data["version"],
        **evidence,
    )
    unused = before if is_kept else document
    if document and unused:
        unused.erase()
    if not is_kept:  # the row as it is stored; after the sentence about a faster hand, the next press is a decision
        commitment.refresh_from_db()
        form.data = {**form.data.dict(), "version": str(commitment.version)}  # type: ignore[attr-defined]  # a QueryDict
    return is_kept
