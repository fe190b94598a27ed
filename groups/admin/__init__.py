"""The officers' pages for KIM."""

from groups.admin import policy, queue  # noqa: F401  each registers itself
