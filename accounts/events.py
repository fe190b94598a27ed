"""Append-only events: who did what to which object, when and why, chained with a key outside the database."""
