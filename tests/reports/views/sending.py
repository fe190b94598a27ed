"""What a browser sends from the report form, and what it finds in the answer."""

from __future__ import annotations

from html import unescape
from re import findall, search
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reports import codes
from reports.models import Actor, Report
from reports.models.filing import file_report
from reports.workflow import Status
from tests.factories import PATHS, make_filing, make_photo_bytes

URL = "/laporan/baru/"
TRACK, STATUS, REPLY = "/laporan/lacak/", "/laporan/status/", "/laporan/status/balas/"
TEXT = "Jalan berlubang besar di tanjakan, dua motor jatuh minggu ini."


def answers(**over: Any) -> dict[str, Any]:
    values = {
        "submission_id": str(uuid4()),
        "category": "jalan",
        "description": TEXT,
        "area": "13.07.11.2004",
        "place": "Jorong Koto",
        "step": "submit",
    }
    return {**values, **over}


def photo(name: str = "foto.jpg", **options: Any) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, make_photo_bytes(**options), "image/jpeg")


def send_json(client: Client, data: dict[str, Any]) -> Any:
    return client.post(URL, data, headers={"Accept": "application/json"})


def shown_code(data: dict[str, Any]) -> str:
    return codes.display_code(codes.code_for_submission(UUID(data["submission_id"])))


def hidden_values(page: str) -> dict[str, str]:
    """The hidden inputs of the check page, as a browser sends them back."""
    pairs = findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in pairs}


def filed(status: Status = Status.SUBMITTED, **over: Any) -> tuple[Report, str]:
    """A report in this state, and its code."""
    done = file_report(make_filing(**over))
    for step in PATHS[status]:
        step(done.report, Actor("Petugas laporan uji"))
    return done.report, done.code


def holder(code: str) -> Client:
    """The browser of somebody who typed the code."""
    client = Client()
    assert client.post(TRACK, {"code": codes.display_code(code)}).status_code == 302
    return client


def without_token(page: str) -> str:
    found = search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    return page.replace(found.group(1), "") if found else page
