"""The library of the stage, and who gets what from its addresses; read by stage.py and access_table.py."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.models import Role, User
from libraries.models import Library, MediaExposure
from tests import agenda_access, plan_access, voices_access
from tests.cast import REGENCY, VILLAGE
from tests.factories import make_document, make_grant, make_user
from tests.libraries.making import make_clipping, make_library, make_month

READ = (
    *("library_list", "library_detail", "indicators", "indicators_area", "missing"),
    *("indicators_download", "plans_download", "sitemap_index", "sitemap_province"),
)
PUBLIC = {f"libraries:{name}" for name in READ} | voices_access.PUBLIC | plan_access.PUBLIC | agenda_access.PUBLIC

_DESK = "404 guests=302 librarian,library_officer,superuser"
_QUEUE = "403 residents=302 library_officer,readers,superuser=200"
_ADD = "403 residents=302 library_officer,superuser=200"
_SEEN = "404 residents=302 library_officer,readers,superuser"
_OWN = "404 residents=302 library_officer,superuser"
ROWS: dict[str, tuple[str, str]] = {
    **{f"libraries:{name}": ("200", "405") for name in READ},
    "libraries:own_libraries": ("200 guests=302", "405 guests=302"),
    **{f"libraries:{name}": (f"{_DESK}=200", "405 guests=302") for name in ("desk", "library_history", "tally_sheet")},
    **{f"libraries:{name}": (f"{_DESK}=200", f"{_DESK}=422") for name in ("library_edit", "month_edit")},
    "libraries:target_edit": (f"{_DESK}=200", f"{_DESK}=302"),
    "libraries:clipping_scan": (f"{_DESK}=200", "405 guests=302"),
    "libraries:month_accept": ("405 guests=302", "404 guests=302 librarian=403 library_officer,superuser=302"),
    "admin:libraries_library_changelist": (_QUEUE, _QUEUE),
    "admin:libraries_library_add": (_ADD, _ADD),
    "admin:libraries_library_action": (
        "404 residents=302 readers=403 library_officer,superuser=200",
        "404 residents=302 readers=403 library_officer,superuser=200",
    ),
    "admin:libraries_library_history": (f"{_SEEN}=200", f"{_SEEN}=200"),
    "admin:libraries_library_delete": (f"{_SEEN}=403", f"{_SEEN}=403"),
    "admin:libraries_library_change": (f"{_SEEN}=200", f"{_OWN}=409 readers=403"),
    "admin:libraries_monthlyfigures_changelist": (_QUEUE, _QUEUE),
    "admin:libraries_monthlyfigures_add": ("403 residents=302", "403 residents=302"),
    "admin:libraries_monthlyfigures_history": (f"{_SEEN}=200", f"{_SEEN}=200"),
    "admin:libraries_monthlyfigures_delete": (f"{_SEEN}=403", f"{_SEEN}=403"),
    "admin:libraries_monthlyfigures_change": (f"{_SEEN}=302", f"{_SEEN}=403"),
    "admin:libraries_librarypolicy_changelist": (_ADD, _ADD),
    "admin:libraries_librarypolicy_add": (_ADD, _ADD),
    "admin:libraries_librarypolicy_history": (f"{_OWN}=200", f"{_OWN}=200"),
    "admin:libraries_librarypolicy_delete": (f"{_OWN}=403", f"{_OWN}=403"),
    "admin:libraries_librarypolicy_change": (f"{_OWN}=200", f"{_OWN}=409"),
    **voices_access.ROWS,
    **plan_access.ROWS,
    **agenda_access.ROWS,
}

# What a Dinas Perpustakaan gets from the officers' pages that are about reports and institutions.
_LO = "library_officer"
ELSEWHERE: dict[str, tuple[str, str]] = {
    "reports:photo": (f"{_LO},librarian=404", ""),
    "reports:report_export": (f"{_LO}=403", ""),
    "admin:reports_report_act": (f"{_LO}=404", ""),
    "admin:reports_report_changelist": (f"{_LO}=403", f"{_LO}=403"),
    **{f"admin:accounts_{model}_action": (f"{_LO}=403", f"{_LO}=403") for model in ("invitation", "rolegrant")},
    **{f"admin:accounts_{model}_history": (f"{_LO}=200", f"{_LO}=200") for model in ("invitation", "rolegrant")},
    **{f"admin:accounts_{model}_change": (f"{_LO}=200", "") for model in ("invitation", "rolegrant")},
    **{
        f"admin:reports_report_{page}": (f"{_LO}=404", f"{_LO}=404")
        for page in ("sheet", "history", "delete", "change")
    },
}


def make_libraries() -> dict[str, User]:
    """One library with a month and a clipping, its librarian, and the agency's officer: two roles of the table."""
    people = {"librarian": make_user(), "library_officer": make_user()}
    make_grant(people["librarian"], Role.LIBRARIAN, VILLAGE)
    make_grant(people["library_officer"], Role.LIBRARY_OFFICER, REGENCY)
    library = make_library(VILLAGE, "Perpustakaan Panggung", by=people["library_officer"])
    make_month(library, date(2026, 3, 1), visits_onsite=12, activities=1, participants=8)
    make_clipping(library, date(2026, 3, 2), scan=make_document())
    voices_access.make_voices(library, people["library_officer"])
    plan_access.make_plans(library)
    agenda_access.make_agenda(library, people["library_officer"])
    return people


def library_values(name: str) -> dict[str, Any]:
    """Values that make an address of this name lead to something that exists."""
    if name not in ROWS or name.startswith("admin:"):
        return {}
    library, clipping = Library.objects.order_by("pk").first(), MediaExposure.objects.order_by("pk").first()
    return {
        "slug": library.slug if library else "",
        "month": "2026-03",
        "year": 2026,
        "pk": clipping.pk if clipping else 0,
        "code": REGENCY[:2] if name == "libraries:sitemap_province" else REGENCY,
        **voices_access.voices_values(name),
        **plan_access.plan_values(name),
        **agenda_access.agenda_values(name),
    }
