"""Sentences shown once, carried in a signed cookie: pages that show none touch no table."""

from __future__ import annotations

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage


class MessageStorage(CookieStorage):
    cookie_name = "__Host-messages" if settings.PRODUCTION else "messages"
