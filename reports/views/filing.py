"""Filing: the form, the check step, the receipt."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from regions.models import Area, AreaPolicy
from reports import codes, cookies
from reports.forms import FilingForm, PhotoForm
from reports.intake import HONEYPOT, STARTED, looks_automatic, start_stamp
from reports.models import Report, ReportPhoto
from reports.models.filing import Filed, OtherContent, file_report, office_for, offices
from reports.models.photo import NoRoom

OTHER_CONTENT = "Formulir ini sudah pernah terkirim dengan isi lain. Periksa lagi, lalu kirim sebagai laporan baru."
NOT_SERVED = "{area} belum melayani laporan di sini. Pakai lapor.go.id atau SMS ke 1708."


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_create(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return show_form(request, FilingForm.blank(area=request.GET.get("wilayah", "")))
    form = FilingForm.for_post(request.POST, request.FILES)
    is_valid = all([form.is_valid(), is_served(form)])  # both, so that nobody learns of an unserved area last
    drop_draft_photos(request, form)
    keep_draft_photos(form)
    if not is_valid or form.errors:
        return refuse_form(request, form)
    if request.POST.get("step") == "edit":
        return show_form(request, form)
    if request.POST.get("step") == "check":
        return render(request, "reports/report_check.html", check_context(form))
    return submit(request, form)


def is_served(form: FilingForm) -> bool:
    """Whether somebody receives reports from the chosen area; else the field says who does not."""
    area: Area | None = form.cleaned_data.get("area")
    if area is None or office_for(area.code):
        return True
    form.add_error("area", not_served(area))
    return False


def not_served(area: Area) -> str:
    regency = Area.objects.filter(pk=area.code[:5]).first()
    return NOT_SERVED.format(area=regency.name if regency else area.name)


def keep_draft_photos(form: FilingForm) -> None:
    """Photos are made safe and kept at once, even when another field is wrong: a browser never refills a file input."""
    submission_id = getattr(form, "cleaned_data", {}).get("submission_id")
    if not submission_id:
        return
    try:
        ReportPhoto.objects.keep(codes.submission_digest(submission_id), form.cleaned_data.get("photos") or [])
    except NoRoom as error:
        form.add_error("photos", error)


def drop_draft_photos(request: HttpRequest, form: FilingForm) -> None:
    positions = {int(value) for value in request.POST.getlist("drop_photo") if value in {"0", "1", "2"}}
    if positions:
        drafts = ReportPhoto.objects.drafts_of(getattr(form, "cleaned_data", {}).get("submission_id"))
        drafts.filter(position__in=positions).erase()


@login_not_required
@require_http_methods(["GET", "HEAD"])
def office(request: HttpRequest) -> JsonResponse:
    """For the form's script: a sentence when nobody receives reports from this area, else none."""
    area = Area.objects.filter(pk__in=[request.GET.get("area", "").replace("\0", "")]).first()
    served = area is None or office_for(area.code) is not None
    return JsonResponse({"text": "" if served or area is None else not_served(area)})


def submit(request: HttpRequest, form: FilingForm) -> HttpResponse:
    reporter = request.user if isinstance(request.user, User) else None
    try:
        filed = file_report(form.filing(user=reporter, is_held=looks_automatic(request)))
    except OtherContent:
        return offer_new_key(request, form)
    response = answer_filed(request, filed)
    cookies.remember(response, filed.code)
    return response


def answer_filed(request: HttpRequest, filed: Filed) -> HttpResponse:
    if not wants_json(request):
        return redirect("reports:receipt")
    body = {"tracking_code": codes.display_code(filed.code), "receipt_url": reverse("reports:receipt")}
    return JsonResponse(body, status=201 if filed.is_new else 200)


def refuse_form(request: HttpRequest, form: FilingForm) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"errors": form.errors}, status=422)
    return show_form(request, form, status=422)


def offer_new_key(request: HttpRequest, form: FilingForm) -> HttpResponse:
    """409 without any code: whoever holds only the key must not learn it. The text stays, under a new key."""
    if wants_json(request):
        return JsonResponse({"errors": {"submission_id": [OTHER_CONTENT]}}, status=409)
    data, key = form.sent.copy(), uuid4()
    data["submission_id"] = str(key)
    # Photos sent with this form go with it; under the old key they would take the places of the first report's.
    drafts = ReportPhoto.objects.drafts_of(form.cleaned_data["submission_id"])
    drafts.update(submission_digest=codes.submission_digest(key))
    fresh = FilingForm.for_post(data, None)
    fresh.add_error(None, OTHER_CONTENT)
    return show_form(request, fresh, status=409)


