"""Who gets which status from every named address: GET, then an empty POST. Read by tests/test_access.py.

"302 officer=200 owner,other=403": the first number holds for every role that is not named after it. 302 sends to
sign-in (or on, after a step that worked), 403 is seen but not allowed, 404 is not there for this role, 405 is a method
that the address does not have, 409 a form made from another version, 422 a form with errors.
"""

from __future__ import annotations

from tests import (
    account_office_access,
    announcement_access,
    facilitation_access,
    kim_office_access,
    library_access,
    meeting_access,
    partnership_access,
)

GROUPS = {
    "guests": ("visitor", "holder"),  # not signed in; the holder has a tracking code
    "residents": (
        "visitor",
        "holder",
        "owner",
        "other",
        "kim_admin",
        "other_kim_admin",
        "librarian",
    ),  # whoever holds no office
    "verifiers": ("kim_verifier", "foreign_kim_verifier"),
    "readers": ("province_reader", "national_reader"),
}


def superusers_only(model: str, *, can_add: bool = True) -> dict[str, tuple[str, str]]:
    """The admin of rows that belong to the whole portal. Nothing is ever deleted there."""
    seen, rows, place = "403 residents=302 superuser=200", "404 residents=302 superuser=200", f"admin:{model}"
    add = seen if can_add else "403 residents=302"
    return {
        f"{place}_changelist": (seen, seen),
        f"{place}_add": (add, add),
        f"{place}_history": (rows, rows),
        f"{place}_delete": ("404 residents=302 superuser=403", "404 residents=302 superuser=403"),
        f"{place}_change": (rows, "404 residents=302 superuser=409"),
    }


# The only views that open without signing in (`login_not_required`).
PUBLIC = (
    announcement_access.PUBLIC
    | library_access.PUBLIC
    | partnership_access.PUBLIC
    | meeting_access.PUBLIC
    | facilitation_access.PUBLIC
    | kim_office_access.PUBLIC
    | {
        *("account_confirm_email", "account_confirm_login_code", "account_email_verification_sent"),
        *("account_inactive", "account_login", "account_logout", "account_reset_password"),
        *("account_reset_password_done", "account_reset_password_from_key", "account_reset_password_from_key_done"),
        *("account_signup", "accounts:data_request", "accounts:data_request_confirm", "accounts:data_request_sent"),
        *("accounts:invitation", "admin:login", "healthz"),
        *("groups:kim_contact", "groups:kim_detail", "groups:kim_list", "groups:member_photo"),
        *("mfa_authenticate", "pages:about"),
        *("pages:accessibility", "pages:area_detail", "pages:area_list", "pages:home", "pages:manifest"),
        *("pages:offline", "pages:privacy", "pages:robots", "pages:service_worker", "pages:sitemap"),
        *("regions:area_search", "reports:code_lost", "reports:code_new", "reports:office", "reports:own_report"),
        *("reports:own_report_reply", "reports:paper_form", "reports:photo", "reports:receipt"),
        *("reports:receipt_forget", "reports:receipt_photo", "reports:receipt_text", "reports:report_create"),
        *("reports:kim_reports", "reports:report_detail", "reports:report_feed", "reports:report_list"),
        "reports:report_open_data",
        *("reports:report_reply", "reports:report_statistics", "reports:report_status", "reports:report_track"),
    }
)

