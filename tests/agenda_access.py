"""The agenda of the stage's library, and who gets what from its addresses; read by library_access.py."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from libraries import codes
from libraries.models import Activity, ActivityMaterial, ActivitySession, Library, Registration, SpaceHour
from tests.factories import make_document
from tests.libraries.agendas import make_activity, make_hour, session_values, take

# What only the library's own people may read, and the holder of the code.
MARKS = {"name": "Uni Rahasia7q", "email": "daftar7q@contoh.invalid", "phone": "0812 7777 0007"}
KEY = "7f2d7c66-27ad-4f3c-9c2f-0b6d3a5c7e11"

READ = ("agenda", "library_agenda", "activity_detail", "activity_material")
OWN = ("registration_find", "registration_own", "registration_cancel", "registration_contact", "registration_create")
PUBLIC = {f"libraries:{name}" for name in (*READ, *OWN)}

_DESK = "404 guests=302 librarian,library_officer,superuser"
_PEOPLE = "404 guests=302 library_officer,superuser=403 librarian"  # the agency reads figures, no names
ROWS: dict[str, tuple[str, str]] = {
    **{f"libraries:{name}": ("200", "405") for name in READ},
    "libraries:registration_find": ("200", "422"),
    "libraries:registration_create": ("200", "422"),
    "libraries:registration_own": ("200", "405"),
    "libraries:registration_cancel": ("405", "302"),
    "libraries:registration_contact": ("405", "302"),
    **{f"libraries:{name}": (f"{_DESK}=200", "405 guests=302") for name in ("activity_list", "activity_desk")},
    **{
        f"libraries:{name}": (f"{_DESK}=200", f"{_DESK}=422")
        for name in (
            *("space_hours", "space_hour_edit", "activity_create", "activity_edit", "activity_cancel"),
            *("session_create", "session_edit", "session_cancel", "material_create", "attendance_count"),
        )
    },
    **{f"libraries:{name}": ("405 guests=302", f"{_DESK}=302") for name in ("space_hour_drop", "material_drop")},
    **{f"libraries:{name}": (f"{_PEOPLE}=200", f"{_PEOPLE}=422") for name in ("participant_list", "attendance_edit")},
    "libraries:attendance_sheet": (f"{_PEOPLE}=200", "405 guests=302"),
    "libraries:participant_act": ("405 guests=302", f"{_PEOPLE}=302"),
}


def make_agenda(library: Library, by: User) -> None:
    """A line of the timetable, an activity to come with a material, and somebody who registered for it."""
    make_hour(library)
    row = make_activity(library, by=by, space="work_skills", tags=["women"], session=session_values(seats=5))
    ActivityMaterial(activity=row, title="Pola tenun", document=make_document()).keep(by=by)
    take(row.sessions.get(), submission_id=KEY, **MARKS)


def agenda_values(name: str) -> dict[str, Any]:
    """Values that make an address of the agenda lead to something that exists; nothing for any other."""
    if name not in ROWS:
        return {}
    activity, hour = Activity.objects.order_by("pk").first(), SpaceHour.objects.order_by("pk").first()
    material, session = ActivityMaterial.objects.order_by("pk").first(), ActivitySession.objects.order_by("pk").first()
    registration = Registration.objects.filter(submission_digest=codes.submission_digest(KEY)).first()
    row = hour if "hour" in name else material if "material" in name else session
    return {
        "public_id": activity.public_id if activity else "",
        "pk": row.pk if row else 0,
        "registration": registration.pk if registration else 0,
        "code": codes.display(codes.code_for(KEY)),
    }
