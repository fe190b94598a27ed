"""The code with which a resident finds a registration again, and what of it is stored."""

from __future__ import annotations

import base64
import re
from uuid import UUID

from accounts.limits import secret_digest

# Crockford's base32: no I, L, O or U, so that a code read aloud or copied by hand is not mistaken.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16  # 5 bits each: 80 bits
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0"})
_FROM_RFC = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", ALPHABET)


def code_for(submission_id: UUID) -> str:
    """The code that a form gets: the same on every replay, so that a lost answer can be asked for again."""
    key = bytes.fromhex(secret_digest("registration code", str(submission_id)))
    return base64.b32encode(key[:10]).decode().translate(_FROM_RFC)


def normalize(typed: str) -> str | None:
    """The sixteen characters of a code typed in any case, with or without hyphens; None when it is no code."""
    code = re.sub(r"[\s\-‐-―]+", "", typed).upper().translate(_MISREAD)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def display(code: str) -> str:
    """ "0123456789ABCDEF" -> "0123-4567-89AB-CDEF"."""
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def code_digest(code: str) -> str:
    """What the database keeps of a code."""
    return secret_digest("registration", code)


def submission_digest(submission_id: UUID) -> str:
    """What the database keeps of the key a form was made with."""
    return secret_digest("registration form", str(submission_id))


def body_digest(*parts: str) -> str:
    """Tells a replay from other content under the same key; keyed, so that a name cannot be guessed from it."""
    return secret_digest("registration body", *parts)
