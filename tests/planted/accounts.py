"""Sabotages of accounts/: rights, the admin's scope, limits, sign-in, mail, the chain of events."""

from __future__ import annotations

from tests.planted.bug import Bug

TESTS = "tests/accounts"

ADMIN = (
    Bug(
        "admin-scope-dropped",
        "an officer reads the rows of every other area",
        "accounts/admin_scope.py",
        "            return visible_to(request.user)\n        return rows if",
        "            return rows\n        return rows if",
        (f"{TESTS}/test_admin_scope.py::TestList::test_an_officer_sees_the_own_area_only",),
    ),
    Bug(
        "admin-for-residents",
        "every signed-in person enters the admin",
        "accounts/admin_scope.py",
        "return bool(request.user.is_authenticated and request.user.is_staff)",
        "return bool(request.user.is_authenticated)",
        (f"{TESTS}/test_admin_scope.py::TestPortalAdminSite",),
    ),
    Bug(
        "admin-asks-hidden-fields",
        "a list's address tells a hidden value letter by letter",
        "accounts/admin_scope.py",
        "return lookup in {name for each in self.get_list_filter(request) for name in filter_lookups(each)}",
        "return True",
        (f"{TESTS}/test_admin_scope.py::TestLookupAllowed",),
    ),
    Bug(
        "admin-redirects-anywhere",
        "a link to the admin's sign-in leads to a stranger's page",
        "accounts/admin_scope.py",
        'target = wanted if is_safe else reverse("admin:index")',
        'target = wanted or reverse("admin:index")',
        (f"{TESTS}/test_admin_scope.py::TestPortalAdminSite::test_next_never_leaves_the_portal",),
    ),
    Bug(
        "admin-overwrites",
        "a stale form puts old values back",
        "accounts/admin_forms.py",
        'if "version" in self.fields and self.data.get(self.add_prefix("version")) != self.current_version:',
        "if False:",
        (f"{TESTS}/test_admin_scope_change.py::TestConflict",),
    ),
)

RIGHTS = (
    Bug(
        "adds-to-the-own-rights",
        "an officer gives himself another role",
        "accounts/permissions.py",
        "if target.pk == user.pk and not user.is_superuser:",
        "if False:",
        (f"{TESTS}/test_permissions.py::TestCanGrant::test_nobody_adds_to_their_own_rights",),
    ),
    Bug(
        "revoked-right-holds",
        "a right that was taken back still works",
        "accounts/models/grants.py",
        "valid_from__lte=today, revoked_at__isnull=True",
        "valid_from__lte=today",
        (f"{TESTS}/test_grants.py::TestCurrent", f"{TESTS}/test_grants.py::TestRevoke"),
    ),
    Bug(
        "unproven-address-accepts",
        "whoever types an officer's address takes his invitation",
        "accounts/permissions.py",
        "email__iexact=invitation.email, verified=True).exists()",
        "email__iexact=invitation.email).exists()",
        (f"{TESTS}/test_permissions.py::TestCanAccept::test_unverified_address_is_no_proof",),
    ),
    Bug(
        "invitation-stored-plain",
        "whoever reads the database accepts any invitation",
        "accounts/models/grants.py",
        'return salted_hmac("accounts.invitation", token, algorithm="sha256").hexdigest()',
        "return token",
        (f"{TESTS}/test_grants.py::TestInvitation::test_keeps_a_digest_and_mails_the_link",),
    ),
    Bug(
        "consent-of-another",
        "a person withdraws a stranger's consent (IDOR)",
        "accounts/views.py",
        "get_object_or_404(Consent, pk=pk, user=user)",
        "get_object_or_404(Consent, pk=pk)",
        (f"{TESTS}/test_views.py::TestConsentWithdraw::test_consent_of_another_is_not_there",),
    ),
    Bug(
        "closed-account-stays-in",
        "a dismissed officer keeps working in an open session",
        "accounts/models/people.py",
        'if session.get_decoded().get("_auth_user_id") == key:',
        "if False:",
        (f"{TESTS}/test_people.py::TestClose::test_ends_every_session_and_says_so_in_the_history",),
    ),
    Bug(
        "second-factor-optional",
        "officers work with a password alone",
        "accounts/middleware.py",
        "return not is_mfa_enabled(user)",
        "return False",
        (f"{TESTS}/test_middleware.py::TestSecondFactorMiddleware",),
    ),
    Bug(
        "account-pages-cached",
        "the next person at the shared computer reads the last one's account",
        "accounts/middleware.py",
        "            add_never_cache_headers(response)\n",
        "            pass\n",
        (f"{TESTS}/test_middleware.py::TestPrivatePagesMiddleware",),
    ),
    Bug(
        "next-leaves-the-portal",
        "a sign-in link ends at a stranger's page that looks like ours",
        "accounts/adapter.py",
        "return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())",
        "return True",
        (f"{TESTS}/test_adapter.py::TestRedirects",),
    ),
)

LIMITS = (
    Bug(
        "limits-off",
        "nothing is ever over its limit",
        "accounts/limits.py",
        'return row.values_list("hits", flat=True)[0] > limit',
        "return False",
        (f"{TESTS}/test_limits.py::TestHit",),
    ),
    Bug(
        "address-stored-plain",
        "limits and caches name the network of who asked",
        "accounts/limits.py",
        'return secret_digest("network", timezone.localdate().isoformat(), client_address(request))[:32]',
        "return client_address(request)",
        (f"{TESTS}/test_limits.py::TestNetworkDigest", f"{TESTS}/test_adapter.py::TestLimits"),
    ),
    Bug(
        "forwarded-address-believed",
        "a made-up header escapes every limit",
        "accounts/limits.py",
        "entries[-proxies]",
        "entries[0]",
        (f"{TESTS}/test_limits.py::TestClientAddress",),
    ),
    Bug(
        "mail-sent-again",
        "every mail goes out again and again",
        "accounts/outbox.py",
        "    mail.mark_sent()\n",
        "",
        (f"{TESTS}/test_outbox.py::TestSendDue::test_it_sends_each_once",),
    ),
    Bug(
        "mail-error-names-the-address",
        "the log repeats the mail server's words, addresses included",
        "accounts/outbox.py",
        'return f"{type(error).__name__} {code}" if code else type(error).__name__',
        "return str(error)",
        (f"{TESTS}/test_outbox.py::TestSendDue",),
    ),
    Bug(
        "header-from-a-form",
        "a line break in a subject adds a header of a stranger's choosing",
        "accounts/outbox.py",
        'if any(character in text for character in "\\r\\n\\0"):',
        "if False:",
        (f"{TESTS}/test_outbox.py::TestQueueMail", f"{TESTS}/test_outbox.py::TestOutboxBackend"),
    ),
    Bug(
        "chain-unlinked",
        "an event can be replaced by another true one",
        "accounts/events.py",
        "*facts, self.text_digest, self.previous_digest)",
        "*facts, self.text_digest)",
        (f"{TESTS}/test_events.py::TestProblems",),
    ),
)

BUGS = (*ADMIN, *RIGHTS, *LIMITS)
