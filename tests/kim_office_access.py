"""Who gets what from the officers' pages for KIM and from the coverage pages. Read as part of tests/access_table.py."""

from __future__ import annotations

PUBLIC = {"groups:coverage", "groups:coverage_area", "groups:coverage_download"}

_QUEUE = "403 residents=302 kim_verifier,foreign_kim_verifier,readers,superuser=200"
_IMPORT = "403 residents=302 kim_verifier,foreign_kim_verifier"
_POLICY = "403 residents=302 kim_verifier,foreign_kim_verifier,superuser=200"
_SEEN = "404 residents=302 kim_verifier,readers,superuser"  # of the area; for everybody else it is not there
_OWN = "404 residents=302 kim_verifier,superuser"

ROWS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(sorted(PUBLIC), ("200", "405")),
    "admin:groups_kim_changelist": (_QUEUE, _QUEUE),
    "admin:groups_kim_export": (_QUEUE, _QUEUE),
    "admin:groups_kim_import": (f"{_IMPORT}=200", f"{_IMPORT}=422"),
    "admin:groups_kim_import_template": (f"{_IMPORT}=200", f"{_IMPORT}=200"),
    "admin:groups_kim_add": ("403 residents=302", "403 residents=302"),
    "admin:groups_kim_history": (f"{_SEEN}=200", f"{_SEEN}=200"),
    "admin:groups_kim_delete": (f"{_SEEN}=403", f"{_SEEN}=403"),
    "admin:groups_kim_change": (f"{_SEEN}=200", f"{_SEEN}=403"),
    "admin:groups_kim_act": (f"{_SEEN}=302", "404 residents=302"),
    "admin:groups_kimpolicy_changelist": (_POLICY, _POLICY),
    "admin:groups_kimpolicy_add": (_POLICY, _POLICY),
    "admin:groups_kimpolicy_history": (f"{_OWN}=200", f"{_OWN}=200"),
    "admin:groups_kimpolicy_delete": (f"{_OWN}=403", f"{_OWN}=403"),
    "admin:groups_kimpolicy_change": (f"{_OWN}=200", f"{_OWN}=409"),
}

# What a verifier of KIM gets from pages that are not about reviewing KIM: nothing of reports, institutions of the area.
_NOT_THERE = ("foreign_kim_verifier=404", "foreign_kim_verifier=404")
_READS = ("kim_verifier=200 foreign_kim_verifier=404", "foreign_kim_verifier=404")
_BOTH = ("kim_verifier=200 foreign_kim_verifier=404", "kim_verifier=200 foreign_kim_verifier=404")
_REFUSED = ("kim_verifier=403 foreign_kim_verifier=404", "kim_verifier=403 foreign_kim_verifier=404")
ELSEWHERE: dict[str, tuple[str, str]] = {
    "reports:photo": ("verifiers=404", ""),
    "reports:report_export": ("verifiers=403", ""),
    "admin:reports_report_act": ("verifiers=404", ""),
    "admin:reports_report_changelist": ("verifiers=403", "verifiers=403"),
    **{
        f"admin:reports_report_{page}": ("verifiers=404", "verifiers=404")
        for page in ("sheet", "history", "delete", "change")
    },
    "admin:accounts_institution_action": _BOTH,
    "admin:accounts_institution_add": ("verifiers=200", "verifiers=200"),
    "admin:accounts_institution_history": _NOT_THERE,
    "admin:accounts_institution_delete": _NOT_THERE,
    "admin:accounts_institution_change": (_NOT_THERE[0], "kim_verifier=409 foreign_kim_verifier=404"),
    **{f"admin:accounts_{model}_action": _REFUSED for model in ("invitation", "rolegrant")},
    **{f"admin:accounts_{model}_history": _BOTH for model in ("invitation", "rolegrant")},
    **{f"admin:accounts_{model}_delete": _NOT_THERE for model in ("invitation", "rolegrant")},
    **{f"admin:accounts_{model}_change": _READS for model in ("invitation", "rolegrant")},
    "groups:member_photo": ("kim_verifier=200", ""),
    "groups:kim_document": ("kim_verifier=200", ""),
}
