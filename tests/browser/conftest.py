"""A portal on a port, with the stage of tests/stage.py in a database of its own, and Chromium to look at it.

On SQLite only: what a browser sees does not depend on the database. Without Chromium or Playwright the tests skip and
say why; with REQUIRE_BROWSER=1 (as in continuous integration) they fail instead.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from reports import cookies
from tests.stage import Stage, make_stage

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page
    from pytest_django import DjangoDbBlocker

PHONE, DESKTOP = {"width": 360, "height": 640}, {"width": 1280, "height": 800}
STILL = {"reduced_motion": "reduce"}  # axe must not measure a colour half way through a transition
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def unavailable(reason: str) -> None:
    if os.environ.get("REQUIRE_BROWSER"):
        pytest.fail(f"REQUIRE_BROWSER is set, but {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The system's Chromium, started once."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        unavailable("the development requirements are not installed (no playwright)")
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        unavailable("Chromium is not installed (set CHROMIUM to its path)")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@dataclass
class Site:
    """A running portal: its stage, and browsers of each role."""

    stage: Stage
    url: str
    browser: Browser
    contexts: list[BrowserContext] = field(default_factory=list)
    kept: dict[str, Page] = field(default_factory=dict)

    def context(self, role: str = "visitor", kind: str = "unpublished", **options: Any) -> BrowserContext:
        """A browser of this role with nothing in its cache; a phone in daylight unless said otherwise."""
        context = self.browser.new_context(
            **{"viewport": PHONE, "color_scheme": "light", "locale": "id-ID", "base_url": self.url, **STILL, **options}
        )
        self.sign_in(context, role, kind)
        self.contexts.append(context)
        return context

    def sign_in(self, context: BrowserContext, role: str, kind: str = "unpublished") -> None:
        kept = {name: value.value for name, value in self.stage.client(role, kind).cookies.items()}
        paths = {cookies.NAME: cookies.PATH}
        context.add_cookies(
            [{"name": name, "value": value, "url": f"{self.url}{paths.get(name, '/')}"} for name, value in kept.items()]
        )

    def page(self, role: str = "visitor", kind: str = "unpublished", **options: Any) -> Page:
        page = self.context(role, kind, **options).new_page()
        page.set_default_timeout(15_000)
        return page

    def kept_page(self, role: str) -> Page:
        """A page that stays open from test to test, made as good as new: a new browser costs 0.3 s of CPU.

        What it has fetched stays in its cache: whoever weighs a page takes a new one.
        """
        if role not in self.kept:
            self.kept[role] = self.page(role)
            self.contexts.remove(self.kept[role].context)
            return self.kept[role]
        page = self.kept[role]
        page.goto("about:blank")
        tools = page.context.new_cdp_session(page)  # Playwright empties cookies only, not what a page stores
        tools.send("Storage.clearDataForOrigin", {"origin": self.url, "storageTypes": "all"})
        tools.detach()
        self.sign_in(page.context, role)
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(PHONE)
        return page

    def close(self) -> None:
        while self.contexts:
            self.contexts.pop().close()


@pytest.fixture(scope="package")
def running(
    browser: Browser, migrated_file: Path, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Site]:
    """The portal in a thread, on a database file that no other test touches."""
    from pytest_django.live_server_helper import LiveServer

    before = dict(connection.settings_dict)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs an event loop in this thread
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = shutil.copy(migrated_file, tmp_path_factory.mktemp("site"))
        stage = make_stage()
        server = LiveServer("127.0.0.1")
        yield Site(stage, server.url, browser)
        server.stop()
        connection.close()
        connection.settings_dict["NAME"] = before["NAME"]


@pytest.fixture
def site(running: Site) -> Iterator[Site]:
    """The running portal; the browsers that a test opened are closed after it."""
    settings.SITE_URL = running.url
    yield running
    running.close()


@pytest.fixture(params=[True, False], ids=["keyboard", "without JavaScript"])
def by_keyboard(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@dataclass
class Watch:
    """What a page did: requests to other origins, violations of the policy, errors, bytes."""

    page: Page
    origin: str
    foreign: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.listeners = {
            "request": self.note_request,
            "console": self.note_message,
            "pageerror": lambda error: self.troubles.append(str(error)),
            "response": lambda answer: self.answers.append(answer),
        }
        for event, listener in self.listeners.items():
            self.page.on(event, listener)

    def stop(self) -> None:
        for event, listener in self.listeners.items():
            self.page.remove_listener(event, listener)

    def note_request(self, request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and f"{address.scheme}://{address.netloc}" != self.origin:
            self.foreign.append(request.url)

    def note_message(self, message: Any) -> None:
        """The console's own line about a status of 400 or more is the answer that was expected."""
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.troubles.append(message.text)

    def is_quiet(self) -> bool:
        return not self.foreign and not self.troubles


@pytest.fixture
def watch(site: Site) -> Callable[[Page], Watch]:
    return lambda page: Watch(page, site.url)
