"""People, institutions, rights, personal data and outgoing mail in the admin."""

from accounts import admin_mail
from accounts.admin import institutions, people, rights

__all__ = ["admin_mail", "institutions", "people", "rights"]
