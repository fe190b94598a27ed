"""What everybody may read of the KIM: the registry, one KIM's page, its public photos."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.page_cache import kept_for_visitors
from groups.filters import KimFilter
from groups.models import Announcement, Decree, Kim, Membership, Post
from groups.models.activity import DAYS, activity_of
from groups.permissions import can_manage, can_read_papers
from groups.workflow import Status
from regions.paging import keyset_page
from uploads.models import Document
from uploads.serving import document_response, image_response

ORDER = ("folded", "id")
LATEST = 5


def signed_in(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def visible_kim(request: HttpRequest, slug: str) -> Kim:
    """The KIM at this address; a draft is there for its own people and reviewers only."""
    return get_object_or_404(Kim.objects.visible_to(request.user).select_related("area"), slug=slug)


@require_safe
@login_not_required
@kept_for_visitors
def kim_list(request: HttpRequest) -> HttpResponse:
    """The registry by name. Without counting."""
    chosen = KimFilter(request.GET, queryset=Kim.objects.listed().as_cards())
    page = keyset_page(chosen.qs, request.GET.get("cursor"), order=ORDER)
    context = {"filter": chosen, "form": chosen.form, "page": page, "area": chosen.chosen_area}
    return render(request, "groups/kim_list.html", context)


@require_safe
@login_not_required
@kept_for_visitors
def kim_detail(request: HttpRequest, slug: str) -> HttpResponse:
    kim, user = visible_kim(request, slug), signed_in(request)
    context = {
        "kim": kim,
        "board": public_board(kim),
        "activity": activity_of(kim),
        "days": DAYS,
        "announcements": Announcement.objects.current().newest_first().filter(kim=kim)[:LATEST],
        "can_manage": user is not None and can_manage(user, kim),
        "is_dissolved": kim.status == Status.DISSOLVED,
    }
    return render(request, "groups/kim_detail.html", context)


def public_board(kim: Kim) -> list[dict[str, Any]]:
    """Who holds which post; the name and photo only of those who agreed."""
    board = kim.memberships.board().select_related("photo").order_by("joined_on", "id")
    rows = sorted(board, key=lambda member: (Post.values.index(member.post), member.section))
    return [
        {
            "label": member.post_label,
            "name": member.name if member.is_public else "",
            "photo": member.photo if member.is_public else None,
        }
        for member in rows
    ]


@require_safe
@login_not_required
def member_photo(request: HttpRequest, slug: str, image_id: UUID, size: str) -> HttpResponseBase:
    """The photo of somebody who agreed, and who still belongs to the KIM; others see it at the desk only."""
    kim, user = visible_kim(request, slug), signed_in(request)
    with_photo = Membership.objects.filter(kim=kim, photo=image_id).select_related("photo")
    is_public = kim.is_listed and with_photo.current().filter(is_public=True).exists()
    if not is_public and not (user and can_read_papers(user, kim)):
        raise Http404
    member = with_photo.first()
    if member is None or member.photo is None:
        raise Http404
    return image_response(member.photo, size, request, public=is_public)


@require_safe
def kim_document(request: HttpRequest, slug: str, document_id: UUID) -> HttpResponseBase:
    """A decree's file or the bylaws: they name people, so only the KIM's admins and its reviewers read them."""
    kim, user = visible_kim(request, slug), signed_in(request)
    if user is None or not can_read_papers(user, kim):
        raise Http404
    is_own = kim.bylaws_id == document_id or Decree.objects.filter(kim=kim, file=document_id).exists()
    if not is_own:
        raise Http404
    return document_response(get_object_or_404(Document, pk=document_id), public=False)
