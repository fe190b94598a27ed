"""Reports as tables. Who filed one is in no column of either."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from regions.tables import csv_response
from regions.templatetags.regions import local_date
from reports.filters import ReportFilter
from reports.models import Report
from reports.models.queries import ReportQuerySet
from reports.permissions import can_export
from reports.workflow import Status

MOST_PUBLIC = 5000  # rows of one public download; areas and periods give the rest
BATCH = 500

PUBLIC_HEADER = (
    *("nomor", "kategori", "kode wilayah", "wilayah", "tempat", "isi", "keadaan", "lembaga", "masuk", "tampil"),
)
OFFICER_HEADER = (
    *("nomor", "kategori", "kode wilayah", "wilayah", "tempat", "isi", "keadaan", "lembaga", "masuk", "tenggat"),
    *("anonim", "rahasia", "tampil", "cara masuk"),
)


@require_safe
@login_not_required
def report_open_data(request: HttpRequest) -> StreamingHttpResponse:
    """The public list, with its filter, as a table."""
    return public_csv(ReportFilter(request.GET, queryset=Report.objects.published()).qs)


@require_safe
@never_cache
def report_export(request: HttpRequest) -> StreamingHttpResponse:
    """What the signed-in officer works on."""
    user = request.user
    if not isinstance(user, User) or not can_export(user):
        raise PermissionDenied
    return officer_csv(Report.objects.handled_by(user))


def public_csv(reports: ReportQuerySet) -> StreamingHttpResponse:
    """The newest published reports of a selection, in the words that everybody may read."""
    rows = reports.select_related("area", "category", "institution").defer(
        "description", "place", "latitude", "longitude"
    )
    newest = rows.order_by("-published_at", "-id")[:MOST_PUBLIC]
    return csv_response("laporan-warga.csv", PUBLIC_HEADER, (public_row(row) for row in newest.iterator(BATCH)))


def officer_csv(reports: ReportQuerySet) -> StreamingHttpResponse:
    """What an officer handles, whole texts included. The selection has been limited to what the officer may see."""
    rows = reports.select_related("area", "category", "institution").order_by("-created_at", "-id")
    return csv_response("laporan.csv", OFFICER_HEADER, officer_rows(rows))


def officer_rows(rows: ReportQuerySet) -> Iterator[list[Any]]:
    return (officer_row(row) for row in rows.iterator(BATCH))


def public_row(report: Report) -> list[Any]:
    return [
        *place_columns(report),
        report.public_place,
        report.public_text,
        public_state(report),
        institution(report),
        local_date(report.created_at, report),
        local_date(report.published_at, report),
    ]


def officer_row(report: Report) -> list[Any]:
    return [
        *place_columns(report),
        report.place,
        report.description,
        report.get_status_display(),
        institution(report),
        local_date(report.created_at, report),
        local_date(report.due_at, report),
        *(("ya" if flag else "") for flag in (report.is_anonymous, report.is_secret, report.is_published)),
        report.get_source_display(),
    ]


def place_columns(report: Report) -> list[str]:
    return [report.public_id, report.category.name, report.area_id, report.area.full_name]


def institution(report: Report) -> str:
    return report.institution.name if report.institution else ""


def public_state(report: Report) -> str:
    return Status(report.status).label
