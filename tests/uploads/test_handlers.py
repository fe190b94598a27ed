from __future__ import annotations

import os
import tempfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from uploads import handlers
from uploads.images import MAX_BYTES

MB = 1024 * 1024


def post(*contents: bytes, name: str = "IMG_Rina_di_rumah.jpg") -> HttpRequest:
    photos = [SimpleUploadedFile(name, content, "image/jpeg") for content in contents]
    return RequestFactory().post("/", {"awal": "satu", "photos": photos, "description": "jalan rusak"})


def received(*contents: bytes) -> list[UploadedFile]:
    return post(*contents).FILES.getlist("photos")


class TestNamelessUploadHandler:
    def test_settings_use_it_alone(self, settings: object) -> None:
        assert settings.FILE_UPLOAD_HANDLERS == ["uploads.handlers.NamelessUploadHandler"]

    @pytest.mark.parametrize("size", [0, 1, MB, 3 * MB, MAX_BYTES])
    def test_content_arrives_whole(self, size: int) -> None:
        content = os.urandom(size)
        [file] = received(content)
        assert (file.read(), file.size) == (content, size)

    @pytest.mark.parametrize("name", ["IMG_Rina.jpg", "../../etc/passwd", "a" * 900, "<b>.svg", "foto\u202egpj.exe"])
    def test_name_of_the_device_is_dropped(self, name: str) -> None:
        [file] = post(b"x", name=name).FILES.getlist("photos")
        assert file.name == "unggahan"

    def test_large_file_has_no_name_on_disk_either(self, monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        [file] = received(bytes(3 * MB))
        assert file.file._rolled
        assert os.listdir(tmp_path) == []

    def test_file_over_the_limit_keeps_its_size_and_loses_its_content(self) -> None:
        [file] = received(bytes(MAX_BYTES + 1))
        assert (file.size, file.read()) == (MAX_BYTES + 1, b"")

    def test_rest_of_the_form_survives_a_file_over_the_limit(self) -> None:
        request = post(bytes(50 * MB), b"kedua")
        assert request.POST["description"] == "jalan rusak"
        assert [file.size for file in request.FILES.getlist("photos")] == [50 * MB, 5]
        assert request.FILES.getlist("photos")[1].read() == b"kedua"

    def test_one_request_keeps_no_more_than_its_share_of_the_disk(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(handlers, "MAX_REQUEST_BYTES", 5 * MB)
        files = received(*[bytes(2 * MB)] * 4)
        assert [len(file.read()) for file in files] == [2 * MB, 2 * MB, 0, 0]
        assert [file.size for file in files] == [2 * MB] * 4

    def test_file_not_kept_takes_nothing_from_the_others(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(handlers, "MAX_REQUEST_BYTES", 13 * MB)
        files = received(bytes(MAX_BYTES + 1), bytes(3 * MB))
        assert [len(file.read()) for file in files] == [0, 3 * MB]

    def test_files_are_closed_with_the_request(self) -> None:
        request = post(b"x")
        [file] = request.FILES.getlist("photos")
        request.close()
        assert file.closed