ROWS: dict[str, tuple[str, str]] = {
    "pages:home": ("200", "405"),
    "pages:about": ("200", "405"),
    "pages:privacy": ("200", "405"),
    "pages:accessibility": ("200", "405"),
    "pages:offline": ("200", "405"),
    "pages:area_list": ("200", "405"),
    "pages:area_detail": ("200", "405"),
    "pages:service_worker": ("200", "405"),
    "pages:manifest": ("200", "405"),
    "pages:robots": ("200", "405"),
    "pages:sitemap": ("200", "405"),
    "regions:area_search": ("200", "405"),
    "accounts:overview": ("200 guests=302", "200 guests=302"),
    "accounts:my_data": ("200 guests=302", "200 guests=302"),
    "accounts:data_copy": ("200 guests=302", "405 guests=302"),
    "accounts:consent_withdraw": ("404 guests=302 owner=200", "404 guests,owner=302"),
    "accounts:data_request": ("200", "200"),
    "accounts:data_request_sent": ("200", "405"),
    "accounts:data_request_confirm": ("200", "200"),
    "accounts:invitation": ("200", "403 other=302"),
    "reports:report_create": ("200", "422"),
    "reports:neighbour_create": (
        "403 guests=302 officer,foreign_officer,kim_admin,other_kim_admin=200",
        "403 guests=302 officer,foreign_officer,kim_admin,other_kim_admin=422",
    ),
    "reports:neighbour_receipt": (
        "403 guests=302 officer,foreign_officer,kim_admin,other_kim_admin=404",
        "405 guests=302",
    ),
    "reports:kim_reports": ("200", "405"),
    "reports:paper_form": ("200", "405"),
    "reports:receipt": ("404 holder=200", "405"),
    "reports:receipt_text": ("404 holder=200", "405"),
    "reports:receipt_photo": ("405", "404 holder=422"),
    "reports:office": ("200", "405"),
    "reports:receipt_forget": ("405", "302"),
    "reports:report_track": ("200", "422"),
    "reports:report_status": ("404 holder=200", "405"),
    "reports:report_reply": ("405", "404 holder=422"),
    "reports:code_lost": ("200", "422"),
    "reports:code_new": ("200", "302"),
    "reports:photo": ("200 visitor,other,kim_admin,other_kim_admin,foreign_officer,personal_data_officer=404", "405"),
    "reports:own_reports": ("200 guests=302", "405 guests=302"),
    "reports:own_report": ("404 owner=200", "405"),
    "reports:own_report_reply": ("405", "404 owner=422"),
    "reports:report_list": ("200", "405"),
    "reports:report_statistics": ("200", "405"),
    "reports:report_export": ("200 residents,personal_data_officer=403 guests=302", "405 guests=302"),
    "reports:report_open_data": ("200", "405"),
    "reports:report_feed": ("200", "405"),
    "reports:report_detail": ("200", "405"),
    "account_login": ("302 guests=200", "302 guests=200"),
    "account_logout": ("200 guests=302", "302"),
    "account_inactive": ("200", "405"),
    "account_signup": ("302 guests=200", "302 guests=200"),
    "account_reauthenticate": ("200 guests=302", "200 guests=302"),
    "account_email": ("200 guests=302", "302"),
    "account_email_verification_sent": ("200", "405"),
    "account_change_password": ("200 guests=302", "200 guests=302"),
    "account_set_password": ("302", "302"),
    "account_reset_password": ("200", "200"),
    "account_confirm_login_code": ("302", "302"),
    "account_confirm_email": ("200", "404"),
    "account_reset_password_from_key_done": ("200", "405"),
    "account_reset_password_from_key": ("200", "200"),
    "account_reset_password_done": ("200", "405"),
    "mfa_index": ("200 guests=302", "405 guests=302"),
    "mfa_authenticate": ("302", "302"),
    "mfa_reauthenticate": ("302", "302"),
    "mfa_activate_totp": ("200 guests=302", "200 guests=302"),
    "mfa_deactivate_totp": ("404 guests=302", "404 guests=302"),
    "mfa_view_recovery_codes": ("404 guests=302", "405 guests=302"),
    "mfa_generate_recovery_codes": ("200 guests=302", "200 guests=302"),
    "mfa_download_recovery_codes": ("404 guests=302", "404 guests=302"),
    "admin:index": ("200 residents=302", "200 residents=302"),
    "admin:login": ("302 residents=403 guests=302", "302 residents=403 guests=302"),
    "admin:logout": ("302", "302"),
    **superusers_only("regions_area", can_add=False),
    **superusers_only("regions_areaalias"),
    **superusers_only("regions_localterm"),
    **superusers_only("regions_calendaroverride"),
    **superusers_only("regions_areapolicy"),
    **superusers_only("reports_category"),
    "admin:reports_reportpolicy_changelist": (
        "403 residents=302 officer,foreign_officer,superuser=200",
        "403 residents=302 officer,foreign_officer,superuser=200",
    ),
    "admin:reports_reportpolicy_add": (
        "403 residents=302 officer,foreign_officer,superuser=200",
        "403 residents=302 officer,foreign_officer,superuser=200",
    ),
    "admin:reports_reportpolicy_history": (
        "404 residents=302 officer,superuser=200",
        "404 residents=302 officer,superuser=200",
    ),
    "admin:reports_reportpolicy_delete": (
        "404 residents=302 officer,superuser=403",
        "404 residents=302 officer,superuser=403",
    ),
    "admin:reports_reportpolicy_change": (
        "404 residents=302 officer,superuser=200",
        "404 residents=302 officer,superuser=409",
    ),
    "admin:reports_report_act": ("302 foreign_officer,personal_data_officer=404", "404 residents=302"),
    "admin:reports_report_sheet": (
        "200 residents=302 foreign_officer,personal_data_officer=404",
        "200 residents=302 foreign_officer,personal_data_officer=404",
    ),
    "admin:reports_report_changelist": (
        "200 residents=302 personal_data_officer=403",
        "200 residents=302 personal_data_officer=403",
    ),
    "admin:reports_report_add": ("403 residents=302", "403 residents=302"),
    "admin:reports_report_history": (
        "200 residents=302 foreign_officer,personal_data_officer=404",
        "200 residents=302 foreign_officer,personal_data_officer=404",
    ),
    "admin:reports_report_delete": (
        "403 residents=302 foreign_officer,personal_data_officer=404",
        "403 residents=302 foreign_officer,personal_data_officer=404",
    ),
    "admin:reports_report_change": (
        "200 residents=302 foreign_officer,personal_data_officer=404",
        "403 residents=302 foreign_officer,personal_data_officer=404",
    ),
    **superusers_only("accounts_outgoingmail", can_add=False),
    **superusers_only("accounts_user", can_add=False),
    **account_office_access.ROWS,
    "admin:app_list": ("200 residents=302", "200 residents=302"),
    "groups:kim_list": ("200", "405"),
    "groups:kim_detail": ("200", "405"),
    "groups:kim_contact": ("200", "422"),
    "groups:member_photo": ("404 kim_admin,superuser=200", "405"),
    "groups:kim_document": ("404 guests=302 kim_admin,superuser=200", "405 guests=302"),
    "groups:application": ("200 guests=302", "422 guests=302"),
    "groups:application_keep": ("405 guests=302", "200 guests=302"),
    "groups:application_area": ("200 guests=302", "405 guests=302"),
    "groups:application_check": ("302", "302"),
    "groups:own_kims": ("200 guests=302", "405 guests=302"),
    "groups:invitation": ("200 guests=302", "200 guests,other=302"),
    **{
        f"groups:{name}": ("404 guests=302 kim_admin=200", "405 guests=302")
        for name in ("desk", "kim_history", "member_list", "member_card")
    },
    **{
        f"groups:{name}": ("404 guests=302 kim_admin=200", "404 guests=302 kim_admin=422")
        for name in ("kim_edit", "decree_create", "member_create", "member_edit")
    },
    **{
        f"groups:{name}": ("405 guests=302", "404 guests=302 kim_admin=422")
        for name in ("member_leave", "member_invite")
    },
    **{
        f"groups:{name}": ("405 guests=302", "404 guests,kim_admin=302")
        for name in ("kim_submit", "kim_confirm", "member_admin")
    },
    **announcement_access.ROWS,
    **library_access.ROWS,
    **partnership_access.ROWS,
    **meeting_access.ROWS,
    **facilitation_access.ROWS,
    **kim_office_access.ROWS,
    "healthz": ("200", "405"),
}
for _elsewhere in (kim_office_access.ELSEWHERE, library_access.ELSEWHERE):
    for _name, _more in _elsewhere.items():
        ROWS[_name] = (f"{ROWS[_name][0]} {_more[0]}", f"{ROWS[_name][1]} {_more[1]}")
