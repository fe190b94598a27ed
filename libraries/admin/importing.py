"""The page that takes a list: first it says what would happen, then, asked again, it does it; and the same list out."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from accounts.admin_actions import officer
from libraries.imports import KINDS, DryRun, ListKind
from libraries.models import Library, StaleLibrary, StaleMonth
from libraries.months import FIRST
from regions.tables import csv_response

SALT = "libraries.import."
HOURS = 2 * 3600  # between looking at a list and taking it over
MOST_BYTES, MOST_PACKED = 2 * 1024 * 1024, 900_000
MOST_FAULTS, MOST_SHOWN = 1000, 200
ENDED = "Pemeriksaan ini sudah lama atau milik orang lain. Kirim lagi daftarnya."
TOO_DENSE = "Daftar ini terlalu padat untuk sekali impor. Bagi menjadi dua."


class ListForm(forms.Form):
    """A file, or the same lines pasted from a spreadsheet."""

    file = forms.FileField(
        label="Berkas CSV",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        help_text="Paling besar 2 MB.",
    )
    text = forms.CharField(
        label="Atau tempel isinya",
        required=False,
        strip=False,
        max_length=500_000,
        help_text="Salin dari Excel beserta baris judulnya.",
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        file, text = data.get("file"), (data.get("text") or "").strip()
        if file and (file.size or 0) > MOST_BYTES:
            self.add_error("file", "Berkas ini lebih dari 2 MB. Bagi daftarnya menjadi beberapa berkas.")
        elif file and text:
            self.add_error("text", "Pilih berkas atau tempel isinya, jangan keduanya.")
        elif not file and not text and not self.errors:
            self.add_error("file", "Pilih berkas CSV, atau tempel isinya di bawah.")
        return data

    @property
    def content(self) -> bytes:
        file = self.cleaned_data.get("file")
        return file.read() if file else self.cleaned_data["text"].strip().encode()


def import_list(request: HttpRequest, kind: ListKind, site: dict[str, Any]) -> HttpResponse:
    """GET: the form. POST with a list: what is wrong or what would be done. POST with "packed": take it over."""
    if request.method == "POST" and "packed" in request.POST:
        return take_over(request, kind, site)
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    if not form.is_bound or not form.is_valid():
        return page(request, kind, site, form)
    return dry_run(request, kind, site, form.content, form.cleaned_data["text"])


def dry_run(request: HttpRequest, kind: ListKind, site: dict[str, Any], content: bytes, text: str = "") -> HttpResponse:
    """Nothing is written: the list travels with the page, packed and signed for this officer."""
    run = kind.dry_run(content, officer(request))
    packed = pack(content, kind, request) if run.is_ready else ""
    if len(packed) > MOST_PACKED:
        form = ListForm({"text": text})
        form.full_clean()
        form.add_error(None, TOO_DENSE)
        return page(request, kind, site, form)
    return page(request, kind, site, ListForm(initial={"text": text}), run=run, packed=packed)


def pack(content: bytes, kind: ListKind, request: HttpRequest) -> str:
    return signing.dumps([officer(request).pk, content.decode("latin-1")], salt=SALT + kind.name, compress=True)


def unpack(kind: ListKind, request: HttpRequest) -> bytes | None:
    """The list that this officer saw checked; None for anything else."""
    try:
        key, text = signing.loads(request.POST["packed"], salt=SALT + kind.name, max_age=HOURS)
    except signing.BadSignature:
        return None
    return text.encode("latin-1") if key == officer(request).pk else None


def take_over(request: HttpRequest, kind: ListKind, site: dict[str, Any]) -> HttpResponse:
    content = unpack(kind, request)
    if content is None:
        messages.error(request, ENDED)
        return redirect(f"admin:libraries_library_impor_{kind.name}")
    run = kind.dry_run(content, officer(request))  # much may have happened since it was looked at
    if not run.is_ready:
        return page(request, kind, site, ListForm(), run=run)
    try:
        number = kind.store(run.written, officer(request))
    except (IntegrityError, StaleMonth, StaleLibrary, ValidationError):  # somebody else wrote at the same moment
        return dry_run(request, kind, site, content)
    messages.success(request, f"{kind.title}: {number} baris disimpan.")
    return redirect("admin:libraries_library_changelist")


def page(
    request: HttpRequest,
    kind: ListKind,
    site: dict[str, Any],
    form: ListForm,
    *,
    run: DryRun | None = None,
    packed: str = "",
) -> HttpResponse:
    year = timezone.localdate().year
    context = {
        **site,
        "title": f"Impor {kind.title.lower()}",
        "opts": Library._meta,
        "kind": kind,
        "form": form,
        "run": run,
        "packed": packed,
        "here": reverse(f"admin:libraries_library_impor_{kind.name}"),
        "export": reverse(f"admin:libraries_library_unduh_{kind.name}"),
        "years": [year, year - 1],
        **(run_context(kind, run) if run else {}),
    }
    is_bad = bool(form.errors) or (run is not None and bool(run.faults))
    return TemplateResponse(request, "admin/libraries/import.html", context, status=422 if is_bad else 200)


def run_context(kind: ListKind, run: DryRun) -> dict[str, Any]:
    rows = [(row, [(name, row.values.get(name)) for name in kind.shown]) for row in run.written[:MOST_SHOWN]]
    return {
        "faults": run.faults[:MOST_FAULTS],
        "faults_left": max(0, len(run.faults) - MOST_FAULTS),
        "shown": rows,
        "rows_left": max(0, len(run.written) - MOST_SHOWN),
    }


def export_list(request: HttpRequest, kind: ListKind) -> HttpResponseBase:
    """The list of the officer's area in the columns that the import reads; months of the year asked for."""
    year = request.GET.get("tahun", "") or str(timezone.localdate().year)
    if not (year.isascii() and year.isdigit() and len(year) == 4 and FIRST.year <= int(year) <= date.max.year):
        raise Http404
    libraries = Library.objects.overseen_by(officer(request))
    name = f"perpustakaan-{kind.name}.csv" if kind.name == "daftar" else f"perpustakaan-{kind.name}-{year}.csv"
    return csv_response(name, [column.name for column in kind.columns], kind.lines(libraries, int(year)))


def tools() -> list[tuple[str, str]]:
    """What else there is to do with libraries: words and address."""
    found = []
    for kind in KINDS.values():
        found.append((f"Impor {kind.title.lower()}", reverse(f"admin:libraries_library_impor_{kind.name}")))
        found.append((f"Unduh {kind.title.lower()} (CSV)", reverse(f"admin:libraries_library_unduh_{kind.name}")))
    return found
