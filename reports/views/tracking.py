"""Following one report: by its code in this browser, or as the signed-in person who filed it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.limits import count, hit, network_digest
from reports import codes, cookies
from reports.forms import LONGEST_TYPED, CodeForm, LostCodeForm, ReplyForm
from reports.models import Actor, Audience, RecoveryRequest, Report, ReportEvent
from reports.models.recovery import use_recovery_link
from reports.workflow import STEP_OF, STEPS, HoldReason, Status, can_move

WRONG_CODE = "Kode tidak ditemukan. Periksa lagi huruf dan angkanya."
TOO_MANY = "Terlalu banyak percobaan. Tunggu satu jam, lalu coba lagi."
TRIES_AN_HOUR = 10
NETWORK_TRIES_AN_HOUR = 200  # a whole village may share one address
HOUR = 3600


def tracking_keys(request: HttpRequest) -> list[tuple[str, int]]:
    network = network_digest(request)
    return [(cookies.browser_key(request, network), TRIES_AN_HOUR), (network, NETWORK_TRIES_AN_HOUR)]


def is_blocked(request: HttpRequest) -> bool:
    return any(count("tracking", key, HOUR) >= limit for key, limit in tracking_keys(request))


def note_failure(request: HttpRequest) -> None:
    for key, limit in tracking_keys(request):
        hit("tracking", key, limit=limit, seconds=HOUR)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_track(request: HttpRequest) -> HttpResponse:
    """Unknown, malformed and ended codes get the same answer, byte for byte but for what was typed."""
    if request.method != "POST":
        return render(request, "reports/report_track.html", {"form": CodeForm()})
    form = CodeForm(request.POST)
    if not request.POST.get("code", "").strip():
        return render(request, "reports/report_track.html", {"form": form}, status=422)
    if is_blocked(request):
        return render(request, "reports/report_track.html", {"form": refused(request, TOO_MANY)}, status=429)
    code = codes.normalize_code(form.cleaned_data["code"]) if form.is_valid() else None
    if code is None or not Report.objects.filter(code_digest=codes.code_digest(code)).exists():
        note_failure(request)
        return render(request, "reports/report_track.html", {"form": refused(request, WRONG_CODE)}, status=404)
    response = redirect("reports:report_status")
    cookies.remember(response, code)
    return response


def refused(request: HttpRequest, sentence: str) -> CodeForm:
    """What was typed, to be mended, with the one sentence for every wrong code. It tells nothing but what was typed."""
    form = CodeForm({"code": request.POST["code"].replace("\0", "")[:LONGEST_TYPED]})
    form.errors.clear()
    form.add_error("code", sentence)
    return form


def with_report(view: Callable[[HttpRequest, Report], HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the view the report of this browser's cookie, or of the signed-in owner when the address names one."""

    @login_not_required
    @never_cache
    def wrapper(request: HttpRequest, public_id: str = "") -> HttpResponse:
        if public_id:
            report = own_report(request, public_id)
        else:
            found = cookies.remembered_report(request)
            report = found[0] if found else None
        if report is None:
            return render(request, "reports/receipt_gone.html", status=404)
        return view(request, report)

    return wrapper


def own_report(request: HttpRequest, public_id: str) -> Report | None:
    if not request.user.is_authenticated:
        return None
    own = Report.objects.owned_by(request.user)
    return own.filter(public_id=public_id.replace("\0", "")).select_related("area", "category", "institution").first()


def back(public_id: str) -> HttpResponse:
    return redirect("reports:own_report", public_id) if public_id else redirect("reports:report_status")


def status_context(report: Report, public_id: str = "", form: ReplyForm | None = None) -> dict[str, Any]:
    events = [
        event
        for event in report.events.select_related("text_row").order_by("-sequence")
        if event.audience != Audience.PRIVATE
    ]
    is_question, can_confirm = report.hold_reason == HoldReason.QUESTION, can_move(report.status, Status.CLOSED)
    needs_reporter = is_question or can_confirm
    return {
        "report": report,
        "events": events,
        "needs_reporter": needs_reporter,
        "last_word": last_word(events) if needs_reporter else None,
        "steps": STEPS,
        "step": STEP_OF[Status(report.status)],
        "photos": list(report.photos.select_related("image")),
        "reply_form": form or ReplyForm(),
        "is_question": is_question,
        "can_confirm": can_confirm,
        "can_dispute": can_move(report.status, Status.DISPUTED),
        "own_id": public_id,
    }


def last_word(events: list[ReportEvent]) -> ReportEvent | None:
    """The newest question or answer, so that the reporter reads it where the reply is written."""
    return next((event for event in events if event.text and (event.is_question or event.action == "answered")), None)


@require_http_methods(["GET", "HEAD"])
@with_report
def report_status(request: HttpRequest, report: Report) -> HttpResponse:
    return show_status(request, report)


def show_status(request: HttpRequest, report: Report, form: ReplyForm | None = None, status: int = 200) -> HttpResponse:
    context = status_context(report, address_id(request), form)
    return render(request, "reports/report_status.html", context, status=status)


def address_id(request: HttpRequest) -> str:
    """The public id in the address of "Laporan saya"; empty when the cookie names the report."""
    return str(request.resolver_match.kwargs.get("public_id", "")) if request.resolver_match else ""


@require_POST
@with_report
def report_reply(request: HttpRequest, report: Report) -> HttpResponse:
    """One form, three buttons: add information, say it is done, say it is not."""
    action = request.POST.get("action", "add")
    form = ReplyForm(request.POST)
    if action != "confirm" and not form.is_valid():
        return show_status(request, report, form, status=422)
    try:
        sentence = act(report, action, form)
    except ValidationError as error:
        form.is_valid()
        form.add_error(None, error.messages[0])
        return show_status(request, report, form, status=409)
    messages.success(request, sentence)
    return back(address_id(request))


def act(report: Report, action: str, form: ReplyForm) -> str:
    if action == "confirm":
        report.confirm()
        return "Terima kasih. Laporan ini selesai."
    if action == "dispute":
        report.dispute(text=form.cleaned_data["text"])
        return "Laporan akan ditinjau lagi."
    if action == "unhide":
        report.lower_secrecy(by=Actor.reporter(), text=form.cleaned_data["text"])
        return "Laporan tidak lagi rahasia."
    report.add_information(text=form.cleaned_data["text"])
    return "Keterangan Anda sudah ditambahkan."


@require_http_methods(["GET", "HEAD"])
@never_cache
def own_reports(request: HttpRequest) -> HttpResponse:
    """ "Laporan saya": what the signed-in person filed without ticking "Anonim"."""
    own = Report.objects.owned_by(request.user)  # type: ignore[arg-type]  # signed in
    rows = own.select_related("area", "category").order_by("-created_at", "-id")[:100]
    return render(request, "reports/own_reports.html", {"reports": rows})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code_lost(request: HttpRequest) -> HttpResponse:
    """A link to a new code, to the e-mail given with the report; the same answer whether it is known or not."""
    form = LostCodeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "reports/code_lost.html", {"form": form}, status=422 if form.errors else 200)
    address = form.cleaned_data["email"].lower()
    if not hit("code_lost", address, limit=3, seconds=HOUR):
        RecoveryRequest.objects.create(email=address)
    return render(request, "reports/code_lost_sent.html")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code_new(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing (mail scanners open links); the button does."""
    if request.method != "POST":
        return render(request, "reports/code_new.html", {"token": token})
    code = use_recovery_link(token)
    if code is None:
        return render(request, "reports/code_link_used.html", status=404)
    response = redirect("reports:receipt")
    cookies.remember(response, code)
    return response
