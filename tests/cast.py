"""Named people per role: who owns, who is beside, who must see nothing.

One stage for all apps: two regencies of Sumatera Barat (13.07 and 13.71) and one of another province (32.01). Whoever
is "other" or "foreign" must never see what the first one owns.
"""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Institution, Role, User
from tests.factories import make_grant, make_institution, make_user

VILLAGE = "13.07.11.2004"
OTHER_VILLAGE = "13.71.01.1001"
REGENCY, OTHER_REGENCY = "13.07", "13.71"


@dataclass
class Cast:
    """The visitor is `None`: nobody is signed in."""

    owner: User
    other: User
    officer: User
    foreign_officer: User
    confidentiality: User
    liaison: User
    province_reader: User
    national_reader: User
    personal_data_officer: User
    superuser: User
    institution: Institution
    visitor: None = None

    @property
    def people(self) -> dict[str, User | None]:
        """Every role by its name, for tables of who may see what."""
        rows = {name: value for name, value in vars(self).items() if isinstance(value, User)}
        return {"visitor": None, **rows}


def make_cast() -> Cast:
    institution = make_institution("Dinas Pekerjaan Umum Uji", area=REGENCY)
    return Cast(
        owner=make_user("pemilik@contoh.invalid", "Pemilik Uji"),
        other=make_user("tetangga@contoh.invalid", "Tetangga Uji"),
        officer=_holder("petugas", Role.REPORT_COORDINATOR, REGENCY),
        foreign_officer=_holder("petugas-lain", Role.REPORT_COORDINATOR, OTHER_REGENCY),
        confidentiality=_holder("kerahasiaan", Role.CONFIDENTIALITY_OFFICER, REGENCY),
        liaison=_holder("penghubung", Role.LIAISON, institution=institution),
        province_reader=_holder("provinsi", Role.PROVINCE_READER, "13"),
        national_reader=_holder("nasional", Role.NATIONAL_READER),
        personal_data_officer=_holder("data-pribadi", Role.PERSONAL_DATA_OFFICER),
        superuser=make_user("pengelola@contoh.invalid", "Pengelola Uji", is_superuser=True),
        institution=institution,
    )


def _holder(name: str, role: Role, area: str | None = None, institution: Institution | None = None) -> User:
    user = make_user(f"{name}@contoh.invalid", name.replace("-", " ").title())
    make_grant(user, role, area, institution)
    return user
