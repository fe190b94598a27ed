"""Which address takes a form from whom, and what that form sends."""

from __future__ import annotations

import re
from html import unescape

from tests.access_table import ROWS
from tests.scan import ADDRESSES, as_text
from tests.stage import Stage
from tests.test_access import expected

PLACES = ("visitor", "holder", "owner", "kim_admin", "officer", "superuser")


def roles(method: int) -> list[tuple[str, str]]:
    """(address, role) with the first role that gets further than a closed door: there a form reads what is sent."""
    found = []
    for name, row in ROWS.items():
        statuses = expected(row[method])
        role = next((each for each in PLACES if statuses.get(each, 404) not in {302, 403, 404, 405}), None)
        role = role or next((each for each in PLACES if statuses.get(each, 404) not in {403, 405}), None)
        found += [(name, role)] if role else []
    return found


GETS, FORMS = roles(0), roles(1)


def field_names(stage: Stage, name: str, role: str) -> list[str]:
    """The names that the page itself sends, and those of the form's errors."""
    page = as_text(stage.client(role).get(ADDRESSES[name].path(stage)))
    found = set(re.findall(r'name="([\w-]+)"', page)) - {"csrfmiddlewaretoken", "viewport", "theme-color"}
    return sorted(found | {"q", "next", "halaman", "step", "action", "version"})


def shown_values(page: str) -> dict[str, str]:
    """What a browser would send back unchanged."""
    page = page[page.find("<main") :]
    found = {}
    for tag in re.findall(r"<input\b[^>]*>", page):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        is_off = attributes.get("type") in {"checkbox", "radio"} and " checked" not in tag
        if "name" in attributes and not is_off and attributes.get("type") != "file":
            default = "on" if attributes.get("type") == "checkbox" else ""
            found[attributes["name"]] = unescape(attributes.get("value", default))
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', page, re.S):
        found[name] = unescape(text)
    for name, options in re.findall(r'<select[^>]*name="([^"]+)".*?>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = unescape(chosen[1]) if chosen else ""
    return found
