"""What libraries hold about a person with an account: its copy, its erasure, and the end of a consent.

Who registered without an account and without a contact can be found by nobody but the holder of the code.
"""

from __future__ import annotations

from typing import Any

from accounts import personal_data
from accounts.models import Consent, Purpose, User
from libraries.models import ConsultantBridge, ImpactStory, Registration
from libraries.models.story import withdraw_stories

COLUMNS = {
    "kegiatan": "session__activity__title",
    "mulai": "session__starts_at",
    "nama": "name",
    "alamat e-mail": "email",
    "nomor telepon": "phone",
    "keadaan": "status",
    "persetujuan diberikan": "consent__given_at",
    "persetujuan ditarik": "consent__withdrawn_at",
}
STORY_COLUMNS = {
    "perpustakaan": "library__institution__name",
    "judul": "title",
    "nama asli": "real_name",
    "nama samaran": "alias",
    "sebelumnya": "before",
    "sesudahnya": "after",
    "keadaan": "status",
    "versi persetujuan": "consent__text_version",
}
BRIDGE_COLUMNS = {
    "mitra pertama": "one__name",
    "mitra kedua": "other__name",
    "hasil": "about",
    "tanggal": "bridged_on",
}


def register() -> None:
    personal_data.register_personal_data("pendaftaran kegiatan", copy)
    personal_data.register_eraser("pendaftaran kegiatan", erase)
    personal_data.register_release("pendaftaran kegiatan", release)
    personal_data.register_personal_data("cerita dampak", copy_stories)
    personal_data.register_eraser("cerita dampak", erase_stories)
    personal_data.register_release("cerita dampak", withdraw_stories)
    personal_data.register_personal_data("mitra yang dijembatani", copy_bridges)


def copy(user: User) -> list[dict[str, Any]]:
    rows = Registration.objects.of_person(user).order_by("created_at", "pk").values_list(*COLUMNS.values())
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def erase(user: User) -> None:
    """Each place is given back, and with it name and contact go (UU 27/2022 art. 8)."""
    rows = Registration.objects.of_person(user).active().with_session()
    for row in rows.order_by("session__activity__library", "pk"):  # one order of locks for everybody
        row.cancel()


def release(consent: Consent) -> None:
    """Nobody is reached on a consent that ended (art. 9); the place in the session stays."""
    if consent.purpose == Purpose.ACTIVITY:
        for row in Registration.objects.filter(consent=consent).with_session():
            row.drop_contact()


def copy_stories(user: User) -> list[dict[str, Any]]:
    rows = ImpactStory.objects.filter(consent__user=user).order_by("pk").values_list(*STORY_COLUMNS.values())
    return [dict(zip(STORY_COLUMNS, row, strict=True)) for row in rows]


def erase_stories(user: User) -> None:
    """A story whose teller is gone is off, with all its words."""
    for story in ImpactStory.objects.filter(consent__user=user):
        story.withdraw(by=None)


def copy_bridges(user: User) -> list[dict[str, Any]]:
    """What a consultant did; it names no person, and stays when the account is blanked."""
    rows = ConsultantBridge.objects.filter(consultant=user).order_by("pk").values_list(*BRIDGE_COLUMNS.values())
    return [dict(zip(BRIDGE_COLUMNS, row, strict=True)) for row in rows]
