"""Sabotages of uploads/, regions/ and kimportal/: photos, tables, settings, the worker."""

from __future__ import annotations

from tests.planted.bug import Bug

UPLOADS = (
    Bug(
        "exif-kept",
        "the largest size is the photo as it was sent: place, device and comment included",
        "uploads/images.py",
        "    variants = _variants(canvas)\n    return SafeImage",
        '    variants = {**_variants(canvas), "large": data}\n    return SafeImage',
        ("tests/uploads/test_images.py::TestNeutralised",),
    ),
    Bug(
        "comment-kept",
        "a photo's comment survives",
        "uploads/images.py",
        "    variants = _variants(canvas)\n    return SafeImage",
        '    canvas.info["comment"] = b"komentar"\n    variants = _variants(canvas)\n    return SafeImage',
        ("tests/uploads/test_images.py::TestNeutralised",),
    ),
    Bug(
        "any-decoder",
        "EPS reaches Ghostscript, and every other decoder its own holes",
        "uploads/images.py",
        "Image.open(io.BytesIO(data), formats=[kind])",
        "Image.open(io.BytesIO(data))",
        ("tests/uploads/test_images.py::TestRefusedByContent::test_only_the_decoder_of_the_kind_is_tried",),
    ),
    Bug(
        "pixel-bomb",
        "a small file takes all memory",
        "uploads/images.py",
        "if width * height > MAX_PIXELS[kind]:",
        "if False:",
        ("tests/uploads/test_images.py::TestRefusedBySize",),
    ),
    Bug(
        "file-name-kept",
        "the name a phone gave its photo is handed on",
        "uploads/handlers.py",
        'UploadedFile(self.file, "unggahan",',
        "UploadedFile(self.file, self.file_name,",
        ("tests/uploads/test_handlers.py::TestNamelessUploadHandler",),
    ),
    Bug(
        "private-photo-cached",
        "a proxy keeps a photo that only officers may see",
        "uploads/serving.py",
        'f"public, max-age={PUBLIC_SECONDS}" if public else "private, no-store"',
        'f"public, max-age={PUBLIC_SECONDS}"',
        ("tests/uploads/test_serving.py",),
    ),
    Bug(
        "upload-sniffed",
        "a browser may take an uploaded file for a page",
        "uploads/serving.py",
        '    "X-Content-Type-Options": "nosniff",\n',
        "",
        ("tests/uploads/test_serving.py",),
    ),
    Bug(
        "pdf-with-script",
        "a decree's PDF runs a script on the officer's computer",
        "uploads/documents.py",
        'rb"/(?:JavaScript|Launch|',
        'rb"/(?:Launch|',
        ("tests/uploads/test_documents.py::TestMakeSafeDocument::test_active_content_is_refused",),
    ),
    Bug(
        "file-tells-the-minute",
        "a photo's time points at the moment an anonymous report came in",
        "uploads/files.py",
        "        os.utime(file.fileno(), (moment, moment))\n",
        "",
        ("tests/uploads/test_files.py::TestWriteFiles::test_no_file_and_no_folder_tells_the_time_of_day",),
    ),
    Bug(
        "photo-not-durable",
        "a power cut loses a photo that was acknowledged",
        "uploads/files.py",
        "        os.fsync(file.fileno())\n",
        "",
        ("tests/uploads/test_files.py::TestWriteFiles::test_everything_is_durable_before_it_returns",),
    ),
)

REGIONS = (
    Bug(
        "raw-csv",
        "a cell of an export starts a formula",
        "regions/tables.py",
        "defused.writer(_Line())",
        "csv.writer(_Line())",
        ("tests/regions/test_tables.py::TestCsvResponse::test_no_cell_starts_a_formula",),
    ),
    Bug(
        "hidden-formula",
        "a formula behind a tab or in full-width signs passes",
        "regions/tables.py",
        "if is_number_like(text) or is_hidden_formula(text) else text",
        "if is_number_like(text) else text",
        ("tests/regions/test_tables.py::TestCsvResponse::test_no_cell_starts_a_formula",),
    ),
    Bug(
        "area-by-prefix",
        "a right over one kabupaten reaches those beside it",
        "regions/models/located.py",
        'return Q(**{f"{prefix}{field}": code})',
        'return Q(**{f"{prefix}{field}__startswith": code[:4]})',
        ("tests/regions/test_models_located.py::TestWithin",),
    ),
)

SETTINGS = "tests/kimportal/test_settings.py"
ROOF = (
    Bug(
        "csp-loosened",
        "a page may run inline scripts",
        "kimportal/settings.py",
        '"default-src": [SELF],',
        '"default-src": [SELF, "\'unsafe-inline\'"],',
        (f"{SETTINGS}::TestContentPolicy",),
    ),
    Bug(
        "csrf-off",
        "a stranger's page files, answers and revokes in the visitor's name",
        "kimportal/settings.py",
        '    "django.middleware.csrf.CsrfViewMiddleware",\n',
        "",
        ("tests/accounts/test_adapter.py::TestCsrf", "tests/accounts/test_views.py::TestOverview::test_needs_a_token"),
    ),
    Bug(
        "closed-by-default-off",
        "every view without a decorator is public",
        "kimportal/settings.py",
        '    "accounts.middleware.LoginRequiredMiddleware",\n',
        "",
        ("tests/reports/views/test_tracking.py::TestOwnReports::test_visitor_is_asked_to_sign_in",),
    ),
    Bug(
        "refusals-logged",
        "a refused form leaves the minute before an anonymous report in the log",
        "kimportal/settings.py",
        '"django.request": {"level": "ERROR"},',
        '"django.request": {"level": "WARNING"},',
        ("tests/kimportal/test_middleware.py::TestLogs",),
    ),
    Bug(
        "cookie-without-tls",
        "the session travels unencrypted",
        "kimportal/settings.py",
        "SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION",
        "SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False",
        (f"{SETTINGS}::TestProduction",),
    ),
    Bug(
        "short-passwords",
        "four letters are a password",
        "kimportal/settings.py",
        '"OPTIONS": {"min_length": 10}',
        '"OPTIONS": {"min_length": 4}',
        (f"{SETTINGS}::TestPasswords",),
    ),
    Bug(
        "one-key-for-all",
        "one secret opens codes, sessions and the chain of events at once",
        "kimportal/environment.py",
        "if len(set(keys.values())) < len(keys):",
        "if False:",
        ("tests/kimportal/test_environment.py::TestManage",),
    ),
    Bug(
        "commit-not-durable",
        "a power cut loses reports whose code was shown",
        "kimportal/environment.py",
        "PRAGMA synchronous=FULL;",
        "PRAGMA synchronous=OFF;",
        (f"{SETTINGS}::TestDatabase",),
    ),
    Bug(
        "two-workers-one-task",
        "two workers send the same mail and close the same report",
        "kimportal/clock.py",
        "return bool(ScheduledTask.objects.filter(name=task.name, next_at__lte=now).update(next_at=until))",
        "return bool(ScheduledTask.objects.filter(name=task.name).update(next_at=until))",
        ("tests/kimportal/test_clock.py::TestClaim", "tests/kimportal/test_clock.py::TestRunDue"),
    ),
    Bug(
        "task-error-told",
        "the worker's log repeats values of the database",
        "kimportal/clock.py",
        "task.name, type(error).__name__, frames)",
        "task.name, error, frames)",
        ("tests/kimportal/test_clock.py::TestRunDue::test_the_log_tells_where_but_not_with_which_values",),
    ),
)

BUGS = (*UPLOADS, *REGIONS, *ROOF)
