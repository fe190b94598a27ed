"""What a person sees about themselves: account, rights, consent, own data, invitations."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from accounts import personal_data
from accounts.forms import DataRequestForm, ProfileForm, PublicDataRequestForm
from accounts.limits import hit, network_digest
from accounts.models import Consent, DataRequest, Invitation, Purpose, Role, Sector, User
from accounts.notifications import CONFIRM_SALT
from accounts.offers import offers_for
from accounts.permissions import can_accept, can_withdraw

DAY = 24 * 3600
CONFIRM_SECONDS = 7 * DAY
REQUESTS_A_DAY = 3  # one address; enough for any person, too few to flood somebody else's mailbox
REQUESTS_A_NETWORK = 100  # a whole village shares one address


def person(request: HttpRequest) -> User:
    """The signed-in user, for the type checker: LoginRequiredMiddleware let nobody else in."""
    return cast("User", request.user)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    user = User.objects.get(pk=person(request).pk)  # a form that fails leaves its values on the row it was given
    form = ProfileForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Perubahan tersimpan.")
        return redirect("accounts:overview")
    grants = user.role_grants.select_related("area", "institution").order_by("-valid_from", "-id")
    roles = {grant.role for grant in user.grants}
    keeps_library = Role.LIBRARIAN in roles or any(
        grant.institution and grant.institution.sector == Sector.LIBRARY for grant in user.grants
    )
    context = {"form": form, "grants": grants, "keeps_library": keeps_library, "offers": offers_for(user)}
    return render(request, "accounts/overview.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_data(request: HttpRequest) -> HttpResponse:
    user = person(request)
    form = DataRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if hit("data_request", str(user.pk), limit=10, seconds=DAY):
            form.add_error(None, "Anda sudah mengajukan 10 permintaan hari ini. Lanjutkan besok.")
        else:
            DataRequest.file(form.cleaned_data["kind"], form.cleaned_data["text"], user=user)
            messages.success(request, "Permintaan Anda kami terima. Jawaban paling lambat 72 jam lagi.")
            return redirect("accounts:my_data")
    context = {"form": form, "requests": user.data_requests.all()[:20], "consents": user.consents.order_by("-given_at")}
    return render(request, "accounts/my_data.html", context)


@never_cache
@require_GET
def data_copy(request: HttpRequest) -> HttpResponse:
    """Everything held about oneself, as a file a machine can read (UU 27/2022 arts. 7 and 13)."""
    content = {"dibuat pada": timezone.now(), **personal_data.copy_of(person(request))}
    response = JsonResponse(content, encoder=DjangoJSONEncoder, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="data-saya.json"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def consent_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    user = person(request)
    consent = get_object_or_404(Consent, pk=pk, user=user)
    if not can_withdraw(user, consent):
        messages.info(request, "Persetujuan ini sudah ditarik.")
        return redirect("accounts:my_data")
    if request.method != "POST":
        ends_account = consent.purpose == Purpose.ACCOUNT
        return render(request, "accounts/consent_withdraw.html", {"consent": consent, "ends_account": ends_account})
    consent.withdraw(user)
    if consent.purpose == Purpose.ACCOUNT:
        logout(request)
    messages.success(request, "Persetujuan ditarik, berlaku sekarang juga.")
    return redirect("accounts:my_data" if request.user.is_authenticated else "/")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def data_request(request: HttpRequest) -> HttpResponse:
    """For people without an account. Nothing here looks an address up, so nothing can tell whether it is known."""
    form = PublicDataRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if hit("data_request_network", network_digest(request), limit=REQUESTS_A_NETWORK, seconds=3600):
            form.add_error(None, "Terlalu banyak permintaan dari jaringan ini. Coba lagi satu jam lagi.")
            return render(request, "accounts/data_request.html", {"form": form}, status=429)
        email = form.cleaned_data["email"].lower()
        if not hit("data_request_mail", email, limit=REQUESTS_A_DAY, seconds=DAY):
            DataRequest.file(form.cleaned_data["kind"], form.cleaned_data["text"], email=email)
        return redirect("accounts:data_request_sent")
    return render(request, "accounts/data_request.html", {"form": form})


@login_not_required
@require_safe
def data_request_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/data_request_sent.html")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def data_request_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the receipt: pressing the button shows that the address belongs to whoever asked."""
    try:
        key = signing.loads(token, salt=CONFIRM_SALT, max_age=CONFIRM_SECONDS)
    except signing.BadSignature as error:
        raise Http404 from error
    row = get_object_or_404(DataRequest, pk=key)
    if request.method == "POST":
        row.confirm()
    return render(request, "accounts/data_request_confirm.html", {"data_request": row})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Explains what is offered; accepted by the signed-in holder of the invited address, once."""
    offer = Invitation.find(token)
    if offer is None:
        raise Http404
    user = request.user
    if offer.grant and offer.grant.user_id == user.pk:
        messages.info(request, "Undangan ini sudah Anda terima.")
        return redirect("accounts:overview")
    may = isinstance(user, User) and offer.is_open and can_accept(user, offer)
    if request.method != "POST":
        return render(request, "accounts/invitation.html", {"invitation": offer, "may_accept": may})
    if not may:
        raise PermissionDenied
    try:
        offer.accept(person(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("accounts:invitation", token)
    messages.success(request, f"Anda sekarang memegang peran {offer.get_role_display()}.")
    return redirect("accounts:overview")
