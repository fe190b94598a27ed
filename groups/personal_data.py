"""What KIM hold about a person with an account: its copy, and its erasure (UU 27/2022 arts. 7 and 8)."""

from __future__ import annotations

import secrets
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q

from accounts import personal_data
from accounts.models import User
from accounts.page_cache import pages_changed
from groups.models import FormDraft, MemberInvitation, Membership
from uploads.models import Image

COLUMNS = {
    "KIM": "kim__name",
    "jabatan": "post",
    "nama": "name",
    "nomor telepon": "phone",
    "sejak": "joined_on",
    "sampai": "left_on",
    "admin KIM": "is_admin",
    "tampil untuk umum": "is_public",
}


def register() -> None:
    personal_data.register_personal_data("keanggotaan KIM", copy_memberships)
    personal_data.register_personal_data("isian yang belum selesai", copy_drafts)
    personal_data.register_eraser("KIM", erase)


def copy_memberships(user: User) -> list[dict[str, Any]]:
    rows = Membership.objects.filter(user=user).order_by("pk").values_list(*COLUMNS.values())
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def copy_drafts(user: User) -> list[dict[str, Any]]:
    return [{"terakhir disimpan": draft.kept_at, "isi": draft.data} for draft in FormDraft.objects.filter(user=user)]


def erase(user: User) -> None:
    """The post stays, for the KIM it belongs to; who held it is gone."""
    with transaction.atomic():
        pages_changed()
        members = rows_of(user)
        photos = {member.photo_id for member in members if member.photo_id}
        for member in members:
            forget(member)
        Image.objects.filter(pk__in=photos).erase()  # a person who changed posts has one photo in two rows
        FormDraft.objects.filter(user=user).erase()
        addresses = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
        MemberInvitation.objects.filter(email__in=[address.lower() for address in addresses]).delete()


def rows_of(user: User) -> list[Membership]:
    """Every post of this person, also one that ended before the account was linked: same KIM, same name."""
    theirs = Q(user=user)
    for kim, name in Membership.objects.filter(user=user).values_list("kim", "name"):
        theirs |= Q(kim=kim, name__iexact=name, user=None, left_on__isnull=False)
    return list(Membership.objects.select_for_update().filter(theirs).order_by("pk"))


def forget(member: Membership) -> None:
    member.user, member.photo = None, None
    member.name, member.phone = nameless(member), ""
    member.is_admin = member.is_public = False
    member.save()


def nameless(member: Membership) -> str:
    """The number keeps two people without a name apart; a name that somebody else bears hinders no erasure."""
    name = f"Anggota {member.pk}"
    others = Membership.objects.filter(kim=member.kim_id, name__iexact=name).exclude(pk=member.pk)
    return f"{name}-{secrets.token_hex(4)}" if others.exists() else name
