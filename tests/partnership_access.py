"""The partnerships of the stage, and who gets what from their addresses; read by stage.py and access_table.py."""

from __future__ import annotations

from typing import Any

from accounts.models import Institution, User
from groups.models import Kim
from partnerships.models import Agreement, AgreementParty, Expertise, LegalPaper, Obligation, Partnership, Side
from regions.models import CustomaryVillage
from tests.cast import VILLAGE
from tests.factories import make_area, make_document
from tests.partnerships.factories import (
    hold_session,
    make_active,
    make_agreement,
    make_expertise,
    make_legal_basis,
    make_partnership,
    signature,
    today,
)

OPEN = (
    *("partnership_list", "partnership_detail", "kim_partnerships", "guide", "obligation_list", "legal_basis"),
    *("legal_paper", "expertise_list", "expertise_detail"),
)
PUBLIC = {f"partnerships:{name}" for name in OPEN}

_SIDES = "kim_admin,liaison"
_READERS = f"{_SIDES},readers,kim_verifier,superuser"
_SEEN = "readers,kim_verifier,superuser=403"  # of what is only proposed, whoever is no side but sees it
_OWN = (f"403 guests=302 {_SIDES}=200", f"403 guests=302 {_SIDES}=422")
_KIM = ("404 guests=302 kim_admin=200", "404 guests=302 kim_admin=422")
_INSTITUTION = ("404 guests=302 liaison=200", "404 guests=302 liaison=422")
_PARTIES = f"{_READERS},other_kim_admin"  # the other KIM is a third party of the stage's agreements
_READ = "other_kim_admin,readers,kim_verifier,superuser=403"  # what only the two sides may do
_LIST = "403 residents=302 superuser,verifiers,readers=200"
_KEPT = "403 residents=302 superuser,verifiers=200"
_FAR = "404 residents=302 foreign_kim_verifier=404"


def office(model: str, *, changed: bool, near: bool) -> dict[str, tuple[str, str]]:
    """The officers' pages of one model: `changed` by verifiers, and whether a foreign one sees no row (`near`)."""
    place = f"admin:partnerships_{model}" if model in {"partnership", "obligation"} else f"admin:regions_{model}"
    readers = "superuser,kim_verifier,readers" + ("" if near else ",foreign_kim_verifier")
    see = f"404 residents=302 {readers}"
    foreign = "" if near else " foreign_kim_verifier=403"
    changes = f"404 residents=302 superuser,kim_verifier=409 readers=403{foreign}"
    add = _KEPT if changed else "403 residents=302"
    return {
        f"{place}_changelist": (_LIST, _LIST),
        f"{place}_add": (add, add),
        f"{place}_history": (f"{see}=200", f"{see}=200"),
        f"{place}_delete": (f"{see}=403", f"{see}=403"),
        f"{place}_change": (f"{see}=200", changes if changed else f"{see}=403"),
    }


