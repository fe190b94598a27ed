"""Work programmes, recorded facilitation and guidelines of the stage, and who gets what from their addresses.

Read by stage.py and access_table.py.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.models import Institution, User
from groups.models import Kim, WorkProgram
from partnerships.models import Facilitation, Guideline, Principle
from partnerships.models.facilitation import evidence_name
from tests.factories import make_area, make_document, make_institution, make_user

READ = ("programme_list", "programme_detail", "programme_pdf")
PAGES = ("facilitation_list", "facilitation_detail", "facilitation_report", "facilitation_pdf", "facilitation_download")
LIBRARY = ("guideline_list", "guideline_detail", "guideline_document")
PUBLIC = {f"groups:{name}" for name in READ} | {f"partnerships:{name}" for name in PAGES + LIBRARY}

_RECORDS = "403 residents=302 kim_verifier,foreign_kim_verifier,superuser=200"
_OWN = "404 residents=302 kim_verifier,superuser"  # of the area; for everybody else it is not there
ROWS: dict[str, tuple[str, str]] = {
    **{name: ("200", "405") for name in sorted(PUBLIC)},
    **{
        f"groups:programme_{name}": ("404 guests=302 kim_admin=200", "404 guests=302 kim_admin=422")
        for name in ("desk", "edit")
    },
    "groups:programme_approve": ("405 guests=302", "404 guests,kim_admin=302"),
    **{
        f"admin:partnerships_{model}_{page}": row
        for model in ("facilitation", "guideline")
        for page, row in {
            "changelist": (_RECORDS, _RECORDS),
            "add": (_RECORDS, _RECORDS),
            "history": (f"{_OWN}=200", f"{_OWN}=200"),
            "delete": (f"{_OWN}=403", f"{_OWN}=403"),
            "change": (f"{_OWN}=200", f"{_OWN}=409"),
        }.items()
    },
    "admin:partnerships_facilitation_action": (f"{_OWN}=200", f"{_OWN}=200"),
}
APPROVED, DRAFT = 2026, 2027
ITEMS = (
    {"activity": "Pelatihan menulis berita desa", "target": "20 warga", "budget": 750_000, "source": "self"},
    {"activity": "Cetak buletin", "target": "12 terbitan", "budget": 2_250_000, "source": "village"},
)
EVIDENCE = {evidence_name(principle): f"Bukti {principle.label.lower()}." for principle in Principle}
RESULTS = {"result_number": 20, "result_unit": "orang terlatih", "result_words": "Peserta menyusun program kerja."}


def make_program(kim: Kim, year: int = APPROVED, *, items: Any = ITEMS, approved_by: User | None = None) -> WorkProgram:
    """A work programme with two items; a draft unless somebody approves it."""
    program = WorkProgram.objects.start(kim, year, by=approved_by)
    program.keep(items)
    if approved_by:
        program.approve(by=approved_by)
    return program


def make_facilitation(area: str | None = "13.07", *, by: User | None = None, **over: Any) -> Facilitation:
    """A workshop of a regency, without results and evidence unless given."""
    values = {
        "title": "Workshop pemberdayaan KIM",
        "role": "workshop",
        "tier": "regency",
        "agency": over.pop("agency", None) or Institution.objects.first() or make_institution(),
        "held_on": date(2026, 3, 9),
    }
    row = Facilitation(area=make_area(area) if area else None, **{**values, **over})
    row.keep(by=by or make_user())
    return row


def make_guideline(area: str | None = "13.07", *, by: User | None = None, versions: int = 1, **over: Any) -> Guideline:
    values = {
        "title": "Pedoman membentuk KIM",
        "summary": "Langkah dari musyawarah sampai surat keputusan.",
        "tier": "regency",
        "topic": "founding",
    }
    row = Guideline(area=make_area(area) if area else None, **{**values, **over})
    row.keep()
    for _ in range(versions):
        row.publish(make_document(), by=by or make_user())
    return row


def make_programs(kim: Kim, admin: User) -> None:
    """One programme of each state, a workshop that reached the KIM, and a guideline that everybody reads."""
    make_program(kim, approved_by=admin)
    make_program(kim, DRAFT)
    first = make_facilitation(by=admin, **EVIDENCE, **RESULTS)
    first.kims.add(kim)
    make_facilitation(by=admin, title="Bimbingan lanjutan", role="guidance", held_on=date(2026, 6, 1), follows=first)
    make_guideline(by=admin, is_public=True)


def programme_values(name: str) -> dict[str, Any]:
    """Values that make an address of this name lead to something that exists."""
    if name not in ROWS:
        return {}
    values: dict[str, Any] = {"year": APPROVED if name in PUBLIC else DRAFT}
    if name.startswith("partnerships:facilitation"):
        values["pk"] = Facilitation.objects.earliest("pk").pk
    if name.startswith("partnerships:guideline"):
        guideline = Guideline.objects.earliest("pk")
        values |= {"pk": guideline.pk, "document_id": guideline.versions.get().document_id}
    return values
