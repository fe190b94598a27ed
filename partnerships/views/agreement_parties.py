"""Who else stands behind an agreement: looked up by name, added and taken off while it is drafted."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Institution, User
from groups.models import Kim
from groups.models.searching import with_words
from partnerships.forms.terms import PartnerSearchForm
from partnerships.models import Agreement, AgreementParty, Side
from partnerships.views.agreements import own_agreement
from partnerships.views.proposing import came_to, named
from partnerships.views.sides import person, told

MOST_FOUND = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_parties(request: HttpRequest, pk: int) -> HttpResponse:
    side, agreement = own_agreement(request, pk)
    if request.method == "POST":
        try:
            messages.success(request, changed(agreement, side, request.POST, person(request)))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect(request.path)
    form = PartnerSearchForm(request.GET or None)
    words = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    parties = agreement.parties.select_related("kim", "institution__merged_into")
    context = {"agreement": agreement, "form": form, "words": words, "parties": parties}
    if words:
        kims = with_words(Kim.objects.listed().active().select_related("area"), words)
        context["kims"] = kims.order_by("folded", "id")[:MOST_FOUND]
    context["found"] = may_join(agreement, words)[:MOST_FOUND]
    return render(request, "partnerships/agreement_parties.html", context)


def may_join(agreement: Agreement, words: str) -> QuerySet[Institution]:
    """By any words of the name or area; before a word is typed, who came to the meeting that hopes for it."""
    here = [agreement.partner_id, agreement.institution_id, *agreement.parties.values_list("institution", flat=True)]
    rows: QuerySet[Institution] = Institution.objects.in_use().select_related("area").order_by("name", "id")
    rows = named(rows, words) if words else came_to(agreement.meeting)
    return rows.exclude(pk__in=[pk for pk in here if pk])


def changed(agreement: Agreement, side: Side, data: dict[str, str], by: User) -> str:
    """Add the KIM or institution, or take the party off, whose number was sent; says what was done."""
    party = agreement.parties.filter(pk=number(data, "keluarkan")).first()
    if party:
        party.agreement = agreement
        party.leave(side, by=by)
    if data.get("keluarkan"):
        return "Pihak itu dikeluarkan."
    owner: Kim | Institution | None = Institution.objects.in_use().filter(pk=number(data, "lembaga")).first()
    owner = owner or Kim.objects.listed().active().filter(pk=number(data, "kim")).first()
    if owner is None:
        raise ValidationError("Pilih KIM atau lembaga dari hasil pencarian.")
    AgreementParty.join(agreement, owner, side, by=by)
    return f"{owner} menjadi pihak. {told(owner)}"


def number(data: dict[str, str], name: str) -> int:
    """The number sent under this name; 0, which no row has, for anything else."""
    typed = str(data.get(name) or "")
    return int(typed) if typed.isdecimal() and len(typed) < 18 else 0
