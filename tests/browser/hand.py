"""What a person does on a page: with a pointer and no JavaScript, or with the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.axe import overflow, violations
from tests.browser.conftest import Site

if TYPE_CHECKING:
    from playwright.sync_api import Page

MANY_TABS = 120


class Hand:
    """Does what a person does on a page: with a pointer and no JavaScript, or with the keyboard alone."""

    def __init__(self, page: Page, *, by_keyboard: bool) -> None:
        self.page, self.by_keyboard = page, by_keyboard

    def reach(self, selector: str) -> None:
        """Tab until the element has the focus."""
        target = self.page.locator(selector).first
        target.wait_for()
        for _ in range(MANY_TABS):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"{selector} cannot be reached by keyboard on {self.page.url}")

    def write(self, selector: str, text: str) -> None:
        if not self.by_keyboard:
            self.page.locator(selector).first.fill(text)
            return
        self.reach(selector)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, selector: str, label: str) -> None:
        if not self.by_keyboard:
            self.page.select_option(selector, label=label)
            return
        self.reach(selector)
        self.page.keyboard.type(label)

    def press(self, selector: str, *, leaves: bool = True) -> None:
        """Activate a button, link or summary; wait for the next page where it leads to one."""
        if not leaves:
            self.activate(selector)
            return
        with self.page.expect_navigation():
            self.activate(selector)

    def activate(self, selector: str) -> None:
        if self.by_keyboard:
            self.reach(selector)
            self.page.keyboard.press("Enter")
        else:
            self.page.locator(selector).first.click()

    def name_village(self) -> None:
        """With JavaScript a list of suggestions, without it the words are looked up when the form is sent."""
        self.write("#id_area", "Talang Maur")
        if self.by_keyboard:
            self.page.locator("[role=option]").first.wait_for()
            self.page.keyboard.press("ArrowDown")
            self.page.keyboard.press("Enter")

    def look(self) -> None:
        """Nothing on the way is out of reach or out of the window."""
        if self.by_keyboard:
            assert violations(self.page) == []
            assert overflow(self.page) <= 0

    def text(self, selector: str = "main") -> str:
        return self.page.locator(selector).first.inner_text()


def hand(site: Site, role: str, *, by_keyboard: bool) -> Hand:
    return Hand(site.page(role, java_script_enabled=by_keyboard), by_keyboard=by_keyboard)


def take_step(officer: Hand, code: str, text: str = "", institution: str = "") -> None:
    officer.press(f"#langkah-{code} summary", leaves=False)
    if institution:
        officer.choose(f"#{code}_institution", institution)
    if text:
        officer.write(f"#{code}_text", text)
    officer.press(f"#langkah-{code} button")
    officer.look()
