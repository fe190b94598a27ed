"""What is measured, and what can be counted without a clock: SQL, bytes, the search query. Prints JSON.

Runs in a process of its own with the settings of the measured server: `python -m tests.bench.pages`.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import statistics
import sys
import time
from dataclasses import asdict
from typing import Any

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kimportal.settings")
    django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import connection
from django.db.models import Sum
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import RoleGrant
from accounts.models.roles import Role
from accounts.sessions import SessionStore
from groups.models import Announcement, Kim
from groups.workflow import Status
from libraries.models import Library
from partnerships.models import Partnership
from partnerships.models.record import ORDER as NEWEST
from regions.models import Area, Level
from regions.paging import _write as cursor_of
from reports.models import Report, ReportCount
from reports.views.public import ORDER
from tests.bench.page import DETAIL, LIST, POST, PROXY, SIGNED, SMALL, Page

WORDS = ("jalan rusak", "lampu mati", "air keran", "banjir sungai", "sampah menumpuk", "jembatan lapuk")
TOKEN = "benchbenchbenchbenchbenchbenchbe"  # noqa: S105  cookie and form value of a made-up browser


def pages() -> list[Page]:
    """Every kind of public page, the officers' queue, and filing."""
    return [
        *report_pages(),
        *kim_pages(),
        *library_pages(),
        *partnership_pages(),
        *other_pages(),
        *officer_pages(),
        filing(),
    ]


def report_pages() -> list[Page]:
    busy = busiest()
    newest = Report.objects.published().filter(regency_code=busy).order_by(*ORDER).first()
    assert newest is not None
    lists = {
        "Daftar laporan": "/laporan/",
        "Laporan satu kabupaten": f"/laporan/?area={busy}",
        "Laporan disaring": f"/laporan/?area={busy}&category=jalan&status=closed",
        "Laporan, halaman jauh": f"/laporan/?cursor={deep_cursor()}",
    }
    limits: dict[str, Any] = {"least": 0.6, "most_sql": 4, "most_bytes": 8192, "grows": True}
    found = [Page(name, path, LIST, **limits) for name, path in lists.items()]
    found.append(Page("Cari laporan", "/laporan/?q=jalan+rusak", LIST, most_bytes=8192, grows=True))
    found.append(Page("Satu laporan", f"/laporan/{newest.public_id}/", DETAIL, 0.5, 12, 6144))
    found.append(Page("Umpan laporan", "/laporan/umpan/", LIST, grows=True))
    found.append(Page("Statistik", "/laporan/statistik/", SMALL, grows=True))
    return found


def kim_pages() -> list[Page]:
    kim = Kim.objects.active().order_by("pk").first()
    assert kim is not None
    return [
        Page("Daftar KIM", "/kim/", SMALL, 0.3, 4, 8192, grows=True),
        Page("Daftar KIM, dari ingatan", "/kim/", SMALL, 0.8, headers={**PROXY}),
        Page("Cari KIM", "/kim/?q=maju", LIST, most_bytes=8192, grows=True),
        Page("Halaman KIM", f"/kim/{kim.slug}/", SMALL, 0.3, 12, 6144),
        Page("Halaman KIM, dari ingatan", f"/kim/{kim.slug}/", SMALL, 0.8, headers={**PROXY}),
        Page("Cakupan KIM", "/kim/cakupan/", SMALL, most_sql=4),
    ]


def library_pages() -> list[Page]:
    library = Library.objects.listed().order_by("pk").first()
    assert library is not None
    regency, report = library.regency_code, f"/perpustakaan/indikator/{{}}/laporan/{timezone.localdate().year - 1}/"
    return [
        Page("Daftar perpustakaan", "/perpustakaan/", LIST, 0.6, 4, 8192, grows=True),
        Page("Cari perpustakaan", "/perpustakaan/?q=sumber", LIST, most_bytes=8192, grows=True),
        Page("Halaman perpustakaan", f"/perpustakaan/{library.slug}/", DETAIL, most_sql=12, grows=True),
        Page("Indikator nasional", "/perpustakaan/indikator/", SMALL, most_sql=8, grows=True),
        Page("Indikator kabupaten", f"/perpustakaan/indikator/{regency}/", SMALL, most_sql=8, grows=True),
        Page("Belum melapor", f"/perpustakaan/indikator/{regency}/belum-melapor/", LIST, most_sql=4, grows=True),
        Page("Laporan perpustakaan provinsi", report.format(library.province_code), SMALL, most_sql=12, grows=True),
        Page("Laporan perpustakaan kabupaten", report.format(regency), SMALL, most_sql=12, grows=True),
        Page("Agenda perpustakaan", "/perpustakaan/agenda/", LIST, most_sql=4, grows=True),
    ]


def partnership_pages() -> list[Page]:
    row = Partnership.objects.listed().order_by(*NEWEST).first()
    assert row is not None
    return [
        Page("Direktori kemitraan", "/kemitraan/", LIST, most_sql=4, most_bytes=8192, grows=True),
        Page("Cari kemitraan", "/kemitraan/?q=maju", LIST, most_sql=4, most_bytes=8192, grows=True),
        Page("Satu kemitraan", row.get_absolute_url(), DETAIL, most_sql=12, most_bytes=6144, grows=True),
        Page("Kewajiban membentuk KIM", "/kemitraan/kewajiban/", LIST, most_sql=4, most_bytes=8192, grows=True),
        Page("Daftar rapat", "/kemitraan/rapat/", LIST, most_sql=4, most_bytes=8192, grows=True),
    ]


