"""What everybody may read: the list of announcements, one of them, its photo."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.page_cache import kept_for_visitors
from groups.forms.announcement import AnnouncementSearchForm
from groups.models import Announcement, Kim
from groups.models.announced import NEWEST
from groups.pdf import can_make_pdf
from groups.permissions import can_edit_announcement
from groups.sharing import public_address, sms_text, whatsapp_link
from groups.views.registry import signed_in
from groups.workflow import Status
from regions.models import Area
from regions.paging import Page, keyset_page
from uploads.serving import image_response

MOST_PINNED = 3
RELATED = 4
MOST_RELAYS = 20  # named on the page of the Dinas


@require_safe
@login_not_required
@kept_for_visitors
def announcement_list(request: HttpRequest) -> HttpResponse:
    """What is out and not over, newest first; on the first page what is pinned stands above it."""
    form = AnnouncementSearchForm(request.GET)
    rows, cursor = form.select(Announcement.objects.current().originals().as_cards()), request.GET.get("cursor")
    pinned = (
        [] if cursor else list(form.select(Announcement.objects.as_cards()).pinned_for(form.chosen_area)[:MOST_PINNED])
    )
    context = {
        "form": form,
        "area": form.chosen_area,
        "pinned": pinned,
        "page": page_for(rows, form.chosen_area, cursor, pinned),
    }
    return render(request, "groups/announcement_list.html", context)


def page_for(rows: Any, area: Area | None, cursor: str | None, pinned: list[Announcement]) -> Page:
    """On the first page what is pinned is not said twice; further back it stands in its own place as well."""
    found = rows.for_people_of(area) if area else rows
    found = found.exclude(pk__in=[row.pk for row in pinned]) if pinned else found
    return keyset_page(found, cursor, order=NEWEST)


def visible_announcement(request: HttpRequest, public_id: str) -> Announcement:
    """One that is out; before its time only its writers find it here."""
    rows = Announcement.objects.visible_to(request.user)
    rows = rows.select_related("area", "kim__area", "office", "photo", "relay_of__office", "relay_of__area")
    return get_object_or_404(rows, public_id__in=[public_id.replace("\0", "")])


@require_safe
@login_not_required
def announcement_short(request: HttpRequest, public_id: str) -> HttpResponse:
    """The address that fits in one SMS."""
    return redirect(visible_announcement(request, public_id))


@require_safe
@login_not_required
@kept_for_visitors
def announcement_detail(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:
    row = visible_announcement(request, public_id)
    if slug != row.slug:
        return redirect(row)
    user = signed_in(request)
    context = {
        "announcement": row,
        "channels": list(row.disseminations.select_related("proof")),
        "relays": Announcement.objects.published().filter(relay_of=row).as_cards()[:MOST_RELAYS],
        "related": related_to(row),
        "can_edit": user is not None and can_edit_announcement(user, row),
        "relaying": kims_that_may_relay(request, row),
        "can_make_pdf": can_make_pdf(),
        **share_links(row),
    }
    return render(request, "groups/announcement_detail.html", context)


def share_links(row: Announcement) -> dict[str, str]:
    address, short = public_address(row.get_absolute_url()), public_address(row.short_url)
    return {"address": address, "whatsapp": whatsapp_link(row, address), "sms": sms_text(row, short)}


def related_to(row: Announcement) -> list[tuple[str, list[Announcement]]]:
    """The newest of the same KIM, and the newest for the same people."""
    current = Announcement.objects.current().as_cards().exclude(pk=row.pk)
    same_kim = list(current.filter(kim=row.kim).newest_first()[:RELATED]) if row.kim else []
    known = {each.pk for each in same_kim}
    nearby = [each for each in current.originals().newest_for(row.area)[: RELATED * 2] if each.pk not in known][
        :RELATED
    ]
    groups = [(f"Lainnya dari {row.kim}", same_kim), (f"Lainnya untuk warga {row.area.label}", nearby)]
    return [(heading, rows) for heading, rows in groups if rows]


def kims_that_may_relay(request: HttpRequest, row: Announcement) -> list[Kim]:
    user = signed_in(request)
    if user is None or not row.can_be_relayed:
        return []
    own = Kim.objects.managed_by(user).listed().exclude(status=Status.DISSOLVED)
    return list(own.exclude(pk__in=row.relays.values("kim"))[:5])


@require_safe
@login_not_required
def announcement_photo(request: HttpRequest, public_id: str, image_id: UUID, size: str) -> HttpResponseBase:
    """The photo of an announcement, or the proof of a channel, for whoever sees the announcement."""
    row = visible_announcement(request, public_id)
    if row.photo and row.photo_id == image_id:
        return image_response(row.photo, size, request, public=row.is_visible)
    use = row.disseminations.filter(proof=image_id).select_related("proof").first()
    if use is None or use.proof is None:
        raise Http404
    return image_response(use.proof, size, request, public=row.is_visible)
