"""Reports that come on paper or by word of mouth: the blank form, filing for a neighbour, the strip to hand back."""

from __future__ import annotations

import dataclasses
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Role, User
from regions.models import Area, AreaPolicy, code_prefixes
from reports import cookies
from reports.forms import FilingForm, NeighbourForm
from reports.models import Actor, Category, ReportPhoto
from reports.models.filing import Filed, OtherContent, file_report
from reports.permissions import can_file_for_others, kim_in_charge
from reports.views.filing import OTHER_CONTENT, drop_draft_photos, is_served, keep_draft_photos, receipt_context

NOT_YOURS = "{area} di luar wilayah tugas Anda. Laporan dari sana dicatat petugas setempat."


@login_not_required
@require_http_methods(["GET", "HEAD"])
def paper_form(request: HttpRequest) -> HttpResponse:
    """The blank form to print, in the words of the one on the screen."""
    context = {
        "form": FilingForm(),
        "categories": Category.objects.in_use(),
        "policy": AreaPolicy.for_area(""),
        "track_address": f"{settings.SITE_URL}/laporan/lacak/",
    }
    return render(request, "reports/paper/paper_form.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def neighbour_create(request: HttpRequest) -> HttpResponse:
    """An officer or a KIM writes down what a person tells; the person takes the code home on paper."""
    user = request.user
    if not isinstance(user, User) or not can_file_for_others(user):
        raise PermissionDenied
    if request.method != "POST":
        return show(request, NeighbourForm.blank())
    form = NeighbourForm.for_post(request.POST, request.FILES)
    is_valid = form.is_valid() and is_own_area(user, form)
    drop_draft_photos(request, form)
    keep_draft_photos(form)
    if not is_valid or form.errors:
        return show(request, form, status=422)
    try:
        filed = file_for(user, form)
    except OtherContent:
        return offer_new_key(request, form)
    response = redirect("reports:neighbour_receipt")
    cookies.remember(response, filed.code)
    return response


def is_own_area(user: User, form: FilingForm) -> bool:
    area: Area = form.cleaned_data["area"]
    if user.has_role(Role.REPORT_COORDINATOR, code_prefixes(area.code)):
        return True
    if not kim_in_charge(user).filter(area=area).exists():
        form.add_error("area", NOT_YOURS.format(area=area.label))
        return False
    return is_served(form)


def file_for(user: User, form: FilingForm) -> Filed:
    """The officer or the KIM stands in the history, never as the reporter."""
    area: Area = form.cleaned_data["area"]
    source, codes = form.cleaned_data["source"], code_prefixes(area.code)
    kim = None if user.has_role(Role.REPORT_COORDINATOR, codes) else kim_in_charge(user).filter(area=area).first()
    if kim:
        by = Actor(kim.name, user)
        return file_report(dataclasses.replace(form.filing(), source=source, filed_by=by, kim=kim))
    own = [grant.area for grant in user.grants if grant.role == Role.REPORT_COORDINATOR and grant.area_id in codes]
    nearest = max((area for area in own if area), key=lambda area: len(area.code), default=None)
    by = Actor.officer(user, nearest.label if nearest else "")
    return file_report(dataclasses.replace(form.filing(), source=source, filed_by=by))


def offer_new_key(request: HttpRequest, form: FilingForm) -> HttpResponse:
    """The key was used for other content: nothing typed is lost, and no code is shown."""
    data = form.sent.copy()
    data["submission_id"] = str(uuid4())
    fresh = NeighbourForm.for_post(data, None)
    fresh.add_error(None, OTHER_CONTENT)
    return show(request, fresh, status=409)


def show(request: HttpRequest, form: FilingForm, status: int = 200) -> HttpResponse:
    drafts = ReportPhoto.objects.drafts_of(form["submission_id"].value())
    context: dict[str, Any] = {"form": form, "draft_photos": drafts, "is_officer": is_staff(request)}
    return render(request, "reports/paper/neighbour_create.html", context, status=status)


def is_staff(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.is_staff


@never_cache
@require_http_methods(["GET", "HEAD"])
def neighbour_receipt(request: HttpRequest) -> HttpResponse:
    """The strip with the code, to print and tear off. It opens only in the browser that filed, for half an hour."""
    user = request.user
    if not isinstance(user, User) or not can_file_for_others(user):
        raise PermissionDenied
    found = cookies.remembered_report(request)
    if not found:
        return render(request, "reports/receipt_gone.html", status=404)
    report, code = found
    return render(request, "reports/paper/neighbour_receipt.html", receipt_context(request, report, code))
