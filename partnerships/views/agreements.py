"""Agreements, of a partnership or before there is one: written, printed as a draft, signed, renewed, ended."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Institution, User
from groups.forms.fields import add_errors
from groups.models import Kim
from groups.pdf import can_make_pdf, make_pdf
from groups.views.posters import bounded_pdf
from partnerships.forms.agreement import DraftForm, NewDraftForm, SignForm
from partnerships.forms.running import ReasonForm
from partnerships.models import Agreement, Meeting, Partnership, Side, StaleAgreement
from partnerships.models.agreement_record import AGREEMENT_ORDER
from partnerships.permissions import acting_sides, can_read_papers
from partnerships.quotas import counted
from partnerships.views.meeting_desk import own_meeting
from partnerships.views.proposing import MOST_FOUND, arrange, came_to, choose_partner, other_side, own_key
from partnerships.views.running import carried_out
from partnerships.views.sides import (
    Owner,
    agreement_path,
    bound,
    form_page,
    own,
    owner_of,
    owners_of,
    person,
    renewal_path,
    told,
    visible,
)
from regions.paging import keyset_page
from uploads.models import Document
from uploads.serving import document_response


def visible_agreement(request: HttpRequest, pk: int) -> Agreement:
    """For its parties and their officers; nobody else learns that it is there."""
    rows = Agreement.objects.visible_to(request.user).with_sides().filter(pk__lt=2**62)
    papers = ("file", "umbrella", "renews", "meeting", "partnership__legal_basis")
    row: Agreement = get_object_or_404(rows.select_related(*papers), pk=pk)
    return row


def own_agreement(request: HttpRequest, pk: int) -> tuple[Side, Agreement]:
    """With the side this person answers for; a further party and an officer only read (403)."""
    row = visible_agreement(request, pk)
    sides = acting_sides(person(request), row)
    if not sides:
        raise PermissionDenied
    return sides[0], row


@never_cache
@require_safe
def agreement_own(request: HttpRequest) -> HttpResponse:
    """Everything in writing behind which this person stands."""
    user = person(request)
    page = keyset_page(Agreement.objects.of(user).with_sides(), request.GET.get("cursor"), order=AGREEMENT_ORDER)
    owners = [(owner, agreement_path(owner)) for owner in owners_of(user)]
    return render(request, "partnerships/agreement_own.html", {"page": page, "owners": owners})


# --- A new one -------------------------------------------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_create(request: HttpRequest, public_id: str) -> HttpResponse:
    row, side = own(request, public_id)
    form = NewDraftForm(bound(request)[0], instance=Agreement(partnership=row))
    if request.method == "POST" and form.is_valid():
        values = {**form.values(), "is_hoped": form.cleaned_data["is_hoped"]}
        if carried_out(form, lambda: begin(row, side, person(request), values)):
            messages.success(request, "Perjanjian tercatat.")
            return redirect(row)
    back = row.get_absolute_url()
    return form_page(request, form, row=row, title="Perjanjian baru", button="Simpan", back=back)


def begin(row: Partnership, side: Side, by: User, values: dict[str, Any]) -> None:
    with counted("agreement", by):
        Agreement.begin(row, side, by=by, **values)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_create_kim(request: HttpRequest, slug: str) -> HttpResponse:
    return between(request, owner_of(request, slug=slug))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_create_institution(request: HttpRequest, pk: int) -> HttpResponse:
    return between(request, owner_of(request, pk=pk))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_agreement(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a meeting hopes for: its host and one of the others."""
    meeting = own_meeting(request, public_id)
    return between(request, meeting.host, meeting)


def between(request: HttpRequest, owner: Owner, meeting: Meeting | None = None) -> HttpResponse:
    """Two steps at one address: `mitra` or `kim` names the other side, then the words. No partnership is needed."""
    other = other_side(request, owner)
    if other is None:
        return choose_partner(request, asked(request, owner, meeting))
    first, second, side = arrange(owner, other)
    sides: dict[str, Any] = {"kim": first} if isinstance(first, Kim) else {"institution": first}
    row = Agreement(partner=second, area_id=first.area_id, meeting=meeting, **sides)
    form = NewDraftForm(bound(request)[0], instance=row, initial={"is_hoped": meeting is not None})
    page: dict[str, Any] = {"back": request.path, "back_text": "Pilih pihak lain"}
    page |= {"title": f"Perjanjian dengan {other}", "button": "Simpan"}
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, **page)
    values = {**form.values(), "is_hoped": form.cleaned_data["is_hoped"], "meeting": meeting}
    made: list[Agreement] = []
    if not carried_out(form, lambda: made.append(begin_between(first, second, side, person(request), values))):
        return form_page(request, form, **page)
    messages.success(request, f"Perjanjian tercatat. {told(other)}")
    return redirect(made[0])


def asked(request: HttpRequest, owner: Owner, meeting: Meeting | None) -> dict[str, Any]:
    """With whom? Of a meeting, first those who came."""
    back, words = reverse("partnerships:agreement_own"), "Perjanjian saya"
    if meeting:
        back, words = meeting.get_absolute_url(), meeting.title
    came = came_to(meeting).exclude(pk=own_key(owner))[:MOST_FOUND]
    question = {"question": "Perjanjian dengan siapa?", "came": came, "back": back, "back_text": words}
    return {"owner": owner, "here": request.path, **question}


