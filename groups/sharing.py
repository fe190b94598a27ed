"""Taking an announcement elsewhere: a WhatsApp link, a text for one SMS, a QR code."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

import segno
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from groups.models import Announcement

SMS_LENGTH = 160  # characters of the GSM alphabet in one message; one letter outside it leaves 70


def public_address(path: str) -> str:
    """The portal's own address of a path, for paper and messages: never the Host that a request names."""
    return f"{settings.SITE_URL}{path}"


def whatsapp_link(announcement: Announcement, address: str) -> str:
    words = f"*{announcement.title}*\n{announcement.excerpt}\n{announcement.author}\n{address}"
    return f"https://wa.me/?text={quote(words)}"


def sms_text(announcement: Announcement, address: str) -> str:
    """Title, speaker and address in at most 160 plain letters; the title gives way, the address never."""
    author, title = plain_letters(announcement.author), plain_letters(announcement.title)
    for tail in (f". {author}. {address}", f". {address}"):
        room = SMS_LENGTH - len(tail)
        if room >= min(len(title), 40):
            return f"{shorten(title, room)}{tail}"
    return f"{shorten(title, SMS_LENGTH - len(address) - 1)} {address}"[:SMS_LENGTH]


def shorten(words: str, room: int) -> str:
    return words if len(words) <= room else f"{words[: max(0, room - 3)].rstrip()}..."


def plain_letters(words: str) -> str:
    """ASCII letters only: every one of them is in the GSM alphabet but a few marks, which go."""
    swapped = words.translate(str.maketrans("–—‘’“”…", "--''\"\"."))
    ascii_only = unicodedata.normalize("NFKD", swapped).encode("ascii", "ignore").decode()
    return " ".join("".join(letter for letter in ascii_only if letter not in "`[]{}|~^\\").split())


def qr_svg(address: str) -> SafeString:
    """The address as a QR code, drawn for paper: error level M survives rain and creases."""
    svg = segno.make(address, error="m").svg_inline(scale=4, border=2, svgclass="qr", lineclass=None, omitsize=True)
    return mark_safe(svg)  # drawn by segno from an address we made  # nosec B308 B703
