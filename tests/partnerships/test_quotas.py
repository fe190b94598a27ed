"""A day holds no more than a person needs; the sentence says what to do, and nothing typed is lost."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from partnerships.models import Agreement, Material, TrackRecord
from partnerships.quotas import A_DAY
from tests.factories import make_kim, make_pdf_bytes, make_user
from tests.partnerships.factories import make_active, make_expertise, today
from tests.partnerships.meetings import make_meeting
from uploads.models import Document

pytestmark = pytest.mark.django_db


class TestCounted:
    def test_agreements(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(A_DAY, "agreement", 1)
        admin = make_user()
        row = make_active(make_kim(admin=admin))
        client.force_login(admin)
        data = {"kind": "joint_agreement", "subject": "Penyebaran", "scope": "Penyuluhan."}
        address = f"{row.get_absolute_url()}perjanjian/baru/"
        assert client.post(address, data).status_code == 302
        answer = client.post(address, {**data, "scope": "Yang diketik."})
        assert answer.status_code == 429
        assert "sudah mencatat 1 perjanjian" in answer.content.decode()
        assert "Yang diketik." in answer.content.decode()
        assert Agreement.objects.count() == 1

    def test_track_records(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(A_DAY, "evidence", 0)
        admin = make_user()
        row = make_expertise(make_kim(admin=admin), proven=False)
        client.force_login(admin)
        data = {"activity": "Lomba", "done_on": today(-2), "place": "Balai", "beneficiaries": 4, "result": "Baik."}
        answer = client.post(f"/kemitraan/keahlian/{row.pk}/rekam-jejak/", data)
        assert answer.status_code == 429
        assert not TrackRecord.objects.exists()

    def test_scans_leave_no_file(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(A_DAY, "scan", 1)
        admin = make_user()
        row = make_meeting(make_kim(admin=admin))
        client.force_login(admin)
        for status in (302, 429):
            file = SimpleUploadedFile("a.pdf", make_pdf_bytes(), "application/pdf")
            answer = client.post(f"{row.get_absolute_url()}bahan/", {"title": "Paparan", "document": file})
            assert answer.status_code == status
        assert "sudah mengunggah 1 berkas" in answer.content.decode()
        assert Material.objects.count() == Document.objects.count() == 1
