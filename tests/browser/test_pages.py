"""Every page as a browser shows it: axe, no sideways scroll, nothing from elsewhere (quality.md D1, E1)."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.access_table import ROWS
from tests.addresses import named_addresses
from tests.browser.axe import ALL, VISUAL, overflow, violations
from tests.browser.conftest import DESKTOP, Site, Watch
from tests.test_access import expected

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
ADDRESSES = {address.name: address for address in named_addresses()}
ROLES = ("visitor", "owner", "officer")
# What a page says, without what is new each time it is asked for.
MAIN = r"""() => (document.querySelector("main") || document.body).innerHTML
    .replace(/name="(csrfmiddlewaretoken|submission_id)" value="[^"]*"/g, "")"""


def shown() -> list[tuple[str, list[str]]]:
    """Each address with those of the three roles that get its page; else with the first role that does."""
    found = []
    for name, (row, _) in ROWS.items():
        allowed = [role for role, status in expected(row).items() if status == 200]
        roles = [role for role in ROLES if role in allowed] or allowed[:1]
        found += [(name, roles)] * bool(roles)
    return sorted(found)


def opens(page: Page, path: str) -> bool:
    """Whether this address shows a page; a photo, feed or download is none."""
    try:
        answer = page.goto(path)
    except Exception as error:
        if "Download is starting" in str(error):
            return False
        raise
    assert answer is not None
    assert answer.status == 200
    return "text/html" in answer.headers.get("content-type", "")


def weight(seen: Watch) -> int:
    """Bytes of all answers as gzip would send them; photos do not count."""
    answers = [each for each in seen.answers if not each.headers.get("content-type", "").startswith("image/jpeg")]
    return sum(len(gzip.compress(answer.body(), 6)) for answer in answers)


@pytest.mark.parametrize(("name", "roles"), [pytest.param(*each, id=each[0]) for each in shown()])
def test_page(site: Site, watch: Callable[[Page], Watch], name: str, roles: list[str]) -> None:
    """All rules on a phone by day; contrast, targets and reflow on a desktop by night and at 320 pixels.

    What two roles see alike is looked at once: the head of a role's pages is seen on all the others.
    """
    looked_at = set()
    for role in roles:
        page = site.page() if role == "visitor" else site.kept_page(role)  # the visitor's is weighed
        seen = watch(page)
        if not opens(page, ADDRESSES[name].path(site.stage)):
            return  # a file
        if role == "visitor":
            page.wait_for_load_state("networkidle")
            assert weight(seen) <= 60_000
        if (main := page.evaluate(MAIN)) not in looked_at:
            looked_at.add(main)
            look(page)
        assert seen.foreign == []
        assert seen.troubles == []
        seen.stop()


def look(page: Page) -> None:
    assert violations(page, ALL) == []
    assert overflow(page) <= 0
    page.set_viewport_size({"width": 320, "height": 640})
    assert overflow(page) <= 0
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(DESKTOP)
    assert violations(page, VISUAL) == []
    assert overflow(page) <= 0


@pytest.mark.parametrize(
    ("path", "status"), [("/tidak-ada/", 404), ("/laporan/tanda-terima/", 404), ("/admin/", 403), ("/luring/", 200)]
)
def test_error_page(site: Site, path: str, status: int) -> None:
    page = site.page("owner" if status == 403 else "visitor")
    answer = page.goto("/admin/login/" if status == 403 else path)
    assert answer is not None
    assert answer.status == status
    assert violations(page, ALL) == []
    assert overflow(page) <= 0


def test_first_visit_of_the_report_form_is_small(site: Site, watch: Callable[[Page], Watch]) -> None:
    page = site.page()
    seen = watch(page)
    page.goto("/laporan/baru/", wait_until="networkidle")
    assert len(seen.answers) <= 8
    assert weight(seen) <= 40_000


def test_an_inaccessible_wide_page_with_foreign_content_would_be_found(
    site: Site, watch: Callable[[Page], Watch]
) -> None:
    """The control of every check above."""
    page = site.page()
    seen = watch(page)
    page.goto("/")
    page.evaluate(
        """() => {
            document.body.insertAdjacentHTML("beforeend", '<img src="https://lain.invalid/a.png"><input>');
            document.body.insertAdjacentHTML("beforeend", '<pre class="lebar">' + "x".repeat(400) + "</pre>");
            document.querySelector(".lebar").style.overflow = "visible";
            document.body.appendChild(document.createElement("script")).textContent = "1";
        }"""
    )
    rules = {each.split(":")[0] for each in violations(page)}
    assert {"image-alt", "label"} <= rules
    assert overflow(page) > 0
    page.wait_for_timeout(200)
    assert seen.foreign
    assert seen.troubles
