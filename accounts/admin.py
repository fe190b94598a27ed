"""The officers' pages for people, institutions, rights and outgoing mail."""

from accounts import admin_mail  # noqa: F401  registers itself
