"""Who gets what from the officers' pages for people, institutions and rights. Part of tests/access_table.py."""

from __future__ import annotations

ROWS: dict[str, tuple[str, str]] = {
    "admin:accounts_institution_action": (
        "403 residents=302 officer,superuser=200 foreign_officer=404",
        "403 residents=302 officer,superuser=200 foreign_officer=404",
    ),
    "admin:accounts_institution_changelist": ("200 residents=302", "200 residents=302"),
    "admin:accounts_institution_add": (
        "403 residents=302 officer,foreign_officer,superuser=200",
        "403 residents=302 officer,foreign_officer,superuser=200",
    ),
    "admin:accounts_institution_history": (
        "200 residents=302 foreign_officer=404",
        "200 residents=302 foreign_officer=404",
    ),
    "admin:accounts_institution_delete": (
        "403 residents=302 foreign_officer=404",
        "403 residents=302 foreign_officer=404",
    ),
    "admin:accounts_institution_change": (
        "200 residents=302 foreign_officer=404",
        "403 residents=302 officer,superuser=409 foreign_officer=404",
    ),
    "admin:accounts_user_action": ("404 residents=302 superuser=200", "404 residents=302 superuser=200"),
    "admin:accounts_consent_changelist": (
        "403 residents=302 personal_data_officer,superuser=200",
        "403 residents=302 personal_data_officer,superuser=200",
    ),
    "admin:accounts_consent_add": ("403 residents=302", "403 residents=302"),
    "admin:accounts_consent_history": (
        "404 residents=302 personal_data_officer,superuser=200",
        "404 residents=302 personal_data_officer,superuser=200",
    ),
    "admin:accounts_consent_delete": (
        "404 residents=302 personal_data_officer,superuser=403",
        "404 residents=302 personal_data_officer,superuser=403",
    ),
    "admin:accounts_consent_change": (
        "404 residents=302 personal_data_officer,superuser=200",
        "404 residents=302 personal_data_officer,superuser=403",
    ),
    "admin:accounts_datarequest_action": (
        "404 residents=302 personal_data_officer,superuser=200",
        "404 residents=302 personal_data_officer,superuser=200",
    ),
    "admin:accounts_datarequest_changelist": (
        "403 residents=302 personal_data_officer,superuser=200",
        "403 residents=302 personal_data_officer,superuser=200",
    ),
    "admin:accounts_datarequest_add": ("403 residents=302", "403 residents=302"),
    "admin:accounts_datarequest_history": (
        "404 residents=302 personal_data_officer,superuser=200",
        "404 residents=302 personal_data_officer,superuser=200",
    ),
    "admin:accounts_datarequest_delete": (
        "404 residents=302 personal_data_officer,superuser=403",
        "404 residents=302 personal_data_officer,superuser=403",
    ),
    "admin:accounts_datarequest_change": (
        "404 residents=302 personal_data_officer,superuser=200",
        "404 residents=302 personal_data_officer,superuser=403",
    ),
    "admin:accounts_invitation_action": (
        "302 officer,superuser=200 foreign_officer,liaison,readers=404 confidentiality,personal_data_officer=403",
        "302 foreign_officer,liaison,readers=404 confidentiality,personal_data_officer=403",
    ),
    "admin:accounts_invitation_changelist": ("200 residents=302 readers=403", "200 residents=302 readers=403"),
    "admin:accounts_invitation_add": ("200 residents=302 readers=403", "200 residents=302 readers=403"),
    "admin:accounts_invitation_history": (
        "302 officer,confidentiality,personal_data_officer,superuser=200 foreign_officer,liaison=404 readers=403",
        "302 officer,confidentiality,personal_data_officer,superuser=200 foreign_officer,liaison=404 readers=403",
    ),
    "admin:accounts_invitation_delete": (
        "403 residents=302 foreign_officer,liaison=404",
        "403 residents=302 foreign_officer,liaison=404",
    ),
    "admin:accounts_invitation_change": (
        "302 officer,confidentiality,personal_data_officer,superuser=200 foreign_officer,liaison=404 readers=403",
        "403 residents=302 foreign_officer,liaison=404",
    ),
    "admin:accounts_rolegrant_action": (
        "302 officer,superuser=200 foreign_officer,liaison,readers=404 confidentiality,personal_data_officer=403",
        "302 officer,superuser=200 foreign_officer,liaison,readers=404 confidentiality,personal_data_officer=403",
    ),
    "admin:accounts_rolegrant_changelist": ("200 residents=302 readers=403", "200 residents=302 readers=403"),
    "admin:accounts_rolegrant_add": ("403 residents=302", "403 residents=302"),
    "admin:accounts_rolegrant_history": (
        "302 officer,confidentiality,personal_data_officer,superuser=200 foreign_officer,liaison=404 readers=403",
        "302 officer,confidentiality,personal_data_officer,superuser=200 foreign_officer,liaison=404 readers=403",
    ),
    "admin:accounts_rolegrant_delete": (
        "403 residents=302 foreign_officer,liaison=404",
        "403 residents=302 foreign_officer,liaison=404",
    ),
    "admin:accounts_rolegrant_change": (
        "302 officer,confidentiality,personal_data_officer,superuser=200 foreign_officer,liaison=404 readers=403",
        "403 residents=302 foreign_officer,liaison=404",
    ),
}
