from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from groups.markdown import _PARSER, ATTRIBUTES, SCHEMES, TAGS, excerpt_of, plain, render

# What people have tried elsewhere: raw HTML, addresses that run, pictures that tell, broken and nested marks.
CORPUS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src=//lain.invalid></iframe>",
    "<style>@import 'https://lain.invalid/a.css'</style>",
    "<a href='javascript:alert(1)'>a</a>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java&#115;cript:alert(1))",
    "[a](&#x6A;avascript:alert(1))",
    "[a](\x01javascript:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:msgbox(1))",
    "[a](file:///etc/passwd)",
    "<javascript:alert(1)>",
    "![a](https://lain.invalid/jejak.png)",
    "![a](data:image/svg+xml;base64,PHN2Zz4=)",
    "![<script>alert(1)</script>](x)",
    '[a](https://contoh.id "onmouseover=alert(1)")',
    '[a](https://contoh.id"onmouseover="alert(1))',
    "[a]: javascript:alert(1)\n\n[a]",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    '```"><script>alert(1)</script>\n```',
    "| <script> | b |\n|:-:|-|\n| <img src=x onerror=alert(1)> | b |",
    "# <script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<!--><script>alert(1)</script>-->",
    "<a\nhref=javascript:alert(1)>x</a>",
    "\u202e<script>alert(1)</script>",
]


class Reader(HTMLParser):
    """Notes every element and attribute."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [(tag, name, value or "") for name, value in attrs] or [(tag, "", "")]


def faults(html: str) -> list[tuple[str, str, str]]:
    """Whatever is not on the lists."""
    return [
        (tag, name, value)
        for tag, name, value in Reader(html).found
        if tag not in TAGS
        or (name and name != "rel" and name not in ATTRIBUTES.get(tag, set()))
        or (name == "href" and ":" in value.split("/")[0] and value.split(":")[0] not in SCHEMES)
    ]


class TestRender:
    @pytest.mark.parametrize("text", CORPUS)
    def test_only_listed_elements_attributes_and_schemes_come_out(self, text: str) -> None:
        assert faults(render(text)) == []

    @pytest.mark.parametrize("typed", ["<b onclick=a>x</b>", "x <img src=a> y", "<script>1</script>"])
    def test_the_parser_alone_writes_no_html_that_was_typed(self, typed: str) -> None:
        """The first of two walls holds without the second."""
        assert "<p>" in _PARSER.render(typed)
        assert not re.search(r"<(?!/?p>)", _PARSER.render(typed))

    def test_the_check_finds_what_is_not_listed(self) -> None:
        assert faults("<script>1</script>")
        assert faults("<p onclick=a>")
        assert faults("<a href='javascript:1'>")
        assert faults("<img src=a>")

    def test_marks_become_elements(self) -> None:
        html = render("**tebal** _miring_\n\n1. satu\n2. dua\n\n> kutip\n\n|a|b|\n|-|-|\n|1|2|")
        for tag in ("strong", "em", "ol", "li", "blockquote", "table", "td"):
            assert f"<{tag}>" in html

    def test_a_line_ends_where_the_writer_ended_it(self) -> None:
        assert "pagi<br>" in render("pagi\nsore")

    def test_headings_stand_below_the_pages_own(self) -> None:
        assert "<h2>Satu</h2>" in render("# Satu")
        assert "<h4>Enam</h4>" in render("###### Enam")

    def test_links_tell_their_target_nothing_and_pass_no_rank(self) -> None:
        assert render("[a](https://contoh.id)") == (
            '<p><a href="https://contoh.id" rel="noopener nofollow">a</a></p>\n'
        )
        assert 'href="tel:112"' in render("[112](tel:112)")

    def test_a_picture_is_its_description(self) -> None:
        assert render("![Balai desa](https://lain.invalid/a.png)") == "<p>Balai desa</p>\n"


class TestPlain:
    def test_words_of_blocks_stay_apart(self) -> None:
        assert plain("# Satu\n\n- dua\n- **tiga** & <b>\n\nempat") == "Satu: dua, tiga & <b> empat"


class TestExcerptOf:
    def test_a_short_text_is_whole(self) -> None:
        assert excerpt_of("**Satu** dua", 20) == "Satu dua"

    def test_a_long_one_is_cut_between_words(self) -> None:
        assert excerpt_of("satu dua tiga empat", 12) == "satu dua…"
        assert len(excerpt_of("x" * 500, 50)) == 50
