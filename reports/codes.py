"""Tracking codes, submission keys and public addresses: what identifies a report, and what of it is stored."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import secrets
from typing import Any
from uuid import UUID

from django.conf import settings

# Crockford's base32: no I, L, O or U, so that a code read aloud or copied by hand is not mistaken.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 16  # 5 bits each: 80 bits
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0"})
_FROM_RFC = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", ALPHABET)


def _keyed(purpose: str, value: str) -> bytes:
    """HMAC-SHA256 under TRACKING_KEY; `purpose` keeps digests of different kinds apart."""
    return hmac.new(settings.TRACKING_KEY.encode(), f"{purpose}:{value}".encode(), hashlib.sha256).digest()


def code_for_submission(submission_id: UUID) -> str:
    """The code a submission gets: the same on every replay, so that a lost answer can be asked for again."""
    return base64.b32encode(_keyed("code", str(submission_id))[:10]).decode().translate(_FROM_RFC)


def new_code() -> str:
    """A code that derives from nothing, for a reporter who lost the first one."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def normalize_code(typed: str) -> str | None:
    """The sixteen characters of a code typed in any case, with or without hyphens; None when it is no code."""
    code = re.sub(r"[\s\-‐-―]+", "", typed).upper().translate(_MISREAD)
    return code if len(code) == CODE_LENGTH and set(code) <= set(ALPHABET) else None


def display_code(code: str) -> str:
    """ "0123456789ABCDEF" -> "0123-4567-89AB-CDEF"."""
    return "-".join(code[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def code_digest(code: str) -> str:
    """What the database keeps of a code."""
    return _keyed("tracking", code).hex()


def submission_digest(submission_id: UUID) -> str:
    """What the database keeps of the key a form was made with."""
    return _keyed("submission", str(submission_id)).hex()


def body_digest(body: dict[str, Any]) -> str:
    """Tells a replay from other content under the same key; keyed, so that a short text cannot be guessed from it."""
    return _keyed("body", json.dumps(body, sort_keys=True, default=str, ensure_ascii=False)).hex()


def token_digest(token: str) -> str:
    """What the database keeps of a one-time link."""
    return _keyed("token", token).hex()


def photo_digest(submission: str, content: str) -> str:
    """Tells a photo sent twice for one report; two reports with the same photo cannot be linked by it."""
    return _keyed("photo", f"{submission}:{content}").hex()


def random_key() -> int:
    """A random 63-bit primary key: a running number would put anonymous reports in order of time."""
    return secrets.randbits(63) or 1


def new_public_id() -> str:
    """Ten characters (50 bits) for a public address, lower case."""
    return "".join(secrets.choice(ALPHABET) for _ in range(10)).lower()
