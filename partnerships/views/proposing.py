"""Proposing a partnership: the other side, the basis, then the terms; and changing terms nobody has agreed to."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Case, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Institution
from groups.forms.fields import add_errors
from groups.models import Kim
from groups.models.searching import MOST_WORDS, with_words
from partnerships.forms.terms import FORMS, PartnerSearchForm, TermsForm, stored_terms
from partnerships.models import TRAITS, Basis, Meeting, Partnership, Side, StalePartnership
from partnerships.models.record import ORDER
from partnerships.quotas import counted, status_of
from partnerships.views.sides import Owner, bound, expertise_path, own, owner_of, owners_of, person, propose_path
from regions.paging import keyset_page

MOST_FOUND = 20


@never_cache
@require_safe
def own_partnerships(request: HttpRequest) -> HttpResponse:
    """Everything in which this person speaks for a side, and for whom they may propose."""
    user = person(request)
    rows = Partnership.objects.of_side(user).with_sides()
    page = keyset_page(rows, request.GET.get("cursor"), order=ORDER)
    owners = [(owner, propose_path(owner), expertise_path(owner)) for owner in owners_of(user)]
    return render(request, "partnerships/own_partnerships.html", {"page": page, "owners": owners})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def kim_propose(request: HttpRequest, slug: str) -> HttpResponse:
    return propose(request, owner_of(request, slug=slug))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def institution_propose(request: HttpRequest, pk: int) -> HttpResponse:
    return propose(request, owner_of(request, pk=pk))


def propose(request: HttpRequest, owner: Owner) -> HttpResponse:
    """Three steps at one address: `mitra` or `kim` names the other side, `dasar` the basis; then the terms."""
    other, basis = other_side(request, owner), request.GET.get("dasar", "")
    context: dict[str, Any] = {"owner": owner, "other": other, "here": propose_path(owner)}
    if other is None:
        return choose_partner(request, context)
    if basis not in Basis.values:
        context |= {"traits": [(code, Basis(code).label, TRAITS[code]) for code in Basis.values]}
        return render(
            request, "partnerships/choose_basis.html", context, status=422 if request.method == "POST" else 200
        )
    first, second, side = arrange(owner, other)
    form = FORMS[basis](bound(request)[0], first=first, second=second, side=side, initial=taken_up(request))
    if request.method == "POST" and form.is_valid() and (row := send(form, first, second, side, request)):
        messages.success(request, f"Usulan terkirim. {other} diminta menjawab.")
        return redirect(row)
    return terms_page(request, form, first, second, back=context["here"], title="Usulkan kemitraan", button="Usulkan")


def other_side(request: HttpRequest, owner: Owner) -> Owner | None:
    """A KIM's partner is an institution; an institution's is another one or a KIM."""
    number, slug = request.GET.get("mitra", ""), request.GET.get("kim", "").replace("\0", "")
    if number.isdecimal() and len(number) < 18:
        rows = Institution.objects.in_use().select_related("area").filter(pk=int(number))
        return rows.exclude(pk=owner.pk).first() if isinstance(owner, Institution) else rows.first()
    if slug and isinstance(owner, Institution):
        return Kim.objects.listed().active().select_related("area").filter(slug=slug).first()
    return None


def choose_partner(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """By any words of the name, everywhere; before a word is typed, those of one's own regency."""
    form = PartnerSearchForm(request.GET or None)
    words = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    context |= {"form": form, "words": words, "institutions": institutions_for(context["owner"], words)[:MOST_FOUND]}
    if isinstance(context["owner"], Institution) and words:
        kims = with_words(Kim.objects.listed().active().select_related("area"), words)
        context["kims"] = kims.order_by("folded", "id")[:MOST_FOUND]
    status = 422 if request.method == "POST" else 200
    return render(request, "partnerships/choose_partner.html", context, status=status)


def institutions_for(owner: Owner, words: str) -> QuerySet[Institution]:
    """Every word is somewhere in the name or its area's; before a word is typed, those around the owner."""
    rows = Institution.objects.in_use().exclude(pk=own_key(owner)).select_related("area")
    is_near = Q(district_code=owner.district_code) if owner.district_code else Q(pk__in=[])
    far = Case(When(is_near, then=Value(0)), default=Value(1))
    return (named(rows, words) if words else around(owner, rows)).order_by(far, "name", "id")


