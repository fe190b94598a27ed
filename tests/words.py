"""English words that frameworks put on pages, and how to find them in what a person reads (tests/test_language.py)."""

from __future__ import annotations

import html
import re

# Whole words of Django's, the admin's and allauth's interfaces, of months and days, of validation and of errors.
WORDS = re.findall(
    r"\w+",
    """
    password passwords email address addresses sign signin signup login logout log username required optional
    invalid field fields form forms change changes changed save saved delete deleted remove removed add added
    edit edited update updated submit cancel confirm confirmed continue back next previous first last page pages
    search filter filters clear show hide view views all none yes no true false unknown select selected choose
    choices choice action actions go run home site administration admin welcome history today now ago hour hours
    minute minutes day days week weeks month months year years january february march may june july august
    october december monday tuesday wednesday thursday friday saturday sunday date time file files browse upload
    download image photo currently open close closed please enter correct error errors warning success
    successfully failed forbidden not found server internal bad request unauthorized expired already exists this
    that these those with without the and your you are was were have has must should ensure value values valid
    than less more characters character long short too is recovery code codes authenticator security key keys
    link account user users group groups permission permissions name created modified items item results result
    total skip content main menu toggle theme close help documentation by of to from for verify verified
    verification primary unverified resend forgot reset activate deactivate generate
    """,
)
# The same letters are Indonesian words or names here.
INDONESIAN = {
    "valid",
    "admin",
    "main",
    "total",
    "menu",
    "item",
    "email",
    "no",
    "server",
    "may",
    "by",
    "all",
    "file",
    "run",
}
ENGLISH = re.compile(rf"\b(?:{'|'.join(sorted(set(WORDS) - INDONESIAN))})\b", re.I)

HIDDEN = re.compile(r"<(script|style|template)\b.*?</\1>|<!--.*?-->", re.S | re.I)
SPOKEN = re.compile(r"\b(?:alt|title|placeholder|aria-label|aria-description|data-label|content)=\"([^\"]*)\"")
# Titles and names that are the same everywhere.
NAMES = re.compile(
    r"<meta [^>]*>|https?://\S+|[\w.-]*/[\w./-]+|[\w.+-]+@[\w.-]+|\b[\w-]+\.(?:go\.id|txt|csv|json)\b|"
    r"Portal KIM|WhatsApp|Open311|OpenStreetMap|Open Database License|ODbL|World Wide Web Consortium|Creative Commons|"
    r"Web Content Accessibility Guidelines|Google Authenticator|Microsoft Authenticator"
)


def readable(page: str) -> str:
    """What a person sees or hears of an HTML page: text, and the attributes that are read out."""
    page = HIDDEN.sub(" ", page)
    spoken = " ".join(SPOKEN.findall(re.sub(r"<meta [^>]*>", " ", page)))
    buttons = " ".join(re.findall(r"<(?:input|button)[^>]*type=\"(?:submit|button)\"[^>]*value=\"([^\"]*)\"", page))
    text = re.sub(r"<[^>]+>", " ", page)
    return NAMES.sub(" ", html.unescape(f"{text} {spoken} {buttons}"))


def english(text: str) -> list[str]:
    """English words with the words around them."""
    plain = " ".join(NAMES.sub(" ", text).split())
    return sorted({plain[max(0, each.start() - 30) : each.end() + 30] for each in ENGLISH.finditer(plain)})
