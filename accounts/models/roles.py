"""The roles of the portal, and which role may pass which right on."""

from __future__ import annotations

from django.db import models


class Role(models.TextChoices):
    """What a person may do in an area. A KIM's own rights are memberships in its app, not grants."""

    KIM_VERIFIER = "kim_verifier", "Verifikator KIM"
    REPORT_COORDINATOR = "report_coordinator", "Admin Koordinator laporan"
    CONFIDENTIALITY_OFFICER = "confidentiality_officer", "Petugas kerahasiaan laporan"
    LIAISON = "liaison", "Pejabat Penghubung lembaga"
    PROVINCE_READER = "province_reader", "Pembaca tingkat provinsi"
    NATIONAL_READER = "national_reader", "Pembaca tingkat nasional"
    LIBRARIAN = "librarian", "Pustakawan"
    LIBRARY_OFFICER = "library_officer", "Petugas Dinas Perpustakaan"
    TPBIS_CONSULTANT = "tpbis_consultant", "Konsultan TPBIS"
    INFORMATION_OFFICER = "information_officer", "PPID (informasi publik)"
    PERSONAL_DATA_OFFICER = "personal_data_officer", "Pejabat Pelindungan Data Pribadi"


OFFICER_ROLES = frozenset(Role) - {Role.LIBRARIAN, Role.TPBIS_CONSULTANT}
INSTITUTION_ROLES = frozenset({Role.LIAISON})  # held for an institution; all others for an area

# Who may give what, always inside the area (or for the institution) the giver holds it for. A right is passed on by
# someone who has it; readers and consultants see much and decide nothing, so they appoint nobody. Only a superuser
# gives what is missing here.
GIVES: dict[Role, frozenset[Role]] = {
    Role.KIM_VERIFIER: frozenset({Role.KIM_VERIFIER}),
    Role.REPORT_COORDINATOR: frozenset({Role.REPORT_COORDINATOR, Role.LIAISON}),
    Role.CONFIDENTIALITY_OFFICER: frozenset({Role.CONFIDENTIALITY_OFFICER}),
    Role.LIAISON: frozenset({Role.LIAISON}),
    Role.LIBRARIAN: frozenset({Role.LIBRARIAN}),
    Role.LIBRARY_OFFICER: frozenset({Role.LIBRARY_OFFICER, Role.LIBRARIAN, Role.TPBIS_CONSULTANT}),
    Role.INFORMATION_OFFICER: frozenset({Role.INFORMATION_OFFICER}),
    Role.PERSONAL_DATA_OFFICER: frozenset({Role.PERSONAL_DATA_OFFICER}),
    Role.PROVINCE_READER: frozenset(),
    Role.NATIONAL_READER: frozenset(),
    Role.TPBIS_CONSULTANT: frozenset(),
}
