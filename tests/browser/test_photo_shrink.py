"""static/js/photo-shrink.js on a bare page of its own: no server, no database."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from PIL import Image

from tests.factories import make_photo_bytes
from tests.uploads.hostile import MARK, marked_exif

pytestmark = pytest.mark.browser

ADDRESS = "http://portal.invalid/"
PAGE = """<!doctype html><title>Foto</title>
<form method="post" enctype="multipart/form-data">
<input type="file" name="photos" multiple data-photo-shrink data-photo-max="3">
<button name="step" value="check">Lanjut</button></form>
<script src="/photo-shrink.js" defer></script>"""
POLICY = {"content-security-policy": "default-src 'self'; img-src 'self' data: blob:"}


class Form:
    """The page with the form, and the bodies it sent."""

    def __init__(self, page: Any) -> None:
        self.page, self.sent, self.troubles = page, [], []
        page.on("console", lambda message: self.troubles.append(message.text))
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.route("**/*", self.answer)
        page.goto(ADDRESS)

    def answer(self, route: Any) -> None:
        script = Path(settings.BASE_DIR, "static", "js", "photo-shrink.js")
        if route.request.url.endswith(".js"):
            route.fulfill(body=script.read_text(), content_type="text/javascript")
            return
        if route.request.method == "POST":
            self.sent.append(route.request.post_data_buffer)
        route.fulfill(body=PAGE, content_type="text/html", headers=POLICY)

    def choose(self, *contents: bytes) -> None:
        files = [{"name": "IMG_Rina.jpg", "mimeType": "image/jpeg", "buffer": content} for content in contents]
        self.page.set_input_files("input", files)

    def previews(self, count: int) -> list[str]:
        self.page.wait_for_selector(f".photo-previews li:nth-child({count})")
        return [text.strip() for text in self.page.locator(".photo-previews li").all_inner_texts()]

    def send(self) -> bytes:
        with self.page.expect_navigation():
            self.page.click("button")
        return self.sent[-1]


@pytest.fixture
def form(browser: Any) -> Iterator[Form]:
    page = browser.new_page()
    yield Form(page)
    page.close()


def large_photo() -> bytes:
    exif = marked_exif()
    exif[0x0112] = 6
    return make_photo_bytes(3200, 2400, exif=exif)


class TestPhotoShrink:
    def test_large_photo_arrives_upright_small_and_without_its_notes(self, form: Form) -> None:
        form.choose(large_photo())
        assert re.fullmatch(r"Foto 1, \d+ kB", form.previews(1)[0])
        body = form.send()
        assert MARK not in body
        assert b"Rina" not in body
        assert Image.open(io.BytesIO(body[body.index(b"\xff\xd8") :])).size == (1200, 1600)
        assert form.troubles == []

    def test_file_the_browser_cannot_open_is_sent_as_it_is(self, form: Form) -> None:
        form.choose(large_photo(), b"bukan foto")
        assert len(form.previews(2)) == 2
        assert b"bukan foto" in form.send()

    def test_form_sent_at_once_waits_for_the_photo_and_keeps_its_button(self, form: Form) -> None:
        form.choose(large_photo())
        body = form.send()
        assert MARK not in body
        assert b'name="step"' in body

    def test_browser_without_the_means_sends_the_original(self, form: Form) -> None:
        form.page.evaluate("window.DataTransfer = undefined")
        form.choose(large_photo())
        form.previews(1)
        assert MARK in form.send()

    def test_fourth_photo_is_named_before_anything_is_sent(self, form: Form) -> None:
        form.choose(*[make_photo_bytes()] * 4)
        assert form.page.evaluate("document.querySelector('input').validationMessage") == "Paling banyak 3 foto."

    def test_second_choice_replaces_the_first(self, form: Form) -> None:
        form.choose(large_photo(), large_photo(), large_photo())
        form.choose(make_photo_bytes(300, 200))
        form.previews(1)
        form.page.wait_for_timeout(500)
        assert form.send().count(b"filename=") == 1
