"""The page that takes a list of KIM: first it says what would happen, then, asked again, it does it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core import signing
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from groups.admin.page import officer
from groups.admin_forms import ListForm
from groups.imports import COLUMNS, Plan, plan_for, store, template_csv
from groups.imports.checking import MOST_ROWS
from groups.models import Kim

__all__ = ["import_list", "template_csv"]

SALT = "groups.import"
HOURS = 2 * 3600  # between looking at a list and taking it over
MOST_PACKED = 900_000  # letters; a form without files may be 1 MiB
MOST_FAULTS, MOST_SHOWN = 1000, 200
ENDED = "Pemeriksaan ini sudah lama atau milik orang lain. Pilih lagi berkasnya."
TOO_DENSE = "Berkas ini terlalu padat untuk sekali impor. Bagi daftarnya menjadi dua."


def import_list(request: HttpRequest, site: dict[str, Any]) -> HttpResponse:
    """GET: the form. POST with a file: what is wrong or what would be created. POST with "packed": take it over."""
    if request.method == "POST" and "packed" in request.POST:
        return take_over(request, site)
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    if not form.is_bound or not form.is_valid():
        return page(request, site, form)
    return dry_run(request, site, form.cleaned_data["file"])


def dry_run(request: HttpRequest, site: dict[str, Any], content: bytes) -> HttpResponse:
    """Nothing is written: the file travels with the page, packed and signed for this officer."""
    plan = plan_for(content, officer(request))
    packed = pack(content, request) if plan.is_ready else ""
    if len(packed) > MOST_PACKED:
        form = ListForm()
        form.full_clean()
        form.errors["file"] = form.error_class([TOO_DENSE])
        return page(request, site, form)
    return page(request, site, ListForm(), plan=plan, packed=packed)


def pack(content: bytes, request: HttpRequest) -> str:
    return signing.dumps([officer(request).pk, content.decode("latin-1")], salt=SALT, compress=True)


def unpack(request: HttpRequest) -> bytes | None:
    """The file that this officer saw checked; None for anything else."""
    try:
        key, text = signing.loads(request.POST["packed"], salt=SALT, max_age=HOURS)
    except signing.BadSignature:
        return None
    return text.encode("latin-1") if key == officer(request).pk else None


def take_over(request: HttpRequest, site: dict[str, Any]) -> HttpResponse:
    content = unpack(request)
    if content is None:
        messages.error(request, ENDED)
        return redirect("admin:groups_kim_import")
    plan = plan_for(content, officer(request))  # much may have happened since it was looked at
    if plan.is_ready:
        try:
            number = store(plan.rows, officer(request))
        except IntegrityError:  # the same list at the same moment: the check now names every row of it
            return dry_run(request, site, content)
        messages.success(request, f"{number} KIM dimasukkan. Undang seorang admin dari halaman masing-masing.")
        return redirect(f"{reverse('admin:groups_kim_changelist')}?status=verified")
    return page(request, site, ListForm(), plan=plan)


def page(
    request: HttpRequest, site: dict[str, Any], form: ListForm, *, plan: Plan | None = None, packed: str = ""
) -> HttpResponse:
    context = {
        **site,
        "title": "Impor daftar KIM",
        "opts": Kim._meta,
        "form": form,
        "columns": COLUMNS,
        "most_rows": MOST_ROWS,
        "plan": plan,
        "packed": packed,
        **(plan_context(plan) if plan else {}),
    }
    is_bad = bool(form.errors) or (plan is not None and not plan.is_ready)
    return TemplateResponse(request, "admin/groups/kim/import.html", context, status=422 if is_bad else 200)


def plan_context(plan: Plan) -> dict[str, Any]:
    districts = Counter(", ".join(str(row.area).split(", ")[1:3]) for row in plan.rows if row.area)
    return {
        "faults": plan.faults[:MOST_FAULTS],
        "faults_left": max(0, len(plan.faults) - MOST_FAULTS),
        "shown": plan.rows[:MOST_SHOWN],
        "rows_left": max(0, len(plan.rows) - MOST_SHOWN),
        "districts": sorted(districts.items()),
    }
