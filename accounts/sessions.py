"""Sessions in the database, found only by keys it could hold."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    def _validate_session_key(self, key: Any) -> bool:
        """Ours are letters and digits; a quoted cookie may hold a NUL, which PostgreSQL answers with an error."""
        return super()._validate_session_key(key) and str(key).isalnum()  # type: ignore[misc]  # unknown to the stubs
