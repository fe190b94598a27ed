"""Sabotages of reports/: what is kept of an anonymous reporter, what is stored, who may act on a report."""

from __future__ import annotations

from tests.planted.bug import Bug

MODELS, VIEWS = "tests/reports/models", "tests/reports/views"

ANONYMOUS = (
    Bug(
        "anonymous-keeps-contact",
        "name and account of an anonymous reporter are written",
        "reports/models/filing.py",
        "if filing.contact and not filing.is_anonymous:",
        "if filing.contact:",
        (f"{MODELS}/test_filing.py::TestAnonymous::test_no_reporter_row_and_no_mail",),
    ),
    Bug(
        "anonymous-name-checked",
        "the name of an anonymous reporter lives on in the form and its check page",
        "reports/forms.py",
        "data.pop(name, None)",
        "data.get(name)",
        (f"{VIEWS}/test_filing.py::TestAnonymous",),
    ),
    Bug(
        "anonymous-keeps-the-hour",
        "the minute of filing points at who was at the phone",
        "reports/models/filing.py",
        "return report.start_of_day(report.created_at) if report.is_anonymous else report.created_at",
        "return report.created_at",
        (f"{MODELS}/test_filing.py::TestAnonymous::test_only_the_day_of_filing_is_kept",),
    ),
    Bug(
        "anonymous-acts-with-the-hour",
        "later acts of an anonymous reporter carry their minute",
        "reports/models/report.py",
        'return self.is_anonymous and (by.is_reporter or action == "filed_for")',
        'return self.is_anonymous and action == "filed_for"',
        (f"{MODELS}/test_report.py::TestReporterActions::test_acts_of_an_anonymous_reporter_carry_only_the_day",),
    ),
    Bug(
        "anonymous-trigger-missing",
        "the database would take a reporter's row for an anonymous report",
        "reports/migrations/0002_triggers.py",
        "NEW.report_id AND r.is_anonymous)",
        "NEW.report_id AND r.is_secret)",
        (f"{MODELS}/test_filing.py::TestAnonymous::test_database_refuses_a_reporter_row",),
    ),
    Bug(
        "events-can-be-changed",
        "the history of a report can be rewritten in the database",
        "reports/migrations/0002_triggers.py",
        '        AppendOnly("reports_reportevent"),\n',
        "",
        ("tests/test_structure.py::TestTrigger::test_every_table_of_events_is_append_only",),
    ),
    Bug(
        "mail-names-the-reporter",
        "the institution's mail names who reported",
        "templates/reports/mail/forwarded.txt",
        "{{ report.description }}",
        "{{ report.description }} {{ report.reporter.name }}",
        (f"{MODELS}/test_report.py::TestForward::test_institution_learns_the_matter_and_not_the_person",),
    ),
    Bug(
        "secret-matter-mailed",
        "what a secret report says travels by mail",
        "templates/reports/mail/forwarded.txt",
        "{% if report.is_secret %}Sebuah",
        "{% if False %}Sebuah",
        (f"{MODELS}/test_report.py::TestForward::test_secret_matter_is_not_mailed",),
    ),
)

RULES = (
    Bug(
        "half-a-report",
        "a fault after the first row leaves a report without history and counters",
        "reports/models/filing.py",
        "        with transaction.atomic():\n            return Filed(_insert(filing)",
        "        if True:\n            return Filed(_insert(filing)",
        (f"{MODELS}/test_filing.py::TestFileReport::test_a_fault_half_way_leaves_nothing",),
    ),
    Bug(
        "acknowledged-before-stored",
        "a refused row is answered with a code all the same",
        "reports/models/filing.py",
        "            return found\n        raise\n",
        "            return found\n        return Filed(_new_report(filing), codes.new_code(), is_new=True)\n",
        (f"{MODELS}/test_filing.py::TestFileReport::test_what_the_database_refuses_is_not_acknowledged",),
    ),
    Bug(
        "other-content-accepted",
        "another text under a used key is answered with the first report's code",
        "reports/models/filing.py",
        "if report.body_digest != filing.digest or report",
        "if report",
        (f"{MODELS}/test_filing.py::TestFileReport::test_other_content_under_the_key_is_refused",),
    ),
    Bug(
        "sensitive-category-open",
        "a report about violence or corruption is not secret by itself",
        "reports/models/filing.py",
        "is_secret=filing.is_secret or filing.category.is_sensitive",
        "is_secret=filing.is_secret",
        (f"{MODELS}/test_filing.py::TestFileReport::test_sensitive_category_makes_the_report_secret",),
    ),
    Bug(
        "transition-added",
        "a closed report can be set aside",
        "reports/workflow.py",
        "_S.CLOSED: frozenset({_S.DISPUTED}),",
        "_S.CLOSED: frozenset({_S.DISPUTED, _S.ARCHIVED}),",
        ("tests/reports/test_workflow.py::TestTransitions",),
    ),
    Bug(
        "stale-version-ignored",
        "the slower of two officers overwrites the faster one",
        "reports/models/report.py",
        "if expected_version is not None and self.version != expected_version:",
        "if False:",
        (f"{MODELS}/test_report.py::TestChangeStatus::test_stale_version_changes_nothing",),
    ),
    Bug(
        "secret-constraint-dropped",
        "the database would hold a secret report that is public",
        "reports/migrations/0001_initial.py",
        "(('is_published', False), ('is_secret', False), _connector='OR')",
        "(('is_published', False), ('is_secret', False), ('is_secret', True), _connector='OR')",
        (f"{MODELS}/test_report.py::TestChangeStatus::test_database_refuses_what_the_methods_would_not_do",),
    ),
    Bug(
        "secrecy-hides-nothing",
        "a report made secret stays on the public list",
        "reports/models/report.py",
        "            self.is_secret = True\n            self._hide()\n",
        "            self.is_secret = True\n",
        (f"{MODELS}/test_report.py::TestPublish::test_raised_secrecy_takes_everything_back_at_once",),
    ),
    Bug(
        "coordinator-lowers-secrecy",
        "whoever handles a report can make a secret one public",
        "reports/permissions.py",
        '(two LAPOR reporters met the police over a forgotten flag)."""\n    return is_confidentiality_officer',
        '(two LAPOR reporters met the police over a forgotten flag)."""\n    return is_coordinator',
        ("tests/reports/test_permissions.py::TestTable",),
    ),
    Bug(
        "coordinator-reads-secret-identity",
        "whoever handles a secret report reads who sent it",
        "reports/permissions.py",
        "    if report.is_secret:\n        return is_confidentiality_officer(user, report)\n",
        "",
        ("tests/reports/test_permissions.py::TestTable",),
    ),
    Bug(
        "hidden-contact-shown",
        '"sembunyikan kontak" hides nothing',
        "reports/permissions.py",
        "return not report.hide_contact or is_confidentiality_officer(user, report)",
        "return True",
        ("tests/reports/test_permissions.py::TestCanViewIdentity::test_hidden_contact_only_by_the_named_right",),
    ),
    Bug(
        "identity-viewed-unseen",
        "nobody can tell who opened a reporter's identity",
        "reports/models/report.py",
        '            self.record("identity_viewed", by, reason)\n',
        "",
        (f"{MODELS}/test_report.py::TestViewIdentity",),
    ),
    Bug(
        "steps-not-asked-again",
        "a forged post takes a step that the page does not offer",
        "reports/admin/acting.py",
        "if not step.is_open(user, report):",
        "if False:",
        ("tests/reports/test_admin_steps.py::TestStep", "tests/reports/test_admin_acting_identity.py"),
    ),
)

BUGS = (*ANONYMOUS, *RULES)
