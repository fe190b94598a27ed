"""Plain functions that make rows: `make_area()`, `make_user(email=...)`. Every value can be given."""

from __future__ import annotations
