"""What a writer's browser sends, and where: shared by the tests of writing."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from groups.models import Announcement, Kim
from tests.factories import make_photo_bytes


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def answers(**over: Any) -> dict[str, Any]:
    values = {"title": "Posyandu Senin", "body": "Pukul **8**.", "kind": "event", "area": "13.07.11.2004"}
    return {"submission_id": str(uuid4()), "version": "0", "action": "publish", **values, **over}


def create(kim: Kim) -> str:
    return reverse("groups:announcement_create", args=[kim.slug])


def edit(row: Announcement) -> str:
    return reverse("groups:announcement_edit", args=[row.public_id])


def html(response: Any) -> str:
    return response.content.decode()


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("a.jpg", make_photo_bytes(), "image/jpeg")
