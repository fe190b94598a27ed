"""The plans of the stage's library, and who gets what from their addresses; read by library_access.py."""

from __future__ import annotations

from typing import Any

from libraries.models import Library, PlannedActivity
from tests.libraries.making import adopt, make_plan

READ = ("plan_list", "plan_detail", "library_report", "area_report", "programme")
PARTS = ("plan_desk", "plan_edit", "goal_edit", "planned_create", "planned_edit")
PUBLIC = {f"libraries:{name}" for name in READ}

_DESK = "404 guests=302 librarian,library_officer,superuser"
_LISTS = "403 residents=302 library_officer,superuser"
_AGENCY = "404 guests=302 librarian=403 library_officer,superuser"
ROWS: dict[str, tuple[str, str]] = {
    **{f"libraries:{name}": ("200", "405") for name in READ},
    "libraries:plan_board": (f"{_DESK}=200", "405 guests=302"),
    **{f"libraries:{name}": (f"{_DESK}=200", f"{_DESK}=422") for name in PARTS},
    **{f"libraries:{name}": ("405 guests=302", f"{_DESK}=302") for name in ("plan_adopt", "planned_remove")},
    **{f"admin:libraries_library_impor_{kind}": (f"{_LISTS}=200", f"{_LISTS}=422") for kind in ("daftar", "angka")},
    **{f"admin:libraries_library_unduh_{kind}": (f"{_LISTS}=200", f"{_LISTS}=200") for kind in ("daftar", "angka")},
    "libraries:plan_reopen": (f"{_AGENCY}=200", f"{_AGENCY}=422"),
}


def make_plans(library: Library) -> None:
    """An adopted plan, and the draft of the next year."""
    adopt(make_plan(library, 2026))
    make_plan(library, 2027)


def plan_values(name: str) -> dict[str, Any]:
    """The adopted plan where it is read or opened again, the draft where it is written."""
    if name not in ROWS:
        return {}
    adopted = {"plan_detail", "plan_reopen", "library_report", "area_report", "programme"}
    year = 2026 if name.removeprefix("libraries:") in adopted else 2027
    row = PlannedActivity.objects.filter(goal__plan__year=year).first()
    return {"year": year, "kind": "service_use", "pk": row.pk if row else 0}
