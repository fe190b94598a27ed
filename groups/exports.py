"""KIM as a table for officers, in the columns of the list they can bring in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.models import User
from groups.imports.columns import COLUMNS
from groups.imports.storing import POSTS
from groups.models import Decree, Kim, Membership
from groups.models.record import KimQuerySet
from groups.permissions import verifies
from regions.models import Area, Level
from regions.models.codes import is_code
from regions.tables import csv_response

BATCH = 500
EXTRA = ("wilayah", "status", "data_dipastikan", "alamat_portal")
HEADER = (*(column.name for column in COLUMNS), *EXTRA)


def officer_csv(kims: KimQuerySet, user: User) -> StreamingHttpResponse:
    """What an officer may see. Phones are in it only where this person is the verifier of the area."""
    rows = kims.select_related("area").prefetch_related(
        Prefetch("memberships", Membership.objects.current(), to_attr="people"),
        Prefetch("decrees", Decree.objects.all(), to_attr="papers"),
    )
    return csv_response("kim.csv", HEADER, table(rows.order_by("pk"), user))


def table(rows: KimQuerySet, user: User) -> Iterator[list[Any]]:
    return (line(kim, verifies(user, kim)) for kim in rows.iterator(BATCH))


def line(kim: Any, sees_phones: bool) -> list[Any]:
    values = {
        "nama_kim": kim.name,
        "kode_desa": kim.area_id,
        "cara_kerja": kim.get_mode_display(),
        "asal_kelompok": kim.get_base_group_display(),
        "alamat_sekretariat": kim.secretariat,
        "nomor_induk": kim.national_id,
        "email": kim.email,
        **board(kim.people, sees_phones),
        **(paper(kim.papers[0]) if kim.papers else {}),
        "wilayah": kim.area.full_name,
        "status": kim.get_status_display(),
        "data_dipastikan": kim.confirmed_on,
        "alamat_portal": f"/kim/{kim.slug}/",
    }
    return [values.get(name, "") for name in HEADER]


def board(people: list[Membership], sees_phones: bool) -> dict[str, str]:
    found: dict[str, str] = {}
    for column, post in POSTS.items():
        wanted = (post["post"], post.get("section", ""))
        person = next((each for each in people if (each.post, each.section) == wanted), None)
        if person:
            found[column] = person.name
            found[f"telepon_{column}"] = person.phone if sees_phones else ""
    return found


def paper(decree: Decree) -> dict[str, Any]:
    """The decree that ends last."""
    return {
        "nomor_sk": decree.number,
        "tanggal_sk": decree.decided_on,
        "penerbit_sk": decree.get_issuer_display(),
        "tentang_sk": decree.about,
        "berlaku_sejak": decree.valid_from,
        "berlaku_sampai": decree.valid_until,
    }


# --- For everybody ---------------------------------------------------------------------------------------------------
def uncovered_csv(area: Area) -> StreamingHttpResponse:
    """The villages of an area where no KIM is active."""
    active = Kim.objects.active().within(area).values("area")
    rows = Area.objects.in_use().within(area.code).filter(level="village").exclude(pk__in=active).order_by("code")
    lines = ([each.code, each.label, each.full_name] for each in rows.iterator(BATCH))
    return csv_response(f"desa-tanpa-kim-{area.code}.csv", ("kode wilayah", "desa", "wilayah"), lines)


@require_safe
@login_not_required
@cache_control(max_age=60)
def coverage_download(request: HttpRequest, code: str) -> HttpResponseBase:
    """The villages of an area that have no active KIM."""
    if not is_code(code):
        raise Http404
    return uncovered_csv(get_object_or_404(Area.objects.in_use().exclude(level=Level.VILLAGE), code=code))