def named(rows: QuerySet[Institution], words: str) -> QuerySet[Institution]:
    for word in words.split()[:MOST_WORDS]:
        rows = rows.filter(Q(name__icontains=word) | Q(area__name__icontains=word))
    return rows


def around(owner: Owner, rows: QuerySet[Institution]) -> QuerySet[Institution]:
    """Those of the owner's regency; of its province, where it has no regency or the regency has nobody."""
    regency = rows.filter(regency_code=owner.regency_code) if owner.regency_code else rows.none()
    near = regency if regency.exists() else rows.filter(province_code=owner.province_code)
    return near if near.exists() else rows


def came_to(meeting: Meeting | None) -> QuerySet[Institution]:
    """The registered institutions that were at a meeting: the likely parties of what it hopes for."""
    rows = Institution.objects.in_use().select_related("area").order_by("name", "id")
    return rows.filter(pk__in=meeting.attendance.values("institution")) if meeting else rows.none()


def own_key(owner: Owner) -> int:
    return owner.pk if isinstance(owner, Institution) else 0


def arrange(owner: Owner, other: Owner) -> tuple[Owner, Institution, Side]:
    """A KIM is always the first side, whoever proposes."""
    if isinstance(other, Kim):
        assert isinstance(owner, Institution)
        return other, owner, Side.PARTNER
    return owner, other, Side.FIRST


def taken_up(request: HttpRequest) -> dict[str, Any]:
    """The terms of an earlier partnership of one's own, to be proposed again: all but its days."""
    key = request.GET.get("lanjutkan", "").replace("\0", "")[:10]
    row = Partnership.objects.of_side(person(request)).select_related("forum").filter(public_id=key).first()
    old = stored_terms(row) if key and row else {}
    return {name: value for name, value in old.items() if name not in {"starts_on", "ends_on", "first_on", "until"}}


def send(form: TermsForm, first: Owner, second: Institution, side: Side, request: HttpRequest) -> Partnership | None:
    user = person(request)
    try:
        with counted("partnership_proposal", user):
            return Partnership.propose(first, second, side=side, by=user, **form.values())
    except ValidationError as error:
        add_errors(form, error)
        return None


def terms_page(request: HttpRequest, form: TermsForm, first: Owner, second: Owner, **context: Any) -> HttpResponse:
    status = context.pop("status", status_of(form))
    context |= {"form": form, "first": first, "second": second, "traits": TRAITS[form.basis]}
    context["basis_label"] = Basis(form.basis).label
    return render(request, "partnerships/terms.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def terms_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Other terms, while both have not agreed. `dasar` asks for another basis."""
    row, side = own(request, public_id)
    basis = request.GET.get("dasar", row.basis)
    make = FORMS[basis if basis in Basis.values else row.basis]
    sides: dict[str, Any] = {"first": row.first, "second": row.second}
    form = make(bound(request)[0], **sides, side=side, initial=stored_terms(row))
    more: dict[str, Any] = {"title": "Ubah isi kemitraan", "button": "Simpan dan minta persetujuan"}
    more["back"] = row.get_absolute_url()
    bases = [(code, label) for code, label in Basis.choices if code != form.basis]
    if request.method != "POST" or not form.is_valid():
        return terms_page(request, form, **sides, **more, row=row, bases=bases)
    try:
        version = form.cleaned_data["terms_version"] or 0
        with counted("partnership_proposal", person(request)):
            row.change_terms(side=side, by=person(request), terms_version=version, **form.values())
    except StalePartnership:
        return stale_terms(request, form, sides, {**more, "row": row, "bases": bases})
    except ValidationError as error:
        add_errors(form, error)
        return terms_page(request, form, **sides, **more, row=row, bases=bases)
    messages.success(request, "Tersimpan. Pihak lain diminta menjawab isi yang baru.")
    return redirect(row)


def stale_terms(request: HttpRequest, form: TermsForm, sides: dict[str, Any], more: dict[str, Any]) -> HttpResponse:
    """Somebody else was faster: what is stored now stands above, what was typed stays, a second press stores it."""
    row = Partnership.objects.with_sides().select_related("forum", "legal_basis").get(pk=more["row"].pk)
    form.data = request.POST.copy()
    form.data["terms_version"] = str(row.terms_version)
    return terms_page(request, form, **sides, **{**more, "row": row}, is_stale=True, status=409)