ROWS: dict[str, tuple[str, str]] = {
    **{f"partnerships:{name}": ("200", "405") for name in OPEN},
    "partnerships:own_partnerships": ("200 guests=302", "405 guests=302"),
    "partnerships:kim_propose": _KIM,
    "partnerships:kim_expertise": _KIM,
    "partnerships:record_create": _KIM,
    "partnerships:evidence_create": _KIM,
    "partnerships:institution_propose": _INSTITUTION,
    "partnerships:institution_expertise": _INSTITUTION,
    "partnerships:evidence_file": (
        "404 guests=302 kim_admin,kim_verifier,readers,superuser=200",
        "405 guests=302",
    ),
    "partnerships:partnership_confirm": ("405 guests=302", f"404 guests=302 {_SIDES}=409 {_SEEN}"),
    "partnerships:terms_edit": (f"404 guests=302 {_SIDES}=200 {_SEEN}", f"404 guests=302 {_SIDES}=422 {_SEEN}"),
    **{
        f"partnerships:{name}": _OWN
        for name in (
            *("partnership_end", "forum_move", "session_create", "evaluation_create"),
            *("attendees_edit",),
            "agreement_create",
        )
    },
    **{
        f"partnerships:{name}": (f"403 guests=302 {_SIDES}=200", "405 guests=302")
        for name in ("forum_sheet", "session_detail")
    },
    "partnerships:attendee_remove": ("405 guests=302", f"403 guests,{_SIDES}=302"),
    "partnerships:agreement_own": ("200 guests=302", "405 guests=302"),
    "partnerships:agreement_create_kim": _KIM,
    "partnerships:agreement_create_institution": _INSTITUTION,
    **{
        f"partnerships:{name}": (f"404 guests=302 {_SIDES}=200 {_READ}", f"404 guests=302 {_SIDES}=422 {_READ}")
        for name in ("agreement_edit", "agreement_sign", "agreement_end")
    },
    "partnerships:agreement_parties": (
        f"404 guests=302 {_SIDES}=200 {_READ}",
        f"404 guests,{_SIDES}=302 {_READ}",
    ),
    "partnerships:agreement_draft": ("405 guests=302", f"404 guests,{_SIDES}=302 {_READ}"),
    **{
        f"partnerships:{name}": (f"404 guests=302 {_PARTIES}=200", "405 guests=302")
        for name in ("agreement_detail", "agreement_print", "agreement_pdf", "agreement_file")
    },
    "partnerships:partnership_paper": (f"403 guests=302 {_READERS}=404", "405 guests=302"),
    "admin:partnerships_partnership_action": (  # the stage's sides all answer for themselves
        "404 residents=302 superuser,kim_verifier,readers=403",
        "404 residents=302 superuser,kim_verifier,readers=403",
    ),
    **office("partnership", changed=False, near=True),
    **office("obligation", changed=True, near=True),
    **office("customaryvillage", changed=True, near=True),
    **office("legalbasis", changed=True, near=False),
}
PROPOSED = {"partnerships:partnership_confirm", "partnerships:terms_edit"}
SIGNED = {"partnerships:agreement_file", "partnerships:agreement_detail"}


def make_partnerships(kim: Kim, admin: User) -> None:
    """One that runs with a draft and a signed paper, one that is only proposed, and what rules oblige to."""
    partner = Institution.objects.get(name="Dinas Pekerjaan Umum Uji")  # the stage's liaison answers for it
    row = make_active(kim, partner, by=admin)
    hold_session(row, lines=["Warga Uji"])
    beside = Kim.objects.exclude(pk=kim.pk).order_by("pk")[0]
    draft, signed = make_agreement(row), make_agreement(row, subject="Naskah yang ditandatangani")
    AgreementParty.join(draft, beside, Side.FIRST, by=admin)
    party = AgreementParty.join(signed, beside, Side.FIRST, by=admin)
    values = signature(signers={party.pk: ("Ketua KIM Lain", "Ketua")})
    signed.sign(Side.FIRST, by=admin, file=make_document(), **values)
    basis = make_legal_basis()
    LegalPaper.objects.create(legal_basis=basis, file=make_document())
    make_partnership(kim, partner, basis="regulation", legal_basis=basis)
    expertise = make_expertise(kim)
    expertise.add_evidence(kind="award", giver="Camat Uji", given_on=today(-9), file=make_document())
    Obligation.objects.create(area=make_area("13.07"), legal_basis=basis)
    CustomaryVillage.objects.create(area=make_area(VILLAGE), name="Uji")


def partnership_values(name: str, kim: Kim) -> dict[str, Any]:
    """Values that make an address of this name lead to something that exists."""
    if not name.startswith("partnerships:"):
        return {}
    rows = Partnership.objects.filter(kim=kim)
    row = rows.filter(is_listed=name not in PROPOSED).order_by("pk")[0]
    expertise = Expertise.objects.get()
    proof = expertise.evidence.exclude(file=None).get()
    values = {"public_id": row.public_id, "slug": kim.slug, "pk": row.partner_id, "document_id": proof.file_id}
    if name.startswith(("partnerships:expertise", "partnerships:record", "partnerships:evidence")):
        values["pk"] = expertise.pk
    elif name.startswith("partnerships:legal"):
        values["pk"] = LegalPaper.objects.get().legal_basis_id
    elif name in {"partnerships:session_detail", "partnerships:attendees_edit"}:
        values["pk"] = row.sessions.get().pk
    elif name == "partnerships:attendee_remove":
        values["pk"] = row.sessions.get().attendees.get().pk
    elif name.startswith("partnerships:agreement") and name != "partnerships:agreement_create_institution":
        values["pk"] = Agreement.objects.get(file__isnull=name not in SIGNED).pk
    return values