def show_form(request: HttpRequest, form: FilingForm, status: int = 200) -> HttpResponse:
    submission_id = form["submission_id"].value()
    area = getattr(form, "cleaned_data", {}).get("area")
    context: dict[str, Any] = {
        "form": form,
        "offices": offices(),
        "draft_photos": ReportPhoto.objects.drafts_of(submission_id),
        "honeypot": HONEYPOT,
        "started": (STARTED, start_stamp()),
        "policy": AreaPolicy.for_area(area.code if area else ""),
    }
    return render(request, "reports/report_create.html", context, status=status)


def check_context(form: FilingForm) -> dict[str, Any]:
    """The answers, what the public will see of them, and every value again in hidden inputs."""
    data = form.cleaned_data
    kept = [name for name in form.fields if name not in {"photos", "area"}]
    hidden = [("area", data["area"].code), *((name, value) for name in kept for value in form.sent.getlist(name))]
    category = data["category"]
    return {
        "form": form,
        "answers": data,
        "is_secret": data["is_secret"] or category.is_sensitive,
        "hidden": [*hidden, (HONEYPOT, form.sent.get(HONEYPOT, "")), (STARTED, form.sent.get(STARTED, ""))],
        "draft_photos": ReportPhoto.objects.drafts_of(data["submission_id"]),
        "office": office_for(data["area"].code),
    }


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def receipt(request: HttpRequest) -> HttpResponse:
    """The code, what happens next, by when and by whom. Without the cookie: how to find the report again."""
    found = cookies.remembered_report(request)
    if not found:
        return render(request, "reports/receipt_gone.html", status=404)
    report, code = found
    return render(request, "reports/receipt.html", receipt_context(request, report, code))


def receipt_context(request: HttpRequest, report: Report, code: str) -> dict[str, Any]:
    """The QR holds the code behind "#", which no server ever sees."""
    address = f"{settings.SITE_URL}{reverse('reports:report_track')}"
    link = f"{address}#{codes.display_code(code)}"
    svg = segno.make(link, error="m").svg_inline(scale=4, border=2, svgclass="qr", lineclass=None, omitsize=True)
    return {
        "report": report,
        "code": codes.display_code(code),
        "qr": mark_safe(svg),  # drawn by segno from an address we made  # nosec B308 B703
        "office": office_for(report.area_id),
        "track_address": address,
        "photos": list(report.photos.select_related("image")),
        "photo_form": PhotoForm(),
    }


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def receipt_text(request: HttpRequest) -> HttpResponse:
    """The receipt as a small text file, to keep on the phone. Its name tells nothing."""
    found = cookies.remembered_report(request)
    if not found:
        return render(request, "reports/receipt_gone.html", status=404)
    report, code = found
    context = receipt_context(request, report, code)
    response = render(request, "reports/receipt.txt", context, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="tanda-terima.txt"'
    return response


@login_not_required
@never_cache
@require_POST
def receipt_photo(request: HttpRequest) -> HttpResponse:
    """One more photo for the report this browser just filed; the same bytes again add nothing."""
    found = cookies.remembered_report(request)
    if not found:
        return render(request, "reports/receipt_gone.html", status=404)
    report, code = found
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            report.add_photos(form.cleaned_data["photos"])
        except NoRoom as error:
            form.add_error("photos", error)
    if wants_json(request):
        return JsonResponse(
            {"errors": form.errors} if form.errors else {"photos": report.photos.count()},
            status=422 if form.errors else 200,
        )
    if form.errors:
        context = {**receipt_context(request, report, code), "photo_form": form}
        return render(request, "reports/receipt.html", context, status=422)
    messages.success(request, "Foto sudah ditambahkan.")
    return redirect("reports:receipt")


@login_not_required
@require_POST
def receipt_forget(request: HttpRequest) -> HttpResponse:
    """A shared phone: take the report out of this browser now."""
    response = redirect("reports:report_track")
    cookies.forget(response)
    return response
