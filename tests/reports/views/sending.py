"""What a browser sends from the report form, and what it finds in the answer."""

from __future__ import annotations

from html import unescape
from re import findall
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reports import codes
from tests.factories import make_photo_bytes

URL = "/laporan/baru/"
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
