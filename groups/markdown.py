"""Markdown of announcements as safe HTML: parsed without raw HTML, then cut to lists of our own.

Two walls, because each has had holes: markdown-it-py's `js-default` writes no HTML that a person typed, and nh3 lets
nothing through that is not named here. Pictures are left out: one from elsewhere tells that place who reads what.
"""

from __future__ import annotations

import html
import re
from typing import Any

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "strong", "em", "s", "ul", "ol", "li", "blockquote", "code", "pre", "a"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}


def _parser() -> MarkdownIt:
    """A line ends where the writer ended it; a picture is its description; headings stand below the page's own."""
    parser = MarkdownIt("js-default", {"breaks": True, "maxNesting": 20})
    parser.add_render_rule("image", _picture)
    parser.core.ruler.push("lower_headings", _lower_headings)
    return parser


def _picture(_renderer: Any, tokens: Any, index: int, _options: Any, _environment: Any) -> str:
    return html.escape(tokens[index].content)


def _lower_headings(state: Any) -> None:
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 1, 4)}"


_PARSER = _parser()


def render(text: str) -> SafeString:
    """The text as HTML that runs nothing and asks no other place for anything."""
    written = _PARSER.render(text)
    clean = nh3.clean(
        written,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener nofollow",
        strip_comments=True,
    )
    return mark_safe(clean)  # cut to the lists above  # nosec B308 B703


def plain(text: str) -> str:
    """The words alone: items of a list kept apart by commas, other blocks by a space."""
    written = re.sub(r"</h\d>", ": ", re.sub(r"</li>\s*(?=<li>)", ", ", render(text)))
    bare = nh3.clean(re.sub(r"</(?:p|li|tr|td|th|pre)>|<br>", " ", written), tags=set())
    return " ".join(html.unescape(bare).split())


def excerpt_of(text: str, length: int) -> str:
    """The first words, at most `length` characters, cut between words."""
    words = plain(text[: length * 8])
    if len(words) <= length:
        return words
    return f"{words[: length - 1].rpartition(' ')[0] or words[: length - 1]}…"
