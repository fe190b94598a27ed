"""Named people per role: who owns, who is beside, who must see nothing."""

from __future__ import annotations
