"""Sabotages of reports/: who sees a report, and what its tracking code gives away."""

from __future__ import annotations

from tests.planted.bug import Bug

MODELS, VIEWS = "tests/reports/models", "tests/reports/views"

SIGHT = (
    Bug(
        "reader-sees-secret",
        "a province's reader lists and exports secret reports",
        "reports/models/queries.py",
        "(reads & Q(is_secret=False))",
        "reads",
        (f"{MODELS}/test_queries.py::TestHandledBy",),
    ),
    Bug(
        "hidden-report-by-address",
        "the public address of a secret or unpublished report opens it",
        "reports/views/public.py",
        "Report.objects.published().filter(public_id__in",
        "Report.objects.filter(public_id__in",
        (f"{VIEWS}/test_public.py::TestReportDetail::test_what_is_not_public_answers_alike",),
    ),
    Bug(
        "secret-report-in-feed",
        "the feed holds what was never published",
        "reports/feeds.py",
        'Report.objects.published().select_related("category", "area")',
        'Report.objects.select_related("category", "area")',
        ("tests/reports/test_feeds.py::TestReportFeed",),
    ),
    Bug(
        "list-shows-unpublished",
        "the public list shows reports that no verifier read",
        "reports/views/public.py",
        "queryset=Report.objects.published().as_cards()",
        "queryset=Report.objects.all().as_cards()",
        (f"{VIEWS}/test_public.py::TestNothingHiddenAnywhere",),
    ),
    Bug(
        "open-data-unfiltered",
        "the public CSV holds unpublished reports",
        "reports/exports.py",
        "queryset=Report.objects.published()).qs",
        "queryset=Report.objects.all()).qs",
        ("tests/reports/test_exports.py::TestPublicCsv",),
    ),
    Bug(
        "export-for-residents",
        "the officers' CSV has no permission check",
        "reports/exports.py",
        "if not isinstance(user, User) or not can_export(user):",
        "if not isinstance(user, User):",
        ("tests/reports/test_exports.py::TestOfficerCsv::test_residents_are_refused_and_visitors_asked_to_sign_in",),
    ),
    Bug(
        "another-persons-report",
        "a signed-in person opens any report by its public id (IDOR)",
        "reports/views/tracking.py",
        "own = Report.objects.owned_by(request.user)\n    return own",
        "own = Report.objects.all()\n    return own",
        (f"{VIEWS}/test_tracking.py::TestOwnReports::test_report_of_another_person_is_404",),
    ),
    Bug(
        "photo-of-anybody",
        "every signed-in person opens every photo by its address (IDOR)",
        "reports/models/photo.py",
        "return self.filter(public | own)",
        "return self.all()",
        (f"{MODELS}/test_queries.py::TestVisibleTo::test_photos_follow_their_report_and_the_tick",),
    ),
    Bug(
        "unticked-photo-shown",
        "a published report shows photos that no officer looked at",
        "reports/views/public.py",
        '"photos": list(report.photos.public()),',
        '"photos": list(report.photos.all()),',
        (f"{VIEWS}/test_public.py::TestReportDetail::test_shows_ticked_photos_only_and_describes_them",),
    ),
    Bug(
        "reporters-words-public",
        "the public history repeats what the reporter wrote later",
        "reports/views/public.py",
        "event.actor_label != reporter and event.sequence > open_since",
        "event.sequence > open_since",
        (f"{VIEWS}/test_public.py::TestReportDetail::test_no_word_of_the_reporter_or_of_officers_among_themselves",),
    ),
    Bug(
        "first-text-searchable",
        "the public search answers to words of the unpublished text",
        "reports/models/queries.py",
        "return self.published().filter(pk__public_words=wanted) if public",
        "return self.published().filter(pk__officer_words=wanted) if public",
        (f"{MODELS}/test_searching.py::TestPublicWords::test_the_first_text_answers_only_officers",),
    ),
    Bug(
        "secret-words-in-queue",
        "the officers' list shows the first words of a secret report",
        "reports/admin/queue.py",
        '"isi rahasia" if report.is_secret else Truncator',
        '"isi rahasia" if False else Truncator',
        ("tests/reports/test_admin_queue.py::TestQueue::test_words_of_a_secret_report_are_not_in_the_list",),
    ),
    Bug(
        "sitemap-names-hidden",
        "the sitemap names unpublished reports",
        "kimportal/pages/site_files.py",
        'Report.objects.published().order_by("-published_at", "-id").values_list',
        'Report.objects.order_by("-published_at", "-id").values_list',
        ("tests/kimportal/test_pages_site_files.py::TestSitemap::test_it_names_published_reports_only",),
    ),
)

CODES = (
    Bug(
        "unknown-code-told-apart",
        "an unknown code and a malformed one get different answers",
        "reports/views/tracking.py",
        "refused(request, WRONG_CODE)}, status=404)",
        "refused(request, WRONG_CODE)}, status=404 if code else 422)",
        (f"{VIEWS}/test_tracking.py::TestReportTrack::test_unknown_malformed_and_ended_codes_get_the_same_bytes",),
    ),
    Bug(
        "tries-not-counted",
        "codes can be guessed without end",
        "reports/views/tracking.py",
        "        note_failure(request)\n        return render",
        "        return render",
        (f"{VIEWS}/test_tracking.py::TestReportTrack::test_ten_wrong_tries_an_hour_then_even_the_right_code_waits",),
    ),
    Bug(
        "code-logged",
        "a tracking code is written to the log",
        "reports/views/tracking.py",
        "    if code is None or not Report",
        '    __import__("logging").getLogger("kimportal").info("kode %s", code)\n    if code is None or not Report',
        (f"{VIEWS}/test_tracking.py::TestReportTrack::test_no_code_is_logged",),
    ),
    Bug(
        "code-in-the-address",
        "the code stands in an address, and with it in every proxy's log",
        "reports/views/tracking.py",
        'response = redirect("reports:report_status")\n    cookies',
        'response = redirect(f"/laporan/status/?kode={code}")\n    cookies',
        (f"{VIEWS}/test_tracking.py::TestReportTrack::test_right_code_in_any_spelling_opens_the_report",),
    ),
    Bug(
        "code-stored-plain",
        "whoever reads the database opens every report",
        "reports/codes.py",
        'return _keyed("tracking", code).hex()',
        "return code",
        (f"{MODELS}/test_filing.py::TestFileReport::test_database_keeps_neither_code_nor_submission_id",),
    ),
    Bug(
        "cookie-for-scripts",
        "scripts can read the cookie that opens a report",
        "reports/cookies.py",
        "httponly=True",
        "httponly=False",
        (
            f"{VIEWS}/test_filing_receipt.py::TestReceipt"
            "::test_cookie_is_short_hidden_from_scripts_and_bound_to_reports",
        ),
    ),
    Bug(
        "recovery-link-twice",
        "a link to a new code works again and again",
        "reports/models/reporter.py",
        "self.filter(used_at__isnull=True, expires_at__gt=timezone.now())",
        "self.filter(expires_at__gt=timezone.now())",
        (f"{VIEWS}/test_tracking_code.py::TestCodeLost::test_link_gives_a_new_code_once_and_ends_the_old_one",),
    ),
)

BUGS = (*SIGHT, *CODES)
