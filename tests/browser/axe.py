"""axe-core in a page: the rules of WCAG 2.0 A to 2.2 AA, as sentences that name rule and element."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
ALL = {"runOnly": {"type": "tag", "values": LEVELS}, "rules": {"target-size": {"enabled": True}}}
# What depends on size and colours, asked again where those change.
VISUAL = {"runOnly": {"type": "rule", "values": ["color-contrast", "target-size", "link-in-text-block"]}}
RUN = """options => axe.run({...options, resultTypes: ["violations"]}).then(found => found.violations.map(
    each => [each.id, each.nodes.map(node => node.html.slice(0, 160))]))"""


@cache
def script() -> str:
    import axe_playwright_python

    return Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text()


def violations(page: Page, options: dict[str, Any] = ALL) -> list[str]:
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(script())
    return [f"{rule}: {html}" for rule, nodes in page.evaluate(RUN, options) for html in nodes]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
