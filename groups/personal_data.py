"""What KIM hold about a person with an account: its copy, and its erasure (UU 27/2022 arts. 7 and 8)."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts import personal_data
from accounts.models import User
from groups.models import FormDraft, MemberInvitation, Membership

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
        for member in Membership.objects.select_for_update().filter(user=user).order_by("pk"):
            forget(member)
        FormDraft.objects.filter(user=user).erase()
        addresses = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
        MemberInvitation.objects.filter(email__in=[address.lower() for address in addresses]).delete()


def forget(member: Membership) -> None:
    """The number keeps two people without a name apart."""
    photo = member.photo
    member.user, member.photo = None, None
    member.name, member.phone = f"Anggota {member.pk}", ""
    member.is_admin = member.is_public = False
    member.save()
    if photo:
        photo.erase()
