"""Who else stands behind an agreement: looked up by name, added and taken off while it is drafted."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Institution, User
from partnerships.forms.terms import PartnerSearchForm
from partnerships.models import Agreement, AgreementParty, Side
from partnerships.views.agreements import own_agreement
from partnerships.views.sides import person

MOST_FOUND = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_parties(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    row, side, agreement = own_agreement(request, public_id, pk)
    if request.method == "POST":
        try:
            messages.success(request, changed(agreement, side, request.POST, person(request)))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect(request.path)
    form = PartnerSearchForm(request.GET or None)
    words = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    found = Institution.objects.in_use().filter(name__icontains=words).select_related("area") if words else None
    parties = agreement.parties.select_related("institution__merged_into")
    context = {"row": row, "agreement": agreement, "form": form, "words": words, "parties": parties}
    context["found"] = found.order_by("name", "id")[:MOST_FOUND] if found is not None else None
    return render(request, "partnerships/agreement_parties.html", context)


def changed(agreement: Agreement, side: Side, data: dict[str, str], by: User) -> str:
    """Add the institution, or take the party off, whose number was sent; says what was done."""
    number, leaving = (str(data.get(name) or "") for name in ("lembaga", "keluarkan"))
    if leaving.isdecimal() and len(leaving) < 18:
        party = agreement.parties.filter(pk=int(leaving)).first()
        if party:
            party.agreement = agreement
            party.leave(side, by=by)
        return "Pihak itu dikeluarkan."
    rows = Institution.objects.in_use()
    institution = rows.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
    if institution is None:
        raise ValidationError("Pilih lembaga dari hasil pencarian.")
    return f"{AgreementParty.join(agreement, institution, side, by=by)} menjadi pihak."
