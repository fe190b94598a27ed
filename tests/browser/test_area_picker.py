"""static/js/area-picker.js on a bare page of its own: the keyboard, the words read aloud, the last choice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings

pytestmark = pytest.mark.browser

ADDRESS = "http://portal.invalid/"
PAGE = """<!doctype html><title>Wilayah</title>
<form method="post"><label for="id_area">Desa</label>
<div class="area-picker" data-area-picker data-url="/wilayah/cari/" data-level="village">
<input type="text" name="area_words" id="id_area"><input type="hidden" name="area" value=""></div>
<button>Lanjut</button></form><script src="/area-picker.js" defer></script>"""
POLICY = {"content-security-policy": "default-src 'self'"}
AREAS = [
    {"code": code, "name": f"Desa {name}", "full_name": f"Desa {name}, Kecamatan <b>Uji</b>, Kabupaten Uji"}
    for code, name in [("13.07.11.2001", "Satu"), ("13.07.11.2002", "Dua"), ("13.07.11.2003", "Tiga")]
]


class Picker:
    """The page with the box, what it asked the server and what the form sent."""

    def __init__(self, page: Any) -> None:
        self.page, self.asked, self.sent, self.troubles = page, [], [], []
        self.answers: dict[str, Any] = {}
        page.on("console", lambda message: self.troubles.append(message.text))
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.route("**/*", self.answer)
        page.goto(ADDRESS)
        self.box, self.options = page.locator("#id_area"), page.locator("[role=option]")

    def answer(self, route: Any) -> None:
        address = urlsplit(route.request.url)
        if address.path == "/wilayah/cari/":
            words = parse_qs(address.query)["q"][0]
            self.asked.append((words, parse_qs(address.query)["level"][0]))
            found = self.answers.get(words, AREAS)
            if found is None:
                return route.abort()
            return route.fulfill(json={"areas": found, "has_more": words == "banyak"})
        if address.path.endswith(".js"):
            script = Path(settings.BASE_DIR, "static", "js", "area-picker.js")
            return route.fulfill(body=script.read_text(), content_type="text/javascript")
        if route.request.method == "POST":
            self.sent.append(parse_qs(route.request.post_data))
        return route.fulfill(body=PAGE, content_type="text/html", headers=POLICY)

    def type(self, words: str) -> None:
        self.box.focus()
        self.box.press_sequentially(words)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def active(self) -> str:
        marked = self.box.get_attribute("aria-activedescendant")
        return self.page.locator(f"#{marked} strong").inner_text() if marked else ""

    def code(self) -> str:
        return str(self.page.locator("input[name=area]").input_value())

    def status(self, words: str) -> None:
        self.page.get_by_role("status").filter(has_text=words).wait_for()


@pytest.fixture
def picker(browser: Any) -> Iterator[Picker]:
    context = browser.new_context(viewport={"width": 360, "height": 640})
    picker = Picker(context.new_page())
    yield picker
    assert not [line for line in picker.troubles if "net::" not in line]
    context.close()


class TestAreaPicker:
    def test_three_letters_ask_once_after_a_pause(self, picker: Picker) -> None:
        picker.type("ta")
        picker.page.wait_for_timeout(400)
        assert picker.asked == []
        picker.box.press_sequentially("lang")
        picker.options.first.wait_for()
        assert picker.asked == [("talang", "village")]
        assert picker.options.count() == 3

    def test_arrows_walk_in_a_circle_and_enter_chooses_without_sending(self, picker: Picker) -> None:
        picker.type("talang")
        picker.options.first.wait_for()
        picker.press("ArrowDown")
        assert picker.active() == "Desa Satu"
        picker.press("ArrowUp")
        assert picker.active() == "Desa Tiga"
        picker.press("ArrowDown", "ArrowDown", "Enter")
        assert picker.box.input_value() == AREAS[1]["full_name"]
        assert picker.code() == "13.07.11.2002"
        assert picker.box.get_attribute("aria-expanded") == "false"
        assert picker.sent == []

    def test_enter_with_nothing_marked_sends_the_words(self, picker: Picker) -> None:
        picker.type("talang")
        picker.options.first.wait_for()
        with picker.page.expect_response(lambda response: response.request.method == "POST"):
            picker.press("Enter")
        assert picker.sent == [{"area_words": ["talang"]}]

    def test_escape_closes_first_and_empties_then(self, picker: Picker) -> None:
        picker.type("talang")
        picker.options.first.wait_for()
        picker.press("Escape")
        assert (picker.options.first.is_visible(), picker.box.input_value()) == (False, "talang")
        picker.press("Escape")
        assert picker.box.input_value() == ""

    def test_a_touch_chooses_and_tells_the_form(self, picker: Picker) -> None:
        told = "document.forms[0].addEventListener('area-chosen', (e) => { document.title = e.detail; })"
        picker.page.evaluate(told)
        picker.type("talang")
        picker.options.nth(2).click()
        assert picker.code() == picker.page.title() == "13.07.11.2003"
        picker.status("Dipilih: Desa Tiga")

    def test_typing_on_forgets_the_choice(self, picker: Picker) -> None:
        picker.type("talang")
        picker.options.first.click()
        picker.box.press_sequentially("x")
        assert picker.code() == ""

    def test_the_number_of_choices_is_said(self, picker: Picker) -> None:
        picker.answers = {"tiada": []}
        picker.type("talang")
        picker.status("3 pilihan.")
        picker.box.fill("banyak")
        picker.status("Persempit pencarian")
        picker.box.fill("tiada")
        picker.status("Tidak ada yang cocok")

    def test_without_network_the_words_are_looked_up_on_sending(self, picker: Picker) -> None:
        picker.answers = {"talang": None}
        picker.type("talang")
        picker.status("dicari saat dikirim")

    def test_the_last_choice_is_offered_and_never_filled_in(self, picker: Picker) -> None:
        picker.type("talang")
        picker.options.first.click()
        picker.page.reload()
        assert picker.box.input_value() == ""
        picker.box.focus()
        picker.status("Pilihan terakhir Anda.")
        assert picker.options.locator("strong").all_inner_texts() == ["Desa Satu"]

    def test_a_spoilt_memory_is_no_trouble(self, picker: Picker) -> None:
        for spoilt in ("{", json.dumps({"village": 5}), "null"):
            picker.page.evaluate("(text) => localStorage.setItem('wilayah-terakhir', text)", spoilt)
            picker.page.reload()
            picker.box.focus()
            assert not picker.options.count()

    def test_names_are_text_and_never_markup(self, picker: Picker) -> None:
        picker.type("talang")
        picker.options.first.wait_for()
        assert picker.page.locator("[role=option] b").count() == 0

    def test_options_are_large_enough_for_a_thumb_and_axe_finds_nothing(self, picker: Picker) -> None:
        axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
        css = Path(settings.BASE_DIR, "static", "css", "site.css").read_text()
        picker.type("talang")
        picker.options.first.wait_for()
        picker.press("ArrowDown")
        rules = {
            "runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"],
            "rules": {"html-has-lang": {"enabled": False}},
        }
        picker.page.evaluate(
            "(css) => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s]; }", css
        )
        assert axe.run(picker.page, options=rules).response["violations"] == []
        assert min(option.bounding_box()["height"] for option in picker.options.all()) >= 44
