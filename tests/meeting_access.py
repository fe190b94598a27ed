"""The meeting of the stage, and who gets what from its addresses; read by stage.py and access_table.py."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Institution, User
from groups.models import Kim
from partnerships.models import Commitment, Meeting
from tests.factories import make_document
from tests.partnerships.meetings import make_attendance, make_commitment, make_meeting

READ = ("meeting_list", "meeting_detail", "material_file", "commitment_file", "meeting_paper", "meeting_pdf")
WRITE = (
    *(
        "meeting_edit",
        "meeting_cancel",
        "meeting_session_create",
        "meeting_session_edit",
        "material_create",
        "attendance_create",
        "attendance_count",
        "meeting_agreement",
    ),
    "commitment_create",
)
PUBLIC = {f"partnerships:{name}" for name in READ}


def read_in_office(model: str) -> dict[str, tuple[str, str]]:
    """The admin of rows that officers of the area read and nobody changes there."""
    seen, place = "403 residents=302 verifiers,readers,superuser=200", f"admin:partnerships_{model}"
    rows = "404 residents=302 kim_verifier,readers,superuser=200"
    closed = rows.replace("=200", "=403")
    return {
        f"{place}_changelist": (seen, seen),
        f"{place}_add": ("403 residents=302", "403 residents=302"),
        f"{place}_history": (rows, rows),
        f"{place}_delete": (closed, closed),
        f"{place}_change": (rows, closed),
    }


ROWS: dict[str, tuple[str, str]] = {
    **read_in_office("meeting"),
    **read_in_office("commitment"),
    **read_in_office("agreement"),
    **{f"partnerships:{name}": ("200", "405") for name in READ},
    **{f"partnerships:{name}": ("200 guests=302", "405 guests=302") for name in ("meeting_own", "commitment_list")},
    "partnerships:meeting_create_kim": ("404 guests=302 kim_admin=200", "404 guests=302 kim_admin=422"),
    "partnerships:meeting_create_institution": ("404 guests=302 liaison=200", "404 guests=302 liaison=422"),
    **{f"partnerships:{name}": ("403 guests=302 kim_admin=200", "403 guests=302 kim_admin=422") for name in WRITE},
    **{
        f"partnerships:{name}": ("405 guests=302", "403 guests,kim_admin=302")
        for name in ("meeting_session_drop", "material_drop", "attendance_remove")
    },
    "partnerships:meeting_programs": (  # the stage's meeting is to come and no workshop
        "403 guests=302",
        "403 guests=302",
    ),
    "partnerships:commitment_edit": (
        "403 guests=302 kim_admin,liaison=200",
        "403 guests=302 kim_admin,liaison=422",
    ),
}


def make_meetings(kim: Kim, admin: User) -> None:
    """One to come, held by the KIM, to which the liaison's institution comes and where it promised something."""
    session = {"starts_at": timezone.now() + timedelta(days=9), "mode": "hybrid", "platform": "Zoom"}
    meeting = make_meeting(kim, by=admin, session=session, title="Rapat panggung", minutes="Disepakati.")
    meeting.add_material("Paparan", make_document(), by=admin)
    party = make_attendance(meeting, "Dinas PU", Institution.objects.order_by("pk").first())
    make_commitment(party=party, evidence="Surat.", evidence_file=make_document(), due_on=timezone.localdate())
    make_attendance(meeting, "Stakeholder terkait")


def meeting_values(name: str, kim: Kim) -> dict[str, Any]:
    """Values that make an address of this name lead to something that exists."""
    if name not in ROWS:
        return {}
    meeting = Meeting.objects.filter(kim=kim).order_by("pk").first()
    if meeting is None:
        return {}
    place = name.removeprefix("partnerships:").removeprefix("meeting_session").split("_")[0]
    rows = {
        "": meeting.sessions,
        "material": meeting.materials,
        "attendance": meeting.attendance,
        "commitment": Commitment.objects.filter(party__gathering=meeting),
        "meeting": Institution.objects,
    }
    first = rows[place].order_by("pk").first()
    return {"public_id": meeting.public_id, "slug": kim.slug, "pk": first.pk, "paper": "notula"}