def other_pages() -> list[Page]:
    row = Announcement.objects.current().originals().newest_first().first()
    assert row is not None
    return [
        Page("Beranda", "/", SMALL, 0.3, 4, 8192, grows=True),
        Page("Beranda, dari ingatan", "/", SMALL, 0.8, headers={**PROXY}),
        Page("Daftar pengumuman", "/pengumuman/", LIST, 0.6, 4, 8192, grows=True),
        Page("Satu pengumuman", row.get_absolute_url(), DETAIL, most_sql=12, most_bytes=6144),
        Page("Halaman kabupaten", f"/wilayah/{busiest()}/", LIST, most_sql=12, most_bytes=8192, grows=True),
        Page("Formulir laporan", "/laporan/baru/", SMALL, most_sql=12),
    ]


def officer_pages() -> list[Page]:
    headers = {**PROXY, "Cookie": f"{settings.SESSION_COOKIE_NAME}={officer_session()}"}
    return [
        Page("Antrean petugas", "/admin/reports/report/", SIGNED, 0.5, 8, grows=True, headers=headers),
        Page("Cari di antrean", "/admin/reports/report/?q=jalan", SIGNED, most_sql=8, grows=True, headers=headers),
    ]


def filing() -> Page:
    office = RoleGrant.objects.current().filter(role=Role.REPORT_COORDINATOR).order_by("pk").first()
    assert office is not None
    village = Area.objects.in_use().within(office.area_id or "").filter(level=Level.VILLAGE).order_by("pk").first()
    assert village is not None
    form = {
        "csrfmiddlewaretoken": TOKEN,
        "submission_id": "{uuid}",
        "description": "Lubang besar di tengah jalan sudah dua minggu belum diperbaiki.",
        "category": "jalan",
        "area": village.code,
        "place": "Depan pasar",
    }
    headers = {**PROXY, "Cookie": f"{settings.CSRF_COOKIE_NAME}={TOKEN}", "Referer": "https://127.0.0.1/laporan/baru/"}
    return Page("Kirim laporan", "/laporan/baru/", POST, 0.25, headers=headers, form=form)


def busiest() -> str:
    rows = ReportCount.objects.values("regency_code").annotate(total=Sum("count")).order_by("-total")
    return str(rows.first()["regency_code"])


def deep_cursor() -> str:
    """Where the middle of the whole list begins."""
    rows = Report.objects.published().order_by(*ORDER)
    return cursor_of("n", rows.only("id", "published_at")[rows.count() // 2], ORDER)


def officer_session() -> str:
    """Signed in with a second factor, as coordinator of the busiest regency."""
    grant = RoleGrant.objects.current().get(role=Role.REPORT_COORDINATOR, area=busiest())
    session = SessionStore()
    session[SESSION_KEY] = str(grant.user_id)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = grant.user.get_session_auth_hash()
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
    session["account_authentication_methods_user"] = str(grant.user_id)
    session.save()
    return str(session.session_key)


# --- Counting --------------------------------------------------------------------------------------------------------
def count(page: Page) -> bytes:
    """Fill in status, SQL and bytes; the second answer counts, as a worker that has run for a while gives it."""
    client = Client(headers=page.headers)
    host = {"SERVER_NAME": "127.0.0.1"}
    if page.form is not None:
        from uuid import uuid4

        forms = [{name: value.replace("{uuid}", str(uuid4())) for name, value in page.form.items()} for _ in range(2)]
        ask = [lambda form=form: client.post(page.path, form, **host) for form in forms]
    else:
        ask = [lambda: client.get(page.path, **host)] * 2
    ask[0]()
    with CaptureQueriesContext(connection) as queries:
        response = ask[1]()
    page.status, page.sql, page.size = response.status_code, len(queries), len(gzip.compress(response.content))
    return bytes(response.content)


def asset_bytes(html: bytes) -> int:
    """CSS and JavaScript that the page asks for, as they travel."""
    names = set(re.findall(rb'(?:src|href)="[^"]*?/static/([^"]+\.(?:css|js))"', html))
    files = [staticfiles_storage.path(name.decode()) for name in names]
    return sum(len(gzip.compress(open(path, "rb").read())) for path in files)


def search_p95() -> float:
    """Milliseconds of the query alone, newest first, over several words."""
    spent = []
    for number in range(120):
        begun = time.perf_counter()
        list(Report.objects.search(WORDS[number % len(WORDS)]).as_cards().order_by(*ORDER)[:21])
        spent.append((time.perf_counter() - begun) * 1000)
    return statistics.quantiles(spent[len(WORDS) :], n=20)[18]


def facts() -> dict[str, Any]:
    found = pages()
    html = {page.name: count(page) for page in found}
    assets = max(asset_bytes(each) for each in html.values())
    active = Kim.objects.filter(status=Status.ACTIVE).count()
    figures = {"assets": assets, "search_p95": search_p95(), "reports": Report.objects.count(), "active_kims": active}
    return {"pages": [asdict(page) for page in found], **figures}


if __name__ == "__main__":
    if "--control" in sys.argv:
        from tests.bench.control import sabotage

        sabotage()
    print(json.dumps(facts()))
