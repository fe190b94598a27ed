"""The agreements of one partnership: written by its sides, printed as a draft, signed, renewed, ended."""

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

from accounts.models import User
from groups.forms.fields import add_errors
from groups.pdf import can_make_pdf, make_pdf
from groups.views.posters import pdf_response
from partnerships.forms.agreement import DraftForm, NewDraftForm, SignForm
from partnerships.forms.running import ReasonForm
from partnerships.models import Agreement, AgreementParty, Partnership, Side, StaleAgreement
from partnerships.permissions import acting_sides, can_read_papers
from partnerships.quotas import counted
from partnerships.views.running import carried_out
from partnerships.views.sides import bound, form_page, own, person, visible
from uploads.models import Document
from uploads.serving import document_response


def agreement_of(row: Partnership, pk: int) -> Agreement:
    agreement: Agreement = get_object_or_404(
        row.agreements.select_related("file", "umbrella", "renews").filter(pk__lt=2**62), pk=pk
    )
    agreement.partnership = row
    return agreement


def own_agreement(request: HttpRequest, public_id: str, pk: int) -> tuple[Partnership, Side, Agreement]:
    row, side = own(request, public_id)
    return row, side, agreement_of(row, pk)


def readable(request: HttpRequest, public_id: str, pk: int) -> Agreement:
    """For both sides and their officers; everybody else reads on the partnership's page that it is signed."""
    row = visible(request, public_id)
    if not can_read_papers(person(request), row):
        raise PermissionDenied
    return agreement_of(row, pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_create(request: HttpRequest, public_id: str) -> HttpResponse:
    row, side = own(request, public_id)
    form = NewDraftForm(bound(request)[0], partnership=row)
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
@require_safe
def agreement_detail(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    row = readable(request, public_id, pk)
    context = {"agreement": row, "row": row.partnership, "is_side": is_side(request, row.partnership)}
    context["parties"] = parties_of(row)
    return render(request, "partnerships/agreement_detail.html", context)


def parties_of(row: Agreement) -> list[AgreementParty]:
    """Beside the two sides."""
    return list(row.parties.select_related("institution__merged_into", "institution__area"))


def is_side(request: HttpRequest, row: Partnership) -> bool:
    return isinstance(request.user, User) and bool(acting_sides(request.user, row))


def path_to(agreement: Agreement) -> str:
    return reverse("partnerships:agreement_detail", args=[agreement.partnership.public_id, agreement.pk])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_edit(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    row, side, agreement = own_agreement(request, public_id, pk)
    form = DraftForm(bound(request)[0], partnership=row, instance=agreement, initial={"version": agreement.version})
    page: dict[str, Any] = {"row": row, "title": "Ubah naskah", "button": "Simpan", "back": path_to(agreement)}
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
def agreement_sign(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    row, side, agreement = own_agreement(request, public_id, pk)
    form = SignForm(*bound(request), instance=agreement, initial={"version": agreement.version})
    page: dict[str, Any] = {
        "row": row,
        "title": "Catat tanda tangan",
        "button": "Simpan tanda tangan",
        "back": path_to(agreement),
    }
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
    messages.success(request, "Tanda tangan tercatat. Kedua pihak dikabari.")
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
def agreement_draft(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """What was only hoped for is now being written."""
    _, side, agreement = own_agreement(request, public_id, pk)
    try:
        agreement.start_draft(side, by=person(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(path_to(agreement))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_end(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    row, side, agreement = own_agreement(request, public_id, pk)
    form = ReasonForm(bound(request)[0])
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        if carried_out(form, lambda: agreement.terminate(side, by=person(request), text=text)):
            messages.success(request, "Perjanjian diakhiri. Pihak lain dikabari.")
            return redirect(path_to(agreement))
    return form_page(
        request, form, row=row, title="Akhiri perjanjian", button="Akhiri perjanjian", back=path_to(agreement)
    )


@never_cache
@require_safe
def agreement_print(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    """A draft with the parties' data, to be talked over and signed on paper."""
    row = readable(request, public_id, pk)
    context = {"agreement": row, "row": row.partnership, "parties": parties_of(row), "can_make_pdf": can_make_pdf()}
    return render(request, "partnerships/agreement_print.html", context)


@never_cache
@require_safe
def agreement_pdf(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    row = readable(request, public_id, pk)
    if not can_make_pdf():
        raise Http404
    context = {"agreement": row, "row": row.partnership, "parties": parties_of(row)}
    content = make_pdf(render_to_string("partnerships/agreement_pdf.html", context), str(row))
    return pdf_response(content, f"naskah-{row.partnership.public_id}-{row.pk}.pdf")


@require_safe
def agreement_file(request: HttpRequest, public_id: str, pk: int) -> HttpResponseBase:
    """The signed paper names people: both sides and their officers only."""
    row = readable(request, public_id, pk)
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
