"""The announcements of the stage, and who gets what from their addresses; read by stage.py and access_table.py."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from groups.models import Announcement, Channel, Dissemination, Kim
from tests.factories import make_announcement, make_image

READ = ("announcement_list", "announcement_detail", "announcement_poster", "announcement_pdf", "announcement_photo")
FEEDS = ("announcement_feed", "kim_feed")
PUBLIC = {f"groups:{name}" for name in (*READ, *FEEDS, "kim_bulletin", "announcement_short")}

ROWS: dict[str, tuple[str, str]] = {
    **{f"groups:{name}": ("200", "405") for name in (*READ, *FEEDS, "kim_bulletin")},
    "groups:announcement_short": ("302", "405"),
    "groups:announcement_office": ("403 guests=302 verifiers=200", "405 guests=302"),
    "groups:announcement_office_create": ("403 guests=302 verifiers=200", "403 guests=302 verifiers=422"),
    "groups:announcement_desk": ("404 guests=302 kim_admin=200", "405 guests=302"),
    "groups:announcement_create": ("404 guests=302 kim_admin=200", "404 guests=302 kim_admin=422"),
    "groups:announcement_edit": ("403 guests=302 kim_admin=200", "403 guests=302 kim_admin=422"),
    "groups:announcement_versions": ("403 guests=302 kim_admin=200", "405 guests=302"),
    "groups:announcement_relay": ("404 guests=302 kim_admin=200", "404 guests,kim_admin=302"),
    "groups:dissemination_list": ("403 guests=302 kim_admin=200", "403 guests=302 kim_admin=422"),
    **{
        f"groups:{name}": ("405 guests=302", "403 guests,kim_admin=302")
        for name in ("announcement_withdraw", "dissemination_take_down", "dissemination_delete")
    },
}


def make_announcements(kim: Kim, admin: User) -> None:
    """One of the KIM with a photo and a sheet on a board, one of the Dinas, to be passed on."""
    own = make_announcement(kim, by=admin, photo=make_image(), photo_alt="Balai nagari")
    use = Dissemination(announcement=own, channel=Channel.NOTICE_BOARD, place="Kantor wali nagari", proof=make_image())
    use.keep(by=admin)
    make_announcement(title="Vaksin ternak", by=admin)


def announcement_values(name: str, kim: Kim) -> dict[str, Any]:
    """Values that make an address of this name lead to something that exists."""
    if name not in ROWS:
        return {}
    own = Announcement.objects.filter(kim=kim).order_by("pk").first()
    dinas = Announcement.objects.filter(kim__isnull=True).order_by("pk").first()
    if own is None or dinas is None:
        return {}
    row = dinas if name == "groups:announcement_relay" else own
    slug = own.slug if name == "groups:announcement_detail" else kim.slug
    return {
        "public_id": row.public_id,
        "slug": slug,
        "image_id": own.photo_id,
        "size": "small",
        "pk": own.disseminations.get().pk,
    }