def begin_between(first: Owner, second: Institution, side: Side, by: User, values: dict[str, Any]) -> Agreement:
    with counted("agreement", by):
        return Agreement.between(first, second, side, by=by, **values)


# --- One of them -----------------------------------------------------------------------------------------------------
@never_cache
@require_safe
def agreement_detail(request: HttpRequest, pk: int) -> HttpResponse:
    row = visible_agreement(request, pk)
    user, partnership = person(request), row.partnership
    sides = acting_sides(user, row)
    context = sheet_context(row) | {"is_side": bool(sides), "renew": renewal_path(row, sides[0]) if sides else ""}
    context["partnership"] = partnership if partnership and can_read_papers(user, partnership) else None
    context["events"] = row.events.select_related("text_row").order_by("-sequence")[:50]
    return render(request, "partnerships/agreement_detail.html", context)


def sheet_context(row: Agreement) -> dict[str, Any]:
    """The paper with all its parties."""
    parties = row.parties.select_related("kim__area", "institution__merged_into__area", "institution__area")
    return {"agreement": row, "parties": list(parties), "can_make_pdf": can_make_pdf()}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_edit(request: HttpRequest, pk: int) -> HttpResponse:
    side, agreement = own_agreement(request, pk)
    form = DraftForm(bound(request)[0], instance=agreement, initial={"version": agreement.version})
    page = page_of(agreement, title="Ubah naskah", button="Simpan")
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, **page)
    try:
        agreement.change(side, by=person(request), version=form.cleaned_data["version"] or 0, **form.values())
    except StaleAgreement:
        return stale_agreement(request, form, page, agreement)
    except ValidationError as error:
        add_errors(form, error)
        return form_page(request, form, **page)
    messages.success(request, "Tersimpan.")
    return redirect(page["back"])


def page_of(agreement: Agreement, **words: str) -> dict[str, Any]:
    """What a form's page says besides, and its way back."""
    return {"back": agreement.get_absolute_url(), "back_text": agreement.subject, **words}


def stale_agreement(
    request: HttpRequest, form: DraftForm | SignForm, page: dict[str, Any], agreement: Agreement
) -> HttpResponse:
    """What is stored now, and what was typed, ready to be sent again knowingly."""
    agreement.refresh_from_db()
    form.data = request.POST.copy()
    form.data["version"] = str(agreement.version)
    return form_page(request, form, status=409, stored=agreement, **page)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_sign(request: HttpRequest, pk: int) -> HttpResponse:
    side, agreement = own_agreement(request, pk)
    form = SignForm(*bound(request), instance=agreement, initial={"version": agreement.version})
    page = page_of(agreement, title="Catat tanda tangan", button="Simpan tanda tangan")
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, **page)
    try:
        with counted("scan", person(request)):
            sign(agreement, side, form, person(request))
    except StaleAgreement:
        return stale_agreement(request, form, page, agreement)
    except ValidationError as error:
        add_errors(form, error)
        return form_page(request, form, **page)
    messages.success(request, "Tanda tangan tercatat. Para pihak dikabari.")
    return redirect(page["back"])


def sign(agreement: Agreement, side: Side, form: SignForm, by: User) -> None:
    """The paper is stored first; it does not stay where the action was refused."""
    file = Document.store(form.cleaned_data["document"])
    try:
        agreement.sign(side, by=by, file=file, version=form.cleaned_data["version"], **form.values())
    except BaseException:
        file.erase()
        raise


@never_cache
@require_POST
def agreement_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """What was only hoped for is now being written."""
    side, agreement = own_agreement(request, pk)
    try:
        agreement.start_draft(side, by=person(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(agreement)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_end(request: HttpRequest, pk: int) -> HttpResponse:
    side, agreement = own_agreement(request, pk)
    form = ReasonForm(bound(request)[0])
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        if carried_out(form, lambda: agreement.terminate(side, by=person(request), text=text)):
            messages.success(request, "Perjanjian diakhiri. Pihak lain dikabari.")
            return redirect(agreement)
    return form_page(request, form, **page_of(agreement, title="Akhiri perjanjian", button="Akhiri perjanjian"))


@never_cache
@require_safe
def agreement_print(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft with the parties' data, to be talked over and signed on paper."""
    return render(request, "partnerships/agreement_print.html", sheet_context(visible_agreement(request, pk)))


@never_cache
@require_safe
def agreement_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    row = visible_agreement(request, pk)
    if not can_make_pdf():
        raise Http404
    html = render_to_string("partnerships/agreement_pdf.html", sheet_context(row))
    return bounded_pdf(request, lambda: make_pdf(html, str(row)), f"naskah-{row.pk}.pdf")


@require_safe
def agreement_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The signed paper names people: its parties and their officers only."""
    row = visible_agreement(request, pk)
    if row.file is None:
        raise Http404
    return document_response(row.file, public=False)


@require_safe
def partnership_paper(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The letter by which a side without an account agreed: for both sides and their officers."""
    row = visible(request, public_id)
    if not can_read_papers(person(request), row):
        raise PermissionDenied
    if row.paper is None:
        raise Http404
    return document_response(row.paper, public=False)
