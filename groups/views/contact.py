"""Writing to a KIM without learning anybody's phone number or address."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.limits import hit, network_digest
from groups.forms.contact import HONEYPOT, ContactForm
from groups.models import Kim
from groups.views.registry import signed_in, visible_kim

DAY = 24 * 3600
FROM_ONE_ADDRESS = 10
TO_ONE_KIM = 100  # more would only fill its admins' mailboxes
FROM_ONE_NETWORK = 200  # a whole village shares one address
LIMIT_REACHED = "Hari ini sudah terlalu banyak pesan terkirim. Pesan Anda belum terkirim: salin dulu, lalu kirim besok."
NOT_SENT = 429


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def kim_contact(request: HttpRequest, slug: str) -> HttpResponse:
    kim, user = visible_kim(request, slug), signed_in(request)
    initial = {"name": user.name, "email": user.email} if user else {}
    form = ContactForm(request.POST if request.method == "POST" else None, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            if not is_over_limit(request, kim, form):
                return send(request, kim, form)
            form.add_error(None, ValidationError(LIMIT_REACHED))
            status = NOT_SENT
    context = {"kim": kim, "form": form, "honeypot": HONEYPOT, "can_receive": bool(kim.mailboxes())}
    return render(request, "groups/kim_contact.html", context, status=status)


def is_over_limit(request: HttpRequest, kim: Kim, form: ContactForm) -> bool:
    sender = form.cleaned_data["email"].lower()
    hits = [
        hit("kim_contact", sender, limit=FROM_ONE_ADDRESS, seconds=DAY),
        hit("kim_contact_to", str(kim.pk), limit=TO_ONE_KIM, seconds=DAY),
        hit("kim_contact_network", network_digest(request), limit=FROM_ONE_NETWORK, seconds=DAY),
    ]
    return any(hits)


def send(request: HttpRequest, kim: Kim, form: ContactForm) -> HttpResponse:
    data = form.cleaned_data
    if not kim.receive_letter(data["name"], data["email"], data["text"]):
        form.add_error(None, "KIM ini belum punya penerima pesan di portal. Pesan Anda belum terkirim.")
        context = {"kim": kim, "form": form, "honeypot": HONEYPOT, "can_receive": False}
        return render(request, "groups/kim_contact.html", context, status=409)
    messages.success(request, f"Pesan Anda sudah kami teruskan kepada {kim.name}. Balasannya lewat e-mail.")
    return redirect("groups:kim_detail", kim.slug)
