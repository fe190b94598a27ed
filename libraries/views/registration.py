"""A resident takes a place in a session, finds it again by a code, gives it back. No account, no JavaScript."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.limits import count, hit, network_digest
from groups.forms.contact import HONEYPOT
from groups.forms.fields import add_errors
from groups.views.registry import signed_in
from libraries import codes
from libraries.forms.registration import CodeForm, RegistrationForm
from libraries.models import ActivitySession, OtherContent, Registration
from libraries.views.agenda import visible_activity

DAY, HOUR = 24 * 3600, 3600
FROM_ONE_BROWSER = 10
FROM_ONE_NETWORK = 200  # a whole village may share one address
WRONG_CODES_AN_HOUR = 60
OTHER_CONTENT = "Formulir ini sudah pernah terkirim dengan isi lain. Periksa lagi, lalu kirim sebagai pendaftaran baru."
WRONG_CODE = "Kode tidak ditemukan. Periksa lagi huruf dan angkanya. Sesudah banyak percobaan, tunggu satu jam."


def visible_session(request: HttpRequest, slug: str, public_id: str, pk: int) -> ActivitySession:
    row = visible_activity(request, slug, public_id)
    session = get_object_or_404(row.sessions.with_taken(), pk=pk)
    session.activity = row
    return session


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def registration_create(request: HttpRequest, slug: str, public_id: str, pk: int) -> HttpResponse:
    session = visible_session(request, slug, public_id, pk)
    form = RegistrationForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return show_form(request, session, form)
    if not form.is_valid():
        return show_form(request, session, form, status=422)
    entry = form.entry(user=signed_in(request), is_held=looks_automatic(request, form))
    try:
        taken = Registration.take(session, entry)
    except OtherContent:
        return offer_new_key(request, session)
    except ValidationError as error:
        add_errors(form, error)
        return show_form(request, session, form, status=409)
    return redirect("libraries:registration_own", codes.display(taken.code))


def looks_automatic(request: HttpRequest, form: RegistrationForm) -> bool:
    """It never refuses anybody: the librarian looks first. Addresses are counted as digests that change every day."""
    network = network_digest(request)
    browser = f"{request.COOKIES.get(settings.CSRF_COOKIE_NAME, '')}|{network}"
    over = [
        hit("registration", browser, limit=FROM_ONE_BROWSER, seconds=DAY),
        hit("registration_network", network, limit=FROM_ONE_NETWORK, seconds=DAY),
    ]
    return form.looks_automatic or any(over)


def offer_new_key(request: HttpRequest, session: ActivitySession) -> HttpResponse:
    """409 without any code: whoever holds only the key must not learn it. What was typed stays, under a new key."""
    data = request.POST.copy()
    data["submission_id"] = str(uuid4())
    fresh = RegistrationForm(data)
    fresh.add_error(None, OTHER_CONTENT)
    return show_form(request, session, fresh, status=409)


def show_form(
    request: HttpRequest, session: ActivitySession, form: RegistrationForm, status: int = 200
) -> HttpResponse:
    context = {"session": session, "row": session.activity, "form": form, "honeypot": HONEYPOT}
    return render(request, "libraries/registration_create.html", context, status=status)


# --- One's own registration ------------------------------------------------------------------------------------------
def own_registration(request: HttpRequest, typed: str) -> Registration | None:
    """The one with this code. Guesses are counted; after too many of them nothing is found for an hour."""
    network = network_digest(request)
    code = codes.normalize(typed)
    if code is None or count("registration_code", network, HOUR) >= WRONG_CODES_AN_HOUR:
        return None
    row = Registration.objects.with_session().filter(code_digest=codes.code_digest(code)).first()
    if row is None:
        hit("registration_code", network, limit=WRONG_CODES_AN_HOUR, seconds=HOUR)
    return row


def not_found(request: HttpRequest) -> HttpResponse:
    return render(request, "libraries/registration_find.html", {"form": CodeForm(), "is_gone": True}, status=404)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def registration_find(request: HttpRequest) -> HttpResponse:
    """Type the code; unknown, malformed and ended codes get the same answer."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        code = form.cleaned_data["code"]
        if own_registration(request, code):
            return redirect("libraries:registration_own", codes.display(codes.normalize(code) or ""))
        form.add_error("code", WRONG_CODE)
    status = 422 if form.is_bound else 200
    return render(request, "libraries/registration_find.html", {"form": form}, status=status)


@login_not_required
@never_cache
@require_safe
def registration_own(request: HttpRequest, code: str) -> HttpResponse:
    row = own_registration(request, code)
    if row is None:
        return not_found(request)
    plain = codes.normalize(code) or ""
    address = reverse("libraries:registration_own", args=[codes.display(plain)])
    context = {
        "registration": row,
        "session": row.session,
        "row": row.session.activity,
        "code": codes.display(plain),
        "link": f"{settings.SITE_URL}{address}",
    }
    return render(request, "libraries/registration_own.html", context)


@login_not_required
@never_cache
@require_POST
def registration_cancel(request: HttpRequest, code: str) -> HttpResponse:
    row = own_registration(request, code)
    if row is None:
        return not_found(request)
    row.cancel()
    messages.success(request, "Pendaftaran dibatalkan. Nama dan kontak Anda sudah dihapus.")
    return redirect("libraries:registration_own", code)


@login_not_required
@never_cache
@require_POST
def registration_contact(request: HttpRequest, code: str) -> HttpResponse:
    """Withdraw the consent to be reached, and keep the place."""
    row = own_registration(request, code)
    if row is None:
        return not_found(request)
    row.drop_contact()
    messages.success(request, "Kontak Anda sudah dihapus. Tempat Anda tetap.")
    return redirect("libraries:registration_own", code)
