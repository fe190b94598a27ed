"""The officers' pages for reports."""

from reports.admin import catalog, queue  # noqa: F401  each registers itself
