"""Experience: what a side can show, and the search that finds a KIM with a proven record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Institution, User
from groups.forms.fields import add_errors
from groups.models.record import OFFICERS
from groups.workflow import Status as KimStatus
from partnerships.filters import ExpertiseFilter
from partnerships.forms.running import EvidenceForm, ExpertiseForm, RecordForm
from partnerships.models import Basis, Expertise
from partnerships.permissions import speaks_for
from partnerships.quotas import counted
from partnerships.views.running import carried_out
from partnerships.views.sides import Owner, bound, expertise_path, form_page, owner_of, person, propose_path
from regions.paging import keyset_page
from uploads.models import Document
from uploads.serving import document_response

NEWEST = ("-id",)


@require_safe
@login_not_required
def expertise_list(request: HttpRequest) -> HttpResponse:
    """Which KIM has a proven record in this field, here? (Whom an institution with a need may ask.)"""
    rows = Expertise.objects.proven().filter(kim__is_listed=True).select_related("kim", "area")
    chosen = ExpertiseFilter(request.GET, queryset=rows)
    page = keyset_page(chosen.qs, request.GET.get("cursor"), order=NEWEST)
    context = {"filter": chosen, "form": chosen.form, "page": page, "area": chosen.chosen_area}
    return render(request, "partnerships/expertise_list.html", context)


@require_safe
@login_not_required
def expertise_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What was done, and who says so. Proven ones are public; the owner sees its own before."""
    rows = Expertise.objects.select_related("kim", "institution", "area").filter(pk__lt=2**62)
    row = get_object_or_404(rows, pk=pk)
    user = request.user if isinstance(request.user, User) else None
    is_own = user is not None and speaks_for(user, row.owner)
    if not is_own and not (row.is_proven and (row.kim is None or row.kim.is_listed)):
        raise Http404
    context = {"row": row, "is_own": is_own, "proposals": proposals(user, row)}
    context |= {"records": row.records.all()[:50], "evidence": row.evidence.all()[:50]}
    return render(request, "partnerships/expertise_detail.html", context)


def proposals(user: User | None, row: Expertise) -> list[tuple[Institution, str]]:
    """For each institution this person answers for, where it proposes to the KIM whose experience this is."""
    if user is None or row.kim is None or row.kim.status != KimStatus.ACTIVE:
        return []
    own = Institution.objects.in_use().filter(pk__in=user.institution_ids)
    query = f"?kim={row.kim.slug}&dasar={Basis.EXPERIENCE}"
    return [(institution, propose_path(institution) + query) for institution in own[:10]]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def kim_expertise(request: HttpRequest, slug: str) -> HttpResponse:
    return own_expertise(request, owner_of(request, slug=slug))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def institution_expertise(request: HttpRequest, pk: int) -> HttpResponse:
    return own_expertise(request, owner_of(request, pk=pk))


def own_expertise(request: HttpRequest, owner: Owner) -> HttpResponse:
    """What a side is experienced in, and a form for one more."""
    form = ExpertiseForm(bound(request)[0])
    if request.method == "POST" and form.is_valid():
        try:
            row = Expertise.begin(owner, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Keahlian tercatat. Tambahkan rekam jejak dan bukti kepercayaan.")
            return redirect("partnerships:expertise_detail", row.pk)
    context = {"owner": owner, "form": form, "rows": owner.expertises.order_by("field"), "back": propose_path(owner)}
    context["here"] = expertise_path(owner)
    return render(request, "partnerships/own_expertise.html", context, status=422 if form.is_bound else 200)


def own_row(request: HttpRequest, pk: int) -> Expertise:
    row: Expertise = get_object_or_404(
        Expertise.objects.select_related("kim", "institution").filter(pk__lt=2**62), pk=pk
    )
    if not speaks_for(person(request), row.owner):
        raise Http404
    return row


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def record_create(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_row(request, pk)
    form = RecordForm(bound(request)[0])
    if request.method == "POST" and form.is_valid() and add_record(row, form, person(request)):
        messages.success(request, "Rekam jejak tercatat.")
        return redirect("partnerships:expertise_detail", row.pk)
    return detail_form(request, form, row, "Catat rekam jejak")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_create(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_row(request, pk)
    form = EvidenceForm(*bound(request))
    if request.method == "POST" and form.is_valid() and add_evidence(row, form, person(request)):
        messages.success(request, "Bukti kepercayaan tercatat.")
        return redirect("partnerships:expertise_detail", row.pk)
    return detail_form(request, form, row, "Catat bukti kepercayaan")


def add_record(row: Expertise, form: RecordForm, by: User) -> bool:
    def run() -> None:
        with counted("evidence", by):
            row.add_record(**form.cleaned_data)

    return carried_out(form, run)


def add_evidence(row: Expertise, form: EvidenceForm, by: User) -> bool:
    return carried_out(form, lambda: store_evidence(row, dict(form.cleaned_data), by))


def store_evidence(row: Expertise, values: dict[str, Any], by: User) -> None:
    """The paper is stored first, when the day leaves room for it; it does not stay where the action was refused."""
    safe = values.pop("document")
    with counted("evidence", by):
        file = Document.store(safe) if safe else None
        try:
            row.add_evidence(file=file, **values)
        except BaseException:
            if file:
                file.erase()
            raise


def detail_form(request: HttpRequest, form: forms.BaseForm, row: Expertise, title: str) -> HttpResponse:
    back = redirect("partnerships:expertise_detail", row.pk).url
    return form_page(request, form, title=title, button="Simpan", back=back, back_text=str(row))


@require_safe
def evidence_file(request: HttpRequest, pk: int, document_id: Any) -> HttpResponseBase:
    """Letters name people: the owner, a partner the owner said yes to, and the officers of the area read them."""
    row = get_object_or_404(Expertise.objects.select_related("kim", "institution").filter(pk__lt=2**62), pk=pk)
    user = person(request)
    may = speaks_for(user, row.owner) or user.is_superuser or user.has_role(OFFICERS, row.area_codes)
    if not may and not row.partnerships.shown_to_partner(user).exists():
        raise Http404
    proof = get_object_or_404(row.evidence.select_related("file"), file=document_id)
    assert proof.file is not None
    return document_response(proof.file, public=False)
